/**
 * Growable bytes: the content of one file that lives in memory.
 *
 * Why: a typed array cannot grow, and a file does nothing else. Appending by
 * making a new array for each write costs O(file) a record; here the buffer
 * doubles, so n bytes appended cost fewer than 2n copied ones.
 *
 * A disk that is captured for a figure or a crash test hands its content out
 * without copying it. The copy is made by the next change, if there is one.
 *
 * Invariants: (1) sizeBytes <= the buffer's length. (2) every byte of an own
 * buffer beyond sizeBytes is zero, so growing over it shows zeros, never what
 * an earlier truncate cut off. (3) bytes that were given or frozen are never
 * changed.
 * Cost: read and write O(bytes moved), amortised; the first change after a
 * freeze O(file).
 */

/** Smaller buffers are not worth their object's header. */
const CAPACITY_BYTES_MIN = 64;

export class GrowableBytes {
  #buffer: Uint8Array;
  #sizeBytes: number;
  /** The content as others hold it; undefined once `#buffer` is ours alone. */
  #frozen: Uint8Array | undefined;

  /** Starts with `content`, which is not copied and never changed. */
  constructor(content: Uint8Array) {
    this.#buffer = content;
    this.#sizeBytes = content.length;
    this.#frozen = content;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Fills `target` from `offset`; returns how many bytes there were. */
  read(target: Uint8Array, offset: number): number {
    const end = Math.min(this.#sizeBytes, offset + target.length);
    if (end <= offset) return 0;
    target.set(this.#buffer.subarray(offset, end));
    return end - offset;
  }

  /** Copies `source` to `offset`, with zeros in any gap before it. */
  write(source: Uint8Array, offset: number): void {
    // Nothing is written nowhere: as in POSIX, it does not grow a file.
    if (source.length === 0) return;
    const end = offset + source.length;
    this.#ownBuffer(end).set(source, offset);
    this.#sizeBytes = Math.max(this.#sizeBytes, end);
  }

  /** Cuts, or grows with zeros. */
  truncate(sizeBytes: number): void {
    const buffer = this.#ownBuffer(sizeBytes);
    if (sizeBytes < this.#sizeBytes) buffer.fill(0, sizeBytes, this.#sizeBytes);
    this.#sizeBytes = sizeBytes;
  }

  /**
   * The content as a view that no later call changes; the same object again
   * while nothing changed. Cost: O(1).
   */
  freeze(): Uint8Array {
    this.#frozen ??= this.#buffer.subarray(0, this.#sizeBytes);
    return this.#frozen;
  }

  /** A buffer that is ours alone, with room for `capacityBytes`. */
  #ownBuffer(capacityBytes: number): Uint8Array {
    const currentBytes = this.#buffer.length;
    const mustGrow = capacityBytes > currentBytes;
    if (this.#frozen === undefined && !mustGrow) return this.#buffer;
    const own = new Uint8Array(
      Math.max(
        CAPACITY_BYTES_MIN,
        capacityBytes,
        mustGrow ? currentBytes * 2 : currentBytes,
      ),
    );
    own.set(this.#buffer.subarray(0, this.#sizeBytes));
    this.#buffer = own;
    this.#frozen = undefined;
    return own;
  }
}
