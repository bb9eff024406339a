import { expect, test } from 'vitest';
import { readableBytes } from './readable-bytes.ts';

test.each([
  ['', ''],
  ['cat', 'cat'],
  ['Mina the cat', 'Mina the cat'],
  ['\u{1f408} \u00e9', '\u{1f408} \u00e9'],
  ['a\nb', '0x610a62'],
  ['\u2028', '0xe280a8'],
  ['\ufeffcat', '0xefbbbf636174'],
])('the text %o reads %s', (text, expected) => {
  expect(readableBytes(new TextEncoder().encode(text))).toBe(expected);
});

test('bytes that are no text are hexadecimal', () => {
  expect(readableBytes(Uint8Array.of(0x00, 0xff))).toBe('0x00ff');
  expect(readableBytes(Uint8Array.of(0xc3))).toBe('0xc3');
});
