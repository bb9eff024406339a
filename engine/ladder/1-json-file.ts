/**
 * Rung 1: the whole database in one JSON file, rewritten at every save.
 *
 * Why: it is what everyone writes first, and it is almost right. Reads are a
 * Map. A save must replace the old file by the new one so that a crash at any
 * point leaves one of the two, whole. Overwriting the only copy leaves
 * neither; the right order of four calls leaves always one:
 *
 *   write data.json.new   the old copy is still the database
 *   sync  data.json.new   the new bytes are on the medium ...
 *   rename -> data.json   ... before the name points at them
 *   sync  the directory   the name is on the medium: acknowledged
 *
 * Invariants: (1) data.json is never written, only replaced. (2) sync()
 * resolves only after the fourth step.
 * Cost: a save writes every byte of the database, so n saves of n documents
 * write O(n²) bytes: 200 documents of 100 bytes cost 2 MB. Open reads all.
 *
 * Format: one JSON object; each byte of a key or value is one character
 * (byte-string.ts), so ASCII text stays readable. No checksum: a flipped bit
 * is believed. That is the next rung's subject.
 *
 * Real engines: WiredTiger's turtle file, a few hundred bytes that lead to all
 * others, is saved in the same four steps; so is LevelDB's CURRENT.
 */
import { ClosedError, CorruptionError } from '../base/errors.ts';
import { KEY_SIZE_BYTES_MAX } from '../base/limits.ts';
import { fromByteString, toByteString } from '../bytes/byte-string.ts';
import type { Disk, DiskFile } from '../disk/disk.ts';
import { GroupSync } from '../disk/group-sync.ts';
import { readWholeFile, writeFully } from '../disk/whole-file.ts';
import { silentTracer, type Tracer } from '../trace/tracer.ts';
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
import { sortedEntries } from './sorted-entries.ts';

/** The database. */
export const JSON_FILE_NAME = 'data.json';
/** The next database, until it is renamed. Ignored at open. */
const JSON_TEMPORARY_NAME = 'data.json.new';

/** What a save can consist of. The first four, in order, are the right one. */
export type SaveStep =
  | 'write-temporary'
  | 'sync-temporary'
  | 'rename'
  | 'sync-directory'
  | 'write-in-place'
  | 'sync-in-place';

/** The steps of a save that survives any crash. */
export const SAVE_STEPS: readonly SaveStep[] = [
  'write-temporary',
  'sync-temporary',
  'rename',
  'sync-directory',
];

export type JsonFileWrong =
  | 'overwrite-in-place'
  | 'no-file-sync'
  | 'no-directory-sync';

/** What each switch makes of the steps: one rule removed. */
const WRONG_SAVE_STEPS: Record<JsonFileWrong, readonly SaveStep[]> = {
  'overwrite-in-place': ['write-in-place', 'sync-in-place', 'sync-directory'],
  'no-file-sync': ['write-temporary', 'rename', 'sync-directory'],
  'no-directory-sync': ['write-temporary', 'sync-temporary', 'rename'],
};

export const JSON_FILE_WRONGS = Object.keys(
  WRONG_SAVE_STEPS,
) as JsonFileWrong[];

/** `saveSteps` lets a reader try an order of their own. */
export interface JsonFileConfig extends StoreConfig<JsonFileWrong> {
  readonly saveSteps?: readonly SaveStep[];
}

/** A whole database in one JSON file. */
export class JsonFile implements KeyValueStore {
  readonly capabilities = {
    ordered: true,
    durable: true,
    snapshots: false,
    transactions: false,
  };
  readonly #disk: Disk;
  readonly #tracer: Tracer;
  readonly #saveSteps: readonly SaveStep[];
  readonly #values: Map<string, Uint8Array>;
  readonly #saves = new GroupSync(() => this.#save());
  #unsavedWriteCount = 0;
  #closing: Promise<void> | undefined;

  private constructor(
    disk: Disk,
    tracer: Tracer,
    saveSteps: readonly SaveStep[],
    values: Map<string, Uint8Array>,
  ) {
    this.#disk = disk;
    this.#tracer = tracer;
    this.#saveSteps = saveSteps;
    this.#values = values;
  }

