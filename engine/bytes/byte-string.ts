/**
 * Bytes as a string with one character a byte (U+0000 to U+00FF).
 *
 * Why: a JavaScript Map compares arrays by identity, so bytes need a string
 * form to be a key; and JSON has strings but no bytes. UTF-8 text will not
 * do, since not every run of bytes is valid UTF-8. One character a byte is
 * exact for all bytes, keeps ASCII readable, and sorts as the bytes do.
 *
 * Cost: O(size); strings with only such characters take one byte each in V8.
 */

/** Exact for any bytes; "cat" for the bytes of "cat". */
export function toByteString(bytes: Uint8Array): string {
  let text = '';
  // fromCharCode takes its characters as arguments, which the stack limits.
  for (let start = 0; start < bytes.length; start += 4096) {
    text += String.fromCharCode(...bytes.subarray(start, start + 4096));
  }
  return text;
}

/** The bytes again; undefined when a character is above U+00FF. */
export function fromByteString(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0xff) return undefined;
    bytes[index] = code;
  }
  return bytes;
}
