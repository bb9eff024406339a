/**
 * Bytes for people: the text that they are, or hexadecimal when they are none.
 *
 * Why: keys in stories are words, but a store takes any bytes. A control
 * character or half a letter in a transcript would garble the page, and a
 * newline would break the line format of a scenario's answers.
 *
 * Cost: O(bytes).
 */

/** "cat" for the bytes of "cat"; "0x00ff" for bytes that are not text. */
export function readableBytes(bytes: Uint8Array): string {
  const text = decoded(bytes);
  // Other characters (Unicode category C) are those that draw nothing.
  if (text !== undefined && !/\p{C}|\p{Zl}|\p{Zp}/u.test(text)) return text;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return `0x${hex.join('')}`;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}
