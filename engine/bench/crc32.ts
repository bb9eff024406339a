/**
 * How fast each CRC-32 is. Run it with: node engine/bench/crc32.ts
 *
 * Why alternating rounds: a shared machine speeds up and slows down for
 * reasons of its own. Each round times every version once, so that all of
 * them meet the same weather; the median drops the odd storm. Only the ratios
 * of one run mean something, never MB/s from two machines.
 */
import { type Crc32, slicedCrc32 } from '../bytes/crc32.ts';
import { zlibCrc32 } from '../bytes/crc32-node.ts';
import { referenceCrc32 } from '../bytes/crc32-reference.ts';

const ROUND_COUNT = 15;
/** Rounds that only let the compiler warm up. */
const WARM_UP_ROUND_COUNT = 3;
const BYTES_PER_ROUND = 8 * 1024 * 1024;
/** A log record, a page, and a large read. */
const INPUT_SIZES_BYTES = [64, 256, 4096, 65_536];

/** What the sixteen tables are for: the same division with one table. */
const oneTableCrc32: Crc32 = (bytes, previous = 0) => {
  let crc = ~previous;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    crc = (crc >>> 8) ^ (oneTable[(crc ^ byte) & 0xff] as number);
  }
  return ~crc >>> 0;
};

const oneTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let effect = byte;
  for (let bit = 0; bit < 8; bit++) {
    effect = effect & 1 ? (effect >>> 1) ^ 0xedb8_8320 : effect >>> 1;
  }
  return effect;
});

const versions: Record<string, Crc32> = {
  oneTableCrc32,
  slicedCrc32,
  referenceCrc32,
  zlibCrc32,
};

/** Megabytes (10^6 bytes) a second over one round. */
function measureRound(crc32: Crc32, input: Uint8Array): number {
  const callCount = Math.ceil(BYTES_PER_ROUND / input.length);
  const startMs = performance.now();
  // Each call continues the last, so that none can be optimised away.
  let checksum = 0;
  for (let call = 0; call < callCount; call++) {
    checksum = crc32(input, checksum);
  }
  const elapsedMs = performance.now() - startMs;
  if (checksum === -1) throw new Error('a checksum is never negative');
  return (callCount * input.length) / 1000 / elapsedMs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function measureAll(sizeBytes: number): Map<string, number> {
  const input = crypto.getRandomValues(new Uint8Array(sizeBytes));
  const expected = referenceCrc32(input);
  for (const [name, crc32] of Object.entries(versions)) {
    if (crc32(input) !== expected) throw new Error(`${name} is wrong`);
  }
  const speeds = new Map<string, number[]>();
  for (let round = 0; round < ROUND_COUNT; round++) {
    for (const [name, crc32] of Object.entries(versions)) {
      const speed = measureRound(crc32, input);
      if (round < WARM_UP_ROUND_COUNT) continue;
      speeds.set(name, [...(speeds.get(name) ?? []), speed]);
    }
  }
  return new Map([...speeds].map(([name, all]) => [name, median(all)]));
}

console.log('CRC-32, MB/s, median of alternating rounds (x referenceCrc32)');
for (const sizeBytes of INPUT_SIZES_BYTES) {
  const speeds = measureAll(sizeBytes);
  const reference = speeds.get('referenceCrc32') ?? Number.NaN;
  console.log(`${sizeBytes} bytes`);
  for (const [name, speed] of speeds) {
    const ratio = (speed / reference).toFixed(2);
    console.log(
      `  ${name.padEnd(15)} ${speed.toFixed(0).padStart(6)}  ${ratio}`,
    );
  }
}
