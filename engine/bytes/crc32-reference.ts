/**
 * The `crc-32` package as a Crc32: the reference, and the fallback.
 *
 * Why: a checksum that is only tested against itself proves that it is
 * repeatable, not that it is CRC-32. This one was written by others, is used
 * widely, and the tests hold the engine's own against it on every length. It
 * needs nothing of its platform, so it can also stand in for the other two.
 *
 * Invariant: the package answers with a signed integer, -873187034 where the
 * format says 0xcbf43926; `>>> 0` reads the same 32 bits as unsigned. A
 * signed checksum compared with a stored unsigned one never matches.
 * Cost: O(bytes), sixteen tables, a byte a load.
 */
import crc32Package from 'crc-32';
import type { Crc32 } from './crc32.ts';

export const referenceCrc32: Crc32 = (bytes, previous = 0) =>
  crc32Package.buf(bytes, previous) >>> 0;
