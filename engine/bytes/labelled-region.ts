/**
 * Labelled regions: which bytes of a file mean what.
 *
 * Why: a hex dump teaches nobody until someone says "these four bytes are the
 * checksum". Each format describes its own bytes next to the code that reads
 * and writes them, so the page inspector and `dump` can never disagree with
 * the engine.
 *
 * Invariants: regions are in order of offset and do not overlap; together
 * they cover the bytes that were described.
 */

/** How the bytes of a region stand, in the words of the site's legend. */
export type RegionCondition = 'good' | 'broken' | 'free';

/** One run of bytes with a meaning. */
export interface LabelledRegion {
  /** First byte, counted from the start of the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** The field's name in the format, such as `crc32`. */
  readonly field: string;
  /** The value, decoded for people: a number, a text, a verdict. */
  readonly meaning: string;
  readonly condition: RegionCondition;
  /** Counts the records of a file from 0; undefined outside records. */
  readonly record?: number;
}
