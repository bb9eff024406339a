/** What a store refuses, and what a refusal leaves: cases of the store suite. */
import { KEY_SIZE_BYTES_MAX, VALUE_SIZE_BYTES_MAX } from '../base/limits.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import {
  expectBytes,
  expectFailure,
  expectSame,
  patternOf,
  text,
} from '../disk/disk-expectation-suite.ts';
import {
  expectEntries,
  onFreshDisk,
  onFreshStore,
  openRung,
  type StoreCase,
  textAt,
} from './key-value-expectation-suite.ts';
import type { KeyValueStore } from './key-value-store.ts';
import { openStore } from './open-store.ts';

/** A store as a caller without types sees it. */
interface LooseStore {
  get(key: unknown): unknown;
  put(key: unknown, value: unknown): void;
  delete(key: unknown): void;
  scan(range?: { from?: unknown; to?: unknown }): unknown;
}

const NOT_BYTES: readonly unknown[] = [
  ...[undefined, null, 'cat', 7, true, {}, [99, 97, 116], Symbol('cat')],
  ...[new ArrayBuffer(3), new Uint16Array(3), new Int8Array(3)],
  { length: 3, 0: 99, 1: 97, 2: 116 },
];

const NOT_KEYS: readonly unknown[] = [
  ...NOT_BYTES,
  new Uint8Array(0),
  new Uint8Array(KEY_SIZE_BYTES_MAX + 1),
];

const NOT_VALUES: readonly unknown[] = [
  ...NOT_BYTES,
  new Uint8Array(VALUE_SIZE_BYTES_MAX + 1),
];

export const argumentCases: readonly StoreCase[] = [
  onFreshStore('the longest key and value are kept', async (store) => {
    const key = patternOf(KEY_SIZE_BYTES_MAX);
    const value = patternOf(VALUE_SIZE_BYTES_MAX);
    store.put(key, value);
    await store.sync();
    expectBytes(store.get(key) ?? text('nothing'), value);
    store.delete(key);
    expectSame(store.get(key), undefined, 'deleted');
  }),

  onFreshStore('what is not a key is refused', async (store) => {
    await expectUnchanged(store, async (loose) => {
      for (const key of NOT_KEYS) {
        const value = text('Tom');
        await expectFailure(() => loose.get(key), 'INVALID_INPUT');
        await expectFailure(() => loose.put(key, value), 'INVALID_INPUT');
        await expectFailure(() => loose.delete(key), 'INVALID_INPUT');
      }
    });
  }),

  onFreshStore('what is not a value is refused', async (store) => {
    await expectUnchanged(store, async (loose) => {
      for (const value of NOT_VALUES) {
        const put = () => loose.put(text('cat'), value);
        await expectFailure(put, 'INVALID_INPUT');
      }
    });
  }),

  onFreshStore('what is not a range is refused', async (store) => {
    const expected = store.capabilities.ordered
      ? 'INVALID_INPUT'
      : 'NOT_SUPPORTED';
    await expectUnchanged(store, async (loose) => {
      for (const end of NOT_KEYS) {
        if (end === undefined) continue;
        await expectFailure(() => loose.scan({ from: end }), expected);
        await expectFailure(() => loose.scan({ to: end }), expected);
      }
    });
  }),

  onFreshDisk('an unknown wrong switch opens nothing', async (disk, one) => {
    const wrong = ['no-such-rule'];
    const open = () => openStore(one.rung, disk, { crc32: slicedCrc32, wrong });
    await expectFailure(open, 'INVALID_INPUT');
    expectSame(disk.list(), [], 'files');
    const store = await openRung(one, disk);
    await store.close();
  }),
];

/** Runs `refused` on a store with one key, which must be all there is then. */
async function expectUnchanged(
  store: KeyValueStore,
  refused: (loose: LooseStore) => Promise<void>,
): Promise<void> {
  store.put(text('cat'), text('Mina'));
  await store.sync();
  await refused(store);
  expectSame(textAt(store, text('cat')), 'Mina', 'value');
  expectEntries(store.scan(), [[text('cat'), text('Mina')]]);
  store.put(text('dog'), text('Rex'));
  await store.sync();
  expectSame(store.scan().length, 2, 'keys after one more put');
}
