/** What a store answers while it is open: cases of the store suite. */
import {
  expectBytes,
  expectFailure,
  expectSame,
  patternOf,
  text,
} from '../disk/disk-expectation-suite.ts';
import {
  expectEntries,
  onFreshStore,
  RUNG_CAPABILITIES,
  type StoreCase,
  textAt,
} from './key-value-expectation-suite.ts';
import type { KeyRange, KeyValueStore } from './key-value-store.ts';

export const answerCases: readonly StoreCase[] = [
  onFreshStore('a new store is empty', async (store) => {
    expectSame(store.get(text('cat')), undefined, 'get');
    expectSame(store.scan(), [], 'scan');
  }),

  onFreshStore('it says what it can do', async (store, { rung }) => {
    expectSame(store.capabilities, RUNG_CAPABILITIES[rung], rung);
    expectSame(store.inspect().rung, rung, 'rung');
  }),

  onFreshStore('a put is seen at once, and replaces', async (store) => {
    store.put(text('cat'), text('Mina'));
    expectSame(textAt(store, text('cat')), 'Mina', 'first');
    store.put(text('cat'), text('Tom'));
    expectSame(textAt(store, text('cat')), 'Tom', 'second');
    expectEntries(store.scan(), [[text('cat'), text('Tom')]]);
  }),

  onFreshStore('a deleted key is gone, and may return', async (store) => {
    store.put(text('cat'), text('Mina'));
    store.delete(text('cat'));
    expectSame(textAt(store, text('cat')), undefined, 'deleted');
    expectSame(store.scan(), [], 'scan');
    store.put(text('cat'), text('Tom'));
    expectSame(textAt(store, text('cat')), 'Tom', 'again');
  }),

  onFreshStore('deleting an absent key does nothing', async (store) => {
    store.put(text('cat'), text('Mina'));
    store.delete(text('dog'));
    await store.sync();
    expectEntries(store.scan(), [[text('cat'), text('Mina')]]);
  }),

  onFreshStore('an empty value is not an absent one', async (store) => {
    store.put(text('cat'), new Uint8Array(0));
    expectSame(textAt(store, text('cat')), '', 'value');
    expectEntries(store.scan(), [[text('cat'), new Uint8Array(0)]]);
  }),

  onFreshStore('any byte may be in a key or a value', async (store) => {
    const entries = oddEntries();
    for (const [key, value] of entries) store.put(key, value);
    for (const [key, value] of entries) {
      expectBytes(store.get(key) ?? text('nothing'), value);
    }
    expectEntries(store.scan(), entries);
    for (const [key] of entries) store.delete(key);
    expectSame(store.scan(), [], 'scan');
  }),

  onFreshStore("the caller's bytes stay the caller's", async (store) => {
    const key = text('cat');
    const value = text('Mina');
    store.put(key, value);
    key.fill(0);
    value.fill(0);
    store.get(text('cat'))?.fill(0);
    for (const entry of store.scan()) {
      entry.key.fill(0);
      entry.value.fill(0);
    }
    expectEntries(store.scan(), [[text('cat'), text('Mina')]]);
    await store.sync();
    expectSame(textAt(store, text('cat')), 'Mina', 'value');
  }),

  onFreshStore('a part of a larger array is a key', async (store) => {
    const line = text('put cat Mina');
    store.put(line.subarray(4, 7), line.subarray(8));
    expectEntries(store.scan(), [[text('cat'), text('Mina')]]);
  }),

  onFreshStore('a scan is in order, or refuses a range', async (store) => {
    const keys = ['b', 'a', '10', '9', 'aa', '\u{1f408}', 'B'].map(text);
    keys.push(Uint8Array.of(0), Uint8Array.of(255), Uint8Array.of(0, 0));
    for (const key of keys) store.put(key, key);
    if (store.capabilities.ordered) expectRanges(store, keys);
    else await expectNoRanges(store);
  }),

  onFreshStore('a sync with nothing to do resolves', async (store) => {
    await store.sync();
    await Promise.all([store.sync(), store.sync()]);
    expectSame(store.scan(), [], 'scan');
  }),

  onFreshStore('writes go on while a sync runs', async (store) => {
    const syncs: Promise<void>[] = [];
    for (let index = 0; index < 20; index++) {
      store.put(text(`key-${index % 7}`), patternOf(index));
      syncs.push(store.sync());
    }
    expectBytes(store.get(text('key-5')) ?? text('nothing'), patternOf(19));
    await Promise.all(syncs);
    expectSame(store.scan().length, 7, 'keys');
  }),
];

/** Keys and values that a careless encoding changes or confuses. */
export function oddEntries(): (readonly [Uint8Array, Uint8Array])[] {
  const names = [
    ...['__proto__', 'constructor', 'toString', 'closed', 'put', 'delete'],
    ...['1', '01', '1e0', '-1', 'null', '"', '\\', '\n', '\r\n', ' ', '{}'],
    ...['\u00e9', '\ufeff', '\u2028', '\u{1f408}'],
  ];
  const keys = [
    ...names.map(text),
    ...[0, 1, 0x7f, 0x80, 0xff].map((byte) => Uint8Array.of(byte)),
    Uint8Array.of(0, 0),
    Uint8Array.of(0xff, 0xff),
    Uint8Array.of(0xc3),
    Uint8Array.of(0xed, 0xa0, 0x80),
  ];
  const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  return keys.map((key, index) => {
    return [key, index % 3 === 0 ? allBytes : key] as const;
  });
}

function expectRanges(store: KeyValueStore, keys: readonly Uint8Array[]): void {
  const sorted = [...keys].sort(byBytes);
  for (const from of [undefined, ...sorted]) {
    for (const to of [undefined, ...sorted]) {
      const expected = sorted.filter(
        (key) =>
          (from === undefined || byBytes(key, from) >= 0) &&
          (to === undefined || byBytes(key, to) < 0),
      );
      const found = store.scan(rangeOf(from, to)).map(({ key }) => [...key]);
      expectSame(
        found,
        expected.map((key) => [...key]),
        `${from} to ${to}`,
      );
    }
  }
}

/** The definition of the order, spelled out: byte by byte, short first. */
function byBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < left.length; index++) {
    const [one = -1, other = -1] = [left[index], right[index]];
    if (one !== other) return one - other;
  }
  return left.length - right.length;
}

function rangeOf(from?: Uint8Array, to?: Uint8Array): KeyRange {
  return { ...(from && { from }), ...(to && { to }) };
}

async function expectNoRanges(store: KeyValueStore): Promise<void> {
  const from = text('a');
  await expectFailure(() => store.scan({ from }), 'NOT_SUPPORTED');
  await expectFailure(() => store.scan({ to: from }), 'NOT_SUPPORTED');
  expectSame(store.scan({}).length, 10, 'keys of an open range');
}
