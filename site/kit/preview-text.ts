/** Bytes as far as they are text, short enough for a label. */

const PREVIEW_LENGTH_MAX = 24;
/** Fewer printable bytes in a row are chance: a checksum, a length. */
const WORD_LENGTH_MIN = 4;
/** An ellipsis, and a joiner so that no line breaks behind it. */
const CUT = '…\u2060';

/**
 * Runs of printable ASCII, anything between them as one `·`. A long preview
 * keeps its end, because the end of a log is what was just written.
 */
export function previewText(bytes: Uint8Array): string {
  const latin = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const words = new RegExp(`[ -~]{${WORD_LENGTH_MIN},}`, 'g');
  const found = latin.match(words);
  if (found === null) return latin === '' ? '' : '·';
  const text = found.join('·');
  if (text.length <= PREVIEW_LENGTH_MAX) return text;
  return `${CUT}${text.slice(1 - PREVIEW_LENGTH_MAX)}`;
}
