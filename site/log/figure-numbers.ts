/**
 * Figures are numbered by their order in the post's source, so that a figure
 * may be named in the text before it is drawn, and two builds agree.
 */
// `<Figure>` itself, and the figures of the kit that draw one.
const figureTag =
  /<(?:Story|Twin|Grid|Race)?Figure\b[^>]*?\bid=["']([a-z0-9-]+)["']/g;

/** `3.1`, `3.2`, ... by figure id, for post 3. A repeated id throws. */
export function figureNumbers(
  mdx: string,
  postNumber: number,
): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const [, id = ''] of mdx.matchAll(figureTag)) {
    if (numbers.has(id)) throw new Error(`figure id used twice: ${id}`);
    numbers.set(id, `${postNumber}.${numbers.size + 1}`);
  }
  return numbers;
}
