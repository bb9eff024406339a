/**
 * Text as UTF-8 bytes and back, losing nothing.
 *
 * Why: the platform's own encoder and decoder never fail. They put U+FFFD,
 * the replacement character, where something was wrong. For a page of HTML
 * that is kind; for a database it is a silent change of what was stored: two
 * different keys become the same key, and damage reads as an odd letter.
 * Here both directions refuse instead.
 *
 * Example (asserted by the test):
 *   61           a        U+0061
 *   c3 a9        é        U+00E9
 *   e2 82 ac     €        U+20AC
 *   f0 9f 90 88  a cat    U+1F408, two UTF-16 units in JavaScript
 *
 * Invariants: (1) decodeUtf8(encodeUtf8(text)) is text. (2) Bytes that decode
 * encode to the same bytes: there is one spelling for each text, because
 * overlong forms are refused. (3) The order of the bytes is the order of the
 * code points. JavaScript's `<` compares UTF-16 units, and disagrees above
 * U+FFFF.
 * Cost: O(bytes), and the way into the platform's own code and back.
 * Real engines: WiredTiger and LevelDB know bytes only and leave text to
 * their callers. SQLite keeps the bytes that it was given without a check.
 */
import { InvalidInputError } from '../base/errors.ts';
import { type ByteSource, corruptionAt } from './byte-source.ts';

const encoder = new TextEncoder();

// Without `ignoreBOM: true` the decoder would swallow a leading U+FEFF, and a
// text that begins with it would come back three bytes shorter.
const strictDecoder = new TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
});

/**
 * The UTF-8 bytes of `text`, newly allocated.
 * Throws InvalidInputError for half a surrogate pair, which has no UTF-8.
 */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  if (!text.isWellFormed()) {
    throw new InvalidInputError(
      `text holds half a surrogate pair: ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  return encoder.encode(text);
}

/** The text in `bytes`; CorruptionError at `source` when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, source: ByteSource): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    // The platform says only "invalid": it does not tell at which byte.
    throw corruptionAt(
      source,
      0,
      `these ${bytes.length} bytes are not valid UTF-8`,
    );
  }
}
