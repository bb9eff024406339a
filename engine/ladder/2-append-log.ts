/**
 * Rung 2: an append-only log. Nothing is ever overwritten.
 *
 * Why: adding to the end of a file is the cheapest write there is, and the
 * safest shape: a crash can only damage what was being added. The price is
 * paid by readers, who have no index: a get reads the file from its start.
 *
 *   append.log = header | record | record | ... | torn tail?
 *
 *   OFFSET SIZE FIELD of the header
 *        0    8 magic            "WRONGLOG"
 *        8    4 version          1
 *       12    4 crc32            of the 12 bytes before
 * Records: framed-record.ts. (The wrong format, line-record.ts, has no header.)
 *
 * Opening, in order: sync the file and its name, so that what is read now is
 * still there after the next power cut; read to the first damage; a torn tail
 * is cut and the cut synced, because a record appended over stale bytes could
 * bring an old one behind it back to life; a damaged middle is refused.
 *
 * Invariants: (1) bytes below #durableEnd are synced and never written again.
 * (2) sync() resolves only when the bytes that were written before it are.
 * (3) one sync covers everyone who waits (GroupSync).
 * Cost: put O(record); get and scan O(file); open O(file).
 *
 * Real engines: every write-ahead log is this file. LevelDB
 * ignores a torn tail instead of cutting it, and begins a new file. Kafka's
 * segments are append-only logs with an index beside.
 */
