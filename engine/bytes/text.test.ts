import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptionError, InvalidInputError } from '../base/errors.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { decodeUtf8, encodeUtf8 } from './text.ts';

const source = { file: 'cats.log', startOffset: 4096 };

describe('UTF-8 text', () => {
  test.each([
    ['a', '61'],
    ['é', 'c3 a9'],
    ['€', 'e2 82 ac'],
    ['\u{1f408}', 'f0 9f 90 88'],
  ])('%s is stored as %s', (text, hex) => {
    expect(bytesToHex(encodeUtf8(text), ' ')).toBe(hex);
    expect(decodeUtf8(hexToBytes(hex), source)).toBe(text);
  });

  test('every text comes back unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeUtf8(encodeUtf8(text), source)).toBe(text);
      }),
    );
  });

  test('a leading byte order mark is part of the text', () => {
    const text = '\ufeffcat';
    expect(decodeUtf8(encodeUtf8(text), source)).toBe(text);
  });

  test.each([
    ['half a pair', '\ud83d'],
    ['the halves in the wrong order', '\udc08\ud83d'],
  ])('%s is refused and not replaced', (_what, text) => {
    expect(() => encodeUtf8(text)).toThrow(InvalidInputError);
  });

  test.each([
    ['a byte that UTF-8 never uses', 'ff'],
    ['a sequence that is cut short', 'e2 82'],
    ['an overlong form of "/"', 'c0 af'],
    ['an encoded surrogate', 'ed a0 80'],
    ['a code point beyond U+10FFFF', 'f4 90 80 80'],
  ])('%s is corruption', (_what, hex) => {
    expect(() => decodeUtf8(hexToBytes(hex), source)).toThrow(
      expect.objectContaining({ file: 'cats.log', offset: 4096 }),
    );
    expect(() => decodeUtf8(hexToBytes(hex), source)).toThrow(CorruptionError);
  });
});
