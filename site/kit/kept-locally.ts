/**
 * What a reader did, kept in this browser: bets and solved challenges.
 * A browser that keeps nothing is no error; the figure then forgets.
 */

const PREFIX = 'wrongodb.';

/** The value kept under a name; undefined when there is none. */
export function keptValue(name: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a value that JSON can hold; undefined forgets it. */
export function keepValue(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: nothing that the reader can act on.
  }
}