import { ClosedError, CorruptionError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import type { Disk, DiskFile } from '../disk/disk.ts';
import { GroupSync } from '../disk/group-sync.ts';
import { readWholeFile, writeFully } from '../disk/whole-file.ts';
import { silentTracer, type Tracer } from '../trace/tracer.ts';
import { checkHeader, fileHeader, isTornHeader } from './file-header.ts';
import { framedFormat } from './framed-record.ts';
import {
  checkConfig,
  checkKey,
  checkNoFailure,
  checkRange,
  checkValue,
  checkWrong,
  type Entry,
  type KeyRange,
  type KeyValueStore,
  type StoreConfig,
  type StoreInspection,
} from './key-value-store.ts';
import { lineFormat } from './line-record.ts';
import { type LogFormat, type LogRecord, readLog } from './log-format.ts';
import { sortedEntries } from './sorted-entries.ts';

/** The whole database. */
export const APPEND_LOG_NAME = 'append.log';
/** "WRONGLOG" marks the file as ours. */
export const APPEND_LOG_MAGIC = 'WRONGLOG';

export const APPEND_LOG_WRONGS = [
  'plain-lines',
  'no-checksum',
  'keep-torn-tail',
  'cut-without-sync',
  'cut-any-damage',
  'open-without-sync',
  'acknowledge-before-sync',
  'retry-failed-sync',
] as const;
export type AppendLogWrong = (typeof APPEND_LOG_WRONGS)[number];

/** `groupCommit: false` gives each sync() a disk sync of its own: slow. */
export interface AppendLogConfig extends StoreConfig<AppendLogWrong> {
  readonly groupCommit?: boolean;
}

/** A database in one file that only grows. */
export class AppendLog implements KeyValueStore {
  readonly capabilities = {
    ordered: true,
    durable: true,
    snapshots: false,
    transactions: false,
  };
  readonly #file: DiskFile;
  readonly #format: LogFormat;
  readonly #tracer: Tracer;
  readonly #wrong: ReadonlySet<AppendLogWrong>;
  readonly #groupCommit: boolean;
  readonly #syncs: GroupSync;
  #queue: Promise<void> = Promise.resolve();
  #end: number;
  #durableEnd: number;
  #writeCount = 0;
  #acknowledgedCount = 0;
  /** A refused write left bytes behind the end. */
  #hasDebris = false;
  #closing: Promise<void> | undefined;

  private constructor(
    file: DiskFile,
    format: LogFormat,
    config: AppendLogConfig,
    end: number,
  ) {
    this.#file = file;
    this.#format = format;
    this.#tracer = config.tracer ?? silentTracer;
    this.#wrong = new Set(config.wrong);
    this.#groupCommit = config.groupCommit ?? true;
    this.#syncs = new GroupSync(() => this.#syncFile());
    this.#end = end;
    this.#durableEnd = end;
  }

  /**
   * Opens the log on `disk`, creating it when there is none.
   * Throws CorruptionError for a foreign file or a damaged middle.
   */
  static async open(disk: Disk, config: AppendLogConfig): Promise<AppendLog> {
    checkConfig(config);
    const wrong = checkWrong(config.wrong ?? [], APPEND_LOG_WRONGS);
    const format = wrong.has('plain-lines')
      ? lineFormat
      : framedFormat(config.crc32, fileHeader(APPEND_LOG_MAGIC, config.crc32), {
          checksum: !wrong.has('no-checksum'),
        });
    const tracer = config.tracer ?? silentTracer;
    const file = await disk.open(APPEND_LOG_NAME, 'create');
    try {
      if (!wrong.has('open-without-sync')) {
        await file.sync();
        await disk.syncDirectory();
      }
      const end = await recover(file, format, wrong, tracer);
      if (tracer.enabled) {
        const rung = 'append-log';
        tracer.emit({ type: 'store.opened', rung, wrong: [...wrong] });
      }
      return new AppendLog(file, format, config, end);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.#checkUsable();
    checkKey(key);
    let value: Uint8Array | undefined;
    for (const record of this.#records()) {
      if (record.kind === 'closed' || !equalBytes(record.key, key)) continue;
      value = record.kind === 'put' ? record.value : undefined;
    }
    if (this.#tracer.enabled) {
      const found = value !== undefined;
      this.#tracer.emit({ type: 'store.get', key: key.slice(), found });
    }
    return value?.slice();
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.#checkUsable();
    checkKey(key);
    checkValue(value);
    this.#append({ kind: 'put', key, value });
    if (this.#tracer.enabled) {
      this.#tracer.emit({
        type: 'store.put',
        key: key.slice(),
        valueSizeBytes: value.length,
      });
    }
  }

  delete(key: Uint8Array): void {
    this.#checkUsable();
    checkKey(key);
    // Whether the key exists is not looked up: that would read the file.
    this.#append({ kind: 'delete', key });
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.delete', key: key.slice() });
    }
  }

  scan(range: KeyRange = {}): Entry[] {
    this.#checkUsable();
    checkRange(range);
    const values = new Map<string, Uint8Array>();
    for (const record of this.#records()) {
      if (record.kind === 'closed') continue;
      const name = toByteString(record.key);
      if (record.kind === 'put') values.set(name, record.value);
      else values.delete(name);
    }
    return sortedEntries(values, range);
  }

  async sync(): Promise<void> {
    this.#checkUsable();
    if (this.#wrong.has('acknowledge-before-sync')) {
      this.#acknowledge(this.#writeCount);
    } else if (this.#wrong.has('retry-failed-sync')) {
      // Two tries. The second succeeds because the kernel has dropped the
      // data and has nothing left to write.
      await this.#syncFile().catch(() => this.#syncFile());
    } else if (this.#groupCommit) {
      await this.#syncs.sync();
    } else {
      this.#queue = this.#queue.then(() => this.#syncs.sync());
      await this.#queue;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    try {
      // Those who wait for a sync of their own are served first.
      await this.#queue.catch(() => {});
      if (this.#syncs.failure === undefined) {
        // Shared with a sync that runs now: if it fails, this must too.
        await this.#syncs.sync();
        // The witness for every byte before it; see framed-record.ts.
        this.#append({ kind: 'closed' });
        await this.#file.sync();
      }
    } finally {
      this.#file.close();
    }
    if (this.#tracer.enabled) this.#tracer.emit({ type: 'store.closed' });
  }

  inspect(): StoreInspection {
    return {
      rung: 'append-log',
      endOffset: this.#end,
      durableOffset: this.#durableEnd,
    };
  }

  #append(record: LogRecord): void {
    const bytes = this.#format.encode(record, this.#end, this.#durableEnd);
    try {
      writeFully(this.#file, bytes, this.#end);
    } catch (error) {
      // The end did not move, so nobody reads what was written of it. A
      // shorter record will not cover all of it, though: sync cuts it.
      this.#hasDebris = true;
      throw error;
    }
    this.#end += bytes.length;
    if (record.kind !== 'closed') this.#writeCount++;
  }

  async #syncFile(): Promise<void> {
    // Taken before the wait: what is appended meanwhile is not covered.
    const end = this.#end;
    const writeCount = this.#writeCount;
    if (this.#hasDebris) this.#file.truncate(end);
    this.#hasDebris = false;
    await this.#file.sync();
    this.#durableEnd = Math.max(this.#durableEnd, end);
    this.#acknowledge(writeCount);
  }

  #acknowledge(writeCount: number): void {
    const count = writeCount - this.#acknowledgedCount;
    if (count <= 0) return;
    this.#acknowledgedCount = writeCount;
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.acknowledged', writeCount: count });
    }
  }

  /** Every record, read from the disk again: there is no index. */
  *#records(): Iterable<LogRecord> {
    const bytes = readWholeFile(this.#file).subarray(0, this.#end);
    const reading = readLog(this.#format, bytes, this.#format.header.length);
    for (const placed of reading.records) yield placed.record;
    if (reading.damage === undefined) return;
    if (this.#wrong.has('keep-torn-tail')) return;
    const { offset, reason } = reading.damage;
    throw new CorruptionError(APPEND_LOG_NAME, offset, reason);
  }

  #checkUsable(): void {
    if (this.#closing) throw new ClosedError('the store is closed');
    checkNoFailure(this.#syncs.failure);
  }
}

/** Makes the file ready to append to; returns where. */
async function recover(
  file: DiskFile,
  format: LogFormat,
  wrong: ReadonlySet<AppendLogWrong>,
  tracer: Tracer,
): Promise<number> {
  const bytes = readWholeFile(file);
  const { header } = format;
  if (isTornHeader(bytes, header)) {
    writeFully(file, header, 0);
    await file.sync();
    return header.length;
  }
  checkHeader(APPEND_LOG_NAME, bytes, header);
  const reading = readLog(format, bytes, header.length);
  for (const { offset, sizeBytes } of reading.records) {
    if (!tracer.enabled) break;
    const file = APPEND_LOG_NAME;
    tracer.emit({ type: 'recovery.record', file, offset, sizeBytes });
  }
  const { damage, endOffset } = reading;
  if (damage === undefined) return endOffset;
  if (damage.place === 'middle' && !wrong.has('cut-any-damage')) {
    throw new CorruptionError(APPEND_LOG_NAME, damage.offset, damage.reason);
  }
  if (wrong.has('keep-torn-tail')) return bytes.length;
  file.truncate(endOffset);
  if (!wrong.has('cut-without-sync')) await file.sync();
  if (tracer.enabled) {
    tracer.emit({
      type: 'recovery.cut',
      file: APPEND_LOG_NAME,
      offset: endOffset,
      cutBytes: bytes.length - endOffset,
    });
  }
  return endOffset;
}
