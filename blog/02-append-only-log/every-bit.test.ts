import { describe, expect, test } from 'vitest';
import { everyBit } from './every-bit.ts';

describe('every bit of two logs', async () => {
  const [lines = '', framed = ''] = (await everyBit()).split('\n');

  test('about one flip in six makes the reader of lines lie', () => {
    const [bits = 0, lies = 0] = (lines.match(/\d+/g) ?? []).map(Number);
    expect(lies / bits).toBeGreaterThan(1 / 7);
    expect(lies / bits).toBeLessThan(1 / 5.5);
  });

  test('no flip makes the reader of framed records lie', () => {
    expect(framed).toContain(' 0 lies, ');
  });

  test('only flips in the closing record, of 27 bytes, have no effect', () => {
    expect(framed).toContain(`, ${27 * 8} without effect`);
  });
});
