/**
 * Byte order: which of two byte strings comes first, and are they the same.
 *
 * Why: every sorted structure of the engine needs one order, and the cheapest
 * order that a machine has is that of its bytes, as C's memcmp sees them:
 * the first byte that differs decides, unsigned, and a prefix comes before
 * what it begins. Keys are encoded once so that this order is the right one
 * (key-encoding.ts); after that no tree has to know what a key means.
 *
 * What breaks without it: comparing as text. "10" < "9", and bytes that are
 * not valid UTF-8 would all turn into the same replacement character.
 *
 * Invariants: (1) a total order: exactly one of a < b, a = b, a > b holds,
 * and it is transitive. (2) compareBytes(a, b) is 0 exactly when
 * equalBytes(a, b).
 * Cost: O(bytes up to the first difference), no allocation. `Buffer.compare`
 * crosses into C++ at 43 ns or more a call; keys mostly differ long before a
 * loop has spent that.
 * Real engines: LevelDB's BytewiseComparator and WiredTiger's default
 * collator are this order. Both let users replace it; this engine does not.
 */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const sharedLength = Math.min(left.length, right.length);
  for (let index = 0; index < sharedLength; index++) {
    // Within both lengths, so neither read can be undefined.
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** True when both hold the same bytes. Cheaper when the lengths differ. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
