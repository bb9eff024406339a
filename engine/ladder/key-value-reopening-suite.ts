/** Closing, reopening, and files that are not ours: cases of the store suite. */
import { CorruptionError } from '../base/errors.ts';
import type { Disk } from '../disk/disk.ts';
import {
  expectBytes,
  expectFailure,
  expectSame,
  patternOf,
  text,
} from '../disk/disk-expectation-suite.ts';
import { readWholeFile, writeFully } from '../disk/whole-file.ts';
import { oddEntries } from './key-value-answer-suite.ts';
import {
  expectEntries,
  MAIN_FILES,
  onFreshDisk,
  onFreshStore,
  openRung,
  type StoreCase,
  type StoreFactory,
  textAt,
} from './key-value-expectation-suite.ts';

export const reopeningCases: readonly StoreCase[] = [
  onFreshDisk('a closed store reopens as it was', async (disk, factory) => {
    const entries = oddEntries();
    const store = await openRung(factory, disk);
    for (const [key, value] of entries) store.put(key, value);
    store.put(text('gone'), text('x'));
    store.delete(text('gone'));
    await store.close();
    return reopenAndExpect(disk, factory, entries);
  }),

  onFreshDisk('a synced write outlives the process', async (disk, factory) => {
    const store = await openRung(factory, disk);
    store.put(text('cat'), text('Mina'));
    store.put(text('dog'), text('Rex'));
    store.delete(text('dog'));
    await store.sync();
    // Not closed: the process is gone, and the disk with it.
    return reopenAndExpect(disk, factory, [[text('cat'), text('Mina')]]);
  }),

  onFreshDisk('reopening again changes nothing', async (disk, factory) => {
    const store = await openRung(factory, disk);
    store.put(text('cat'), text('Mina'));
    await store.close();
    let current = disk;
    for (let count = 0; count < 3; count++) {
      current = await factory.disks.reopen(current);
      const again = await openRung(factory, current);
      expectSame(textAt(again, text('cat')), 'Mina', `opening ${count}`);
      if (count === 1) await again.close();
    }
    return current;
  }),

  onFreshDisk('an empty store reopens empty', async (disk, factory) => {
    const store = await openRung(factory, disk);
    await store.close();
    return reopenAndExpect(disk, factory, []);
  }),

  onFreshStore('closing twice is allowed', async (store) => {
    store.put(text('cat'), text('Mina'));
    await Promise.all([store.close(), store.close()]);
    await store.close();
  }),

  onFreshStore('a closed store refuses everything', async (store) => {
    store.put(text('cat'), text('Mina'));
    const closing = store.close();
    for (const when of ['while it closes', 'when it is closed']) {
      const cat = text('cat');
      await expectFailure(() => store.get(cat), 'CLOSED');
      await expectFailure(() => store.put(cat, cat), 'CLOSED');
      await expectFailure(() => store.delete(cat), 'CLOSED');
      await expectFailure(() => store.scan(), 'CLOSED');
      await expectFailure(() => store.sync(), 'CLOSED');
      expectSame(typeof store.inspect().rung, 'string', when);
      await closing;
    }
  }),

  onFreshDisk('a sync under way survives the close', async (disk, factory) => {
    const store = await openRung(factory, disk);
    store.put(text('cat'), text('Mina'));
    const sync = store.sync();
    store.put(text('dog'), text('Rex'));
    await Promise.all([sync, store.close()]);
    return reopenAndExpect(disk, factory, [
      [text('cat'), text('Mina')],
      [text('dog'), text('Rex')],
    ]);
  }),

  onFreshDisk('a foreign file is refused by name', async (disk, factory) => {
    const name = MAIN_FILES[factory.rung];
    const photo = text('GIF89a, a photo of a cat, not a database at all');
    await writeWhole(disk, name, photo);
    await expectCorruption(factory, disk, name);
    expectBytes(await readWhole(disk, name), photo);
    // Refusing must not hold on to the file: now it can be moved away.
    disk.rename(name, 'photo.gif');
    const store = await openRung(factory, disk);
    expectSame(store.scan(), [], 'scan');
    await store.close();
    expectBytes(await readWhole(disk, 'photo.gif'), photo);
  }),

  onFreshDisk('a halved file is not believed', async (disk, factory) => {
    const store = await openRung(factory, disk);
    const value = patternOf(300);
    for (const key of ['a', 'b', 'c']) store.put(text(key), value);
    await store.close();
    const name = MAIN_FILES[factory.rung];
    const whole = await readWhole(disk, name);
    await writeWhole(disk, name, whole.subarray(0, whole.length >> 1));
    await expectPartOrRefusal(factory, disk, name, value);
  }),
];

async function reopenAndExpect(
  disk: Disk,
  factory: StoreFactory,
  entries: readonly (readonly [Uint8Array, Uint8Array])[],
): Promise<Disk> {
  const again = await factory.disks.reopen(disk);
  const store = await openRung(factory, again);
  expectEntries(store.scan(), entries);
  for (const [key, value] of entries) {
    expectBytes(store.get(key) ?? text('nothing'), value);
  }
  await store.close();
  return again;
}

async function expectCorruption(
  factory: StoreFactory,
  disk: Disk,
  file: string,
): Promise<void> {
  try {
    await openRung(factory, disk);
  } catch (error) {
    if (!(error instanceof CorruptionError)) throw error;
    expectSame(error.code, 'CORRUPTION', 'code');
    expectSame(error.file, file, 'file');
    expectSame(error.offset >= 0, true, `offset ${error.offset}`);
    expectSame(error.message.includes(file), true, error.message);
    return;
  }
  throw new Error('a foreign file was opened');
}

/** No reader can tell a file cut at its end from a crash: both are right. */
async function expectPartOrRefusal(
  factory: StoreFactory,
  disk: Disk,
  file: string,
  value: Uint8Array,
): Promise<void> {
  const store = await openRung(factory, disk).catch((error: unknown) => {
    if (!(error instanceof CorruptionError)) throw error;
    expectSame(error.file, file, 'file');
  });
  if (store === undefined) return;
  for (const entry of store.scan()) expectBytes(entry.value, value);
  expectSame(store.scan().length < 3, true, 'less than everything');
  await store.close();
}

async function writeWhole(
  disk: Disk,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const file = await disk.open(name, 'create');
  file.truncate(0);
  writeFully(file, bytes, 0);
  await file.sync();
  file.close();
  await disk.syncDirectory();
}

async function readWhole(disk: Disk, name: string): Promise<Uint8Array> {
  const file = await disk.open(name, 'existing');
  try {
    return readWholeFile(file);
  } finally {
    file.close();
  }
}
