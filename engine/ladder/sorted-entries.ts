/**
 * A Map's entries in key order: how rungs without an order fake one.
 *
 * Why: the first two rungs can answer a range only by reading everything and
 * sorting it, O(n log n) for one row. That cost is why a tree comes later.
 */

import { assert } from '../base/assert.ts';
import { fromByteString } from '../bytes/byte-string.ts';
import { compareBytes } from '../bytes/compare-bytes.ts';
import type { Entry, KeyRange } from './key-value-store.ts';

/** Copies of the entries in `range`, sorted. Cost: O(n log n). */
export function sortedEntries(
  values: ReadonlyMap<string, Uint8Array>,
  range: KeyRange = {},
): Entry[] {
  const entries: Entry[] = [];
  for (const [name, value] of values) {
    const key = fromByteString(name);
    assert(key !== undefined, 'a map key is not a byte string');
    if (range.from && compareBytes(key, range.from) < 0) continue;
    if (range.to && compareBytes(key, range.to) >= 0) continue;
    entries.push({ key, value: value.slice() });
  }
  return entries.sort((a, b) => compareBytes(a.key, b.key));
}
