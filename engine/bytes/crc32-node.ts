/**
 * Node's zlib as a Crc32: the fastest one for pages. Node only.
 *
 * Why a file of its own: the engine's core must load in a browser, where
 * `node:zlib` does not exist. Only what already runs in Node imports this file
 * and hands the function down through constructors.
 *
 * Cost: O(bytes), with the processor's vector instructions: about twice as
 * fast as slicedCrc32 on a page. But each call first crosses into C++, and
 * below about 300 bytes that costs more than slicedCrc32 takes for the whole
 * work. `node engine/bench/crc32.ts` measures it again.
 */
import { crc32 } from 'node:zlib';
import type { Crc32 } from './crc32.ts';

export const zlibCrc32: Crc32 = (bytes, previous = 0) => crc32(bytes, previous);
