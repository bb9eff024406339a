/**
 * Limits that more than one layer has to agree on.
 *
 * Why: a limit that is checked in one place and assumed in another is a way
 * to write something that can never be read back.
 */

/**
 * The unit that a drive writes whole or not at all. 512 is the smallest
 * sector still sold; drives with 4096-byte sectors tear less often. Assumed,
 * as SQLite's "powersafe overwrite" does: a write that fails harms no bytes
 * beside it, not even those of the same physical sector.
 */
export const SECTOR_SIZE_BYTES = 512;

/**
 * Longest key. 1,024 bytes is MongoDB's historical index-key limit, and keeps
 * a key far below one page. Keys are at least one byte.
 */
export const KEY_SIZE_BYTES_MAX = 1024;

/** Longest value in the naive rungs; one megabyte keeps figures small. */
export const VALUE_SIZE_BYTES_MAX = 1024 * 1024;
