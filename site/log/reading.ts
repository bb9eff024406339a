/**
 * What the components inside one post need to know about it. A page puts a
 * reading in `Astro.locals` before it renders the post's content.
 */
export type Reading = {
  number: number;
  figures: ReadonlyMap<string, string>;
  /** Glossary terms linked so far: only the first use becomes a link. */
  linkedTerms: Set<string>;
};

/** The number of a figure of the post being read, such as `3.2`. */
export function figureNumber(reading: Reading | undefined, id: string): string {
  const number = reading?.figures.get(id);
  if (number === undefined) {
    throw new Error(`no <Figure id="${id}"> in the source of this post`);
  }
  return number;
}
