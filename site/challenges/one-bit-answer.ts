/** Challenge 02, the answer: one bit of one byte. */

/** A type, so that it counts as JSON. */
export type FlippedBit = {
  readonly offset: number;
  /** 0 is the lowest bit of the byte. */
  readonly bit: number;
};

/** No bit, or one. */
export type BitChoice = readonly [] | readonly [FlippedBit];

/** One of the two files of the challenge, as the editor shows it. */
export interface DamagedFile {
  readonly name: string;
  readonly bytes: readonly number[];
}

/** The same documents in both formats. */
export interface BitMaterial {
  readonly lines: DamagedFile;
  readonly framed: DamagedFile;
}

/** Undefined unless it is no bit or one bit; the file's end is not known. */
export function decodeBitChoice(value: unknown): BitChoice | undefined {
  if (!Array.isArray(value) || value.length > 1) return undefined;
  if (value.length === 0) return [];
  const [flip]: unknown[] = value;
  return isFlippedBit(flip) ? [flip] : undefined;
}

function isFlippedBit(value: unknown): value is FlippedBit {
  return (
    typeof value === 'object' &&
    value !== null &&
    'offset' in value &&
    isCount(value.offset) &&
    'bit' in value &&
    isCount(value.bit) &&
    value.bit < 8
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
}
