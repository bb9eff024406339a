/**
 * How long a post is, counted on its source: prose and captions, but neither
 * code, imports, nor the names and attributes of components.
 */
const WORDS_PER_MINUTE = 220;

/** Words that a reader reads in a post's MDX. */
export function countWords(mdx: string): number {
  const prose = stripExpressions(
    mdx
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .replace(/^(```+|~~~+)[\s\S]*?^\1\s*$/gm, ' ')
      .replace(/^(import|export)\s[\s\S]*?;\s*$/gm, ' '),
  )
    .replace(/<\/?[A-Za-z][^>]*>/g, ' ')
    // Where a link leads is not read.
    .replace(/\]\([^)]*\)/g, '] ');
  return prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,:()/_-]*/gu)?.length ?? 0;
}

/** Minutes to read so many words, figures not counted; at least one. */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}

// `{...}` may nest, so it takes a counter and not a pattern.
function stripExpressions(mdx: string): string {
  let depth = 0;
  let kept = '';
  for (const character of mdx) {
    if (character === '{') depth += 1;
    if (depth === 0) kept += character;
    if (character === '}' && depth > 0) depth -= 1;
  }
  return kept;
}