  /**
   * Opens the database on `disk`, empty when there is none.
   * Throws CorruptionError when data.json is not what save() writes.
   */
  static async open(disk: Disk, config: JsonFileConfig): Promise<JsonFile> {
    checkConfig(config);
    const wrong = checkWrong(config.wrong ?? [], JSON_FILE_WRONGS);
    let steps = config.saveSteps ?? SAVE_STEPS;
    for (const name of wrong) steps = WRONG_SAVE_STEPS[name];
    const tracer = config.tracer ?? silentTracer;
    const values = await load(disk);
    if (tracer.enabled) {
      tracer.emit({
        type: 'store.opened',
        rung: 'json-file',
        wrong: [...wrong],
      });
    }
    return new JsonFile(disk, tracer, steps, values);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.#checkUsable();
    checkKey(key);
    const value = this.#values.get(toByteString(key));
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
    this.#values.set(toByteString(key), value.slice());
    this.#unsavedWriteCount++;
    if (this.#tracer.enabled) {
      const valueSizeBytes = value.length;
      this.#tracer.emit({
        type: 'store.put',
        key: key.slice(),
        valueSizeBytes,
      });
    }
  }

  delete(key: Uint8Array): void {
    this.#checkUsable();
    checkKey(key);
    if (!this.#values.delete(toByteString(key))) return;
    this.#unsavedWriteCount++;
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.delete', key: key.slice() });
    }
  }

  scan(range: KeyRange = {}): Entry[] {
    this.#checkUsable();
    checkRange(range);
    return sortedEntries(this.#values, range);
  }

  async sync(): Promise<void> {
    this.#checkUsable();
    await this.#saves.sync();
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    if (this.#saves.failure === undefined) await this.#saves.sync();
    if (this.#tracer.enabled) this.#tracer.emit({ type: 'store.closed' });
  }

  inspect(): StoreInspection {
    return { rung: 'json-file', unsavedWriteCount: this.#unsavedWriteCount };
  }

  async #save(): Promise<void> {
    const writeCount = this.#unsavedWriteCount;
    if (writeCount === 0) return;
    // The text is made before the first await: it holds whole writes only.
    const text = toJson(this.#values);
    for (const step of this.#saveSteps) await this.#runStep(step, text);
    this.#unsavedWriteCount -= writeCount;
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.acknowledged', writeCount });
    }
  }

  async #runStep(step: SaveStep, text: Uint8Array): Promise<void> {
    const disk = this.#disk;
    switch (step) {
      case 'write-temporary':
        return withFile(disk, JSON_TEMPORARY_NAME, rewrite(text));
      case 'sync-temporary':
        return withFile(disk, JSON_TEMPORARY_NAME, (file) => file.sync());
      case 'rename':
        return disk.rename(JSON_TEMPORARY_NAME, JSON_FILE_NAME);
      case 'sync-directory':
        return disk.syncDirectory();
      case 'write-in-place':
        return withFile(disk, JSON_FILE_NAME, rewrite(text));
      case 'sync-in-place':
        return withFile(disk, JSON_FILE_NAME, (file) => file.sync());
    }
  }

  #checkUsable(): void {
    if (this.#closing) throw new ClosedError('the store is closed');
    checkNoFailure(this.#saves.failure);
  }
}

/** Empties the file and writes `text`, as fs.writeFile does. */
function rewrite(text: Uint8Array): (file: DiskFile) => void {
  return (file) => {
    if (file.size() > 0) file.truncate(0);
    writeFully(file, text, 0);
  };
}

async function withFile(
  disk: Disk,
  name: string,
  use: (file: DiskFile) => void | Promise<void>,
): Promise<void> {
  const file = await disk.open(name, 'create');
  try {
    await use(file);
  } finally {
    file.close();
  }
}

async function load(disk: Disk): Promise<Map<string, Uint8Array>> {
  if (!disk.list().includes(JSON_FILE_NAME)) return new Map();
  const file = await disk.open(JSON_FILE_NAME, 'existing');
  try {
    // A process that died may have left this file in the cache only. Whoever
    // reads it now must still find it after the next power cut.
    await file.sync();
    await disk.syncDirectory();
    return fromJson(readWholeFile(file));
  } finally {
    file.close();
  }
}

function toJson(values: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const texts = sortedEntries(values).map(
    ({ key, value }) => [toByteString(key), toByteString(value)] as const,
  );
  return new TextEncoder().encode(JSON.stringify(Object.fromEntries(texts)));
}

function fromJson(bytes: Uint8Array): Map<string, Uint8Array> {
  const parsed = parse(bytes);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new CorruptionError(JSON_FILE_NAME, 0, 'not a JSON object');
  }
  const values = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(parsed)) {
    const value = typeof text === 'string' ? fromByteString(text) : undefined;
    if (value === undefined || !isKeyText(name)) {
      const reason = `the entry ${JSON.stringify(name)} does not hold bytes`;
      throw new CorruptionError(JSON_FILE_NAME, 0, reason);
    }
    values.set(name, value);
  }
  return values;
}

/** True for what toByteString() makes of a legal key. */
function isKeyText(name: string): boolean {
  const key = fromByteString(name);
  if (key === undefined) return false;
  return key.length > 0 && key.length <= KEY_SIZE_BYTES_MAX;
}

function parse(bytes: Uint8Array): unknown {
  try {
    const strict = { fatal: true, ignoreBOM: true };
    return JSON.parse(new TextDecoder('utf-8', strict).decode(bytes));
  } catch (cause) {
    const reason = `not valid JSON (${bytes.length} bytes)`;
    const offset = firstBadOffset(bytes);
    throw new CorruptionError(JSON_FILE_NAME, offset, reason, { cause });
  }
}

/** A string as save() writes it: every character is one or two bytes. */
const TEXT_START =
  /"(?:[ !#-[\]-\x7f]|[\xc2\xc3][\x80-\xbf]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*/iy;

/**
 * The first byte that is not {"key":"value",...}. JSON.parse knows it, but
 * each JavaScript engine says it in words of its own. Cost: O(bytes).
 */
function firstBadOffset(bytes: Uint8Array): number {
  const text = toByteString(bytes);
  let offset = 0;
  const takes = (token: RegExp): boolean => {
    token.lastIndex = offset;
    const isThere = token.test(text);
    if (isThere) offset = token.lastIndex;
    return isThere;
  };
  const takesText = () => takes(TEXT_START) && takes(/"/y);
  const takesEntry = () => takesText() && takes(/:/y) && takesText();
  takes(/\{/y);
  let goesOn = true;
  while (goesOn) goesOn = takesEntry() && takes(/,/y);
  takes(/\}/y);
  return offset;
}
