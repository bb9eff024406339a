import { describe, expect, test } from 'vitest';
import { CorruptionError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import type { Disk } from '../disk/disk.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { MemoryDisk } from '../disk/memory-disk.ts';
import { TracedDisk } from '../disk/traced-disk.ts';
import type { TraceEvent } from '../trace/trace-event.ts';
import { tracerTo } from '../trace/tracer.ts';
import { HashIndex, type HashIndexWrong } from './3-hash-index.ts';

function open(disk: Disk, wrong: HashIndexWrong[] = []): Promise<HashIndex> {
  return HashIndex.open(disk, { crc32: slicedCrc32, wrong });
}

/** Each text is a segment: "+cat" puts the key, "-cat" deletes it. */
async function storeOf(
  segments: readonly string[],
  wrong: HashIndexWrong[] = [],
) {
  const disk = new MemoryDisk();
  const store = await open(disk, wrong);
  for (const [index, segment] of segments.entries()) {
    for (const write of segment.split(' ')) {
      const key = text(write.slice(1));
      if (write.startsWith('+')) store.put(key, text(`${index + 1}`));
      else store.delete(key);
    }
    await store.roll();
  }
  return { disk, store };
}

/** Such as `cat=2`: the key and the segment in which it was put. */
function contentsOf(store: HashIndex): string[] {
  const decoder = new TextDecoder();
  return store
    .scan()
    .map(({ key, value }) => `${decoder.decode(key)}=${decoder.decode(value)}`)
    .sort();
}

/** A copy of the disk, as after a restart, opened with a trace. */
async function restarted(disk: MemoryDisk, wrong: HashIndexWrong[] = []) {
  const copy = new MemoryDisk(disk.capture());
  const events: TraceEvent[] = [];
  const tracer = tracerTo((event) => events.push(event));
  const store = await HashIndex.open(new TracedDisk(copy, tracer), {
    ...{ crc32: slicedCrc32, tracer, wrong },
  });
  return { disk: copy, store, events };
}

function logsOf(disk: Disk): string[] {
  return disk.list().filter((name) => name.endsWith('.log'));
}

describe('a get', () => {
  test('reads one record, however much there is', async () => {
    const segments = ['+a +b +c', '+d +e', '+f +g +h +i'];
    const { disk } = await storeOf(segments);
    const { store, events } = await restarted(disk);
    events.length = 0;
    store.get(text('d'));
    const reads = events.filter(({ type }) => type === 'disk.read');
    expect(reads).toEqual([
      { ...reads[0], file: 'segment-000002.log', sizeBytes: 27 + 1 + 1 },
    ]);
    store.get(text('absent'));
    expect(events.filter(({ type }) => type === 'disk.read')).toEqual(reads);
  });

  test('reports a record that changed under it', async () => {
    const { disk, store } = await storeOf(['+cat']);
    const file = await disk.open('segment-000001.log', 'existing');
    file.write(text('!'), 24 + 27 + 3);
    expect(() => store.get(text('cat'))).toThrow(CorruptionError);
    expect(() => store.get(text('cat'))).toThrow(/segment-000001\.log.* 24/);
  });
});

describe('a roll', () => {
  test('starts the next segment, and an empty one is not rolled', async () => {
    const { disk, store } = await storeOf(['+a', '+b']);
    await store.roll();
    expect(logsOf(disk)).toEqual([
      ...['segment-000001.log', 'segment-000002.log', 'segment-000003.log'],
    ]);
  });

  test('that is asked for during another one is not forgotten', async () => {
    const disk = new MemoryDisk();
    const store = await open(disk);
    store.put(text('a'), text('1'));
    const first = store.roll();
    const second = store.roll();
    // Lets the first one get to its new segment, and no further.
    while (logsOf(disk).length < 2) await null;
    store.put(text('b'), text('2'));
    await Promise.all([first, second]);
    expect(logsOf(disk)).toHaveLength(3);
  });

  test('happens by itself when a segment is full', async () => {
    const disk = new MemoryDisk();
    const store = await HashIndex.open(disk, {
      ...{ crc32: slicedCrc32, segmentSizeBytesMax: 100 },
    });
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      store.put(text(key), text('x'));
      await store.sync();
    }
    expect(logsOf(disk)).toEqual([
      ...['segment-000001.log', 'segment-000002.log', 'segment-000003.log'],
    ]);
    expect((await restarted(disk)).store.scan()).toHaveLength(6);
  });
});

describe('a merge', () => {
  test('keeps the newest record of each key, in one segment', async () => {
    const { disk, store } = await storeOf(['+cat +dog', '+cat', '-dog +owl']);
    await store.merge();
    const expected = ['cat=2', 'owl=3'];
    expect(contentsOf(store)).toEqual(expected);
    expect(logsOf(disk)).toEqual(['segment-000003.log', 'segment-000004.log']);
    expect(contentsOf((await restarted(disk)).store)).toEqual(expected);
  });

  test('keeps a tombstone while an older segment is left', async () => {
    const { disk, store } = await storeOf(['+cat', '-cat', '+dog']);
    await store.merge(2, 3);
    expect(contentsOf((await restarted(disk)).store)).toEqual(['dog=3']);
    await store.merge();
    const { store: again, events } = await restarted(disk);
    expect(contentsOf(again)).toEqual(['dog=3']);
    const hints = events.filter(({ type }) => type === 'recovery.hint');
    expect(hints).toMatchObject([{ entryCount: 1 }]);
  });

  test('that drops tombstones early brings the key back', async () => {
    const wrong: HashIndexWrong[] = ['merge-drops-tombstones'];
    const { disk, store } = await storeOf(['+cat', '-cat', '+dog'], wrong);
    await store.merge(2, 3);
    expect(contentsOf(store)).toEqual(['dog=3']);
    const { store: again } = await restarted(disk, wrong);
    expect(contentsOf(again)).toEqual(['cat=1', 'dog=3']);
  });

  test('of fewer than two segments does nothing', async () => {
    const { disk, store } = await storeOf(['+cat', '+dog']);
    const files = disk.list();
    await store.merge(2, 2);
    await store.merge(7, 9);
    await store.merge(3, 1);
    expect(disk.list()).toEqual(files);
  });

  test('never includes the active segment', async () => {
    const { disk, store } = await storeOf(['+cat', '+dog']);
    store.put(text('owl'), text('new'));
    await store.merge(1, 99);
    expect(logsOf(disk)).toEqual(['segment-000002.log', 'segment-000003.log']);
    expect(contentsOf(store)).toEqual(['cat=1', 'dog=2', 'owl=new']);
  });

  test('lets reads and writes go on', async () => {
    const { disk, store } = await storeOf(['+a +b +c', '+a +b', '-c +d']);
    const merging = store.merge();
    const during = new Set<string>();
    store.put(text('a'), text('new'));
    store.delete(text('b'));
    for (let turn = 0; turn < 60; turn++) {
      during.add(contentsOf(store).join(' '));
      await null;
    }
    await merging;
    await store.sync();
    expect([...during]).toEqual(['a=new d=3']);
    expect(contentsOf(store)).toEqual(['a=new', 'd=3']);
    expect(contentsOf((await restarted(disk)).store)).toEqual(['a=new', 'd=3']);
  });

  test('may follow another at once', async () => {
    const { disk, store } = await storeOf(['+a', '+b', '+c', '+d']);
    await Promise.all([store.merge(1, 2), store.merge(3, 4), store.merge()]);
    expect(logsOf(disk)).toEqual(['segment-000004.log', 'segment-000005.log']);
    expect(contentsOf(store)).toEqual(['a=1', 'b=2', 'c=3', 'd=4']);
  });
});

describe('opening', () => {
  async function merged() {
    const { disk, store } = await storeOf(['+cat +dog', '-cat', '+owl']);
    await store.merge(2, 3);
    return disk;
  }

  test('takes keys from a hint, and values from nowhere', async () => {
    const { events } = await restarted(await merged());
    const types = events.map((event) => `${event.type} ${fileOf(event)}`);
    expect(types).toContain('recovery.hint segment-000003.hint');
    expect(types).not.toContain('recovery.record segment-000003.log');
    expect(types).toContain('recovery.record segment-000001.log');
  });

  test('reads the segment when its hint is damaged or missing', async () => {
    const disk = await merged();
    const whole = disk.capture().get('segment-000003.hint');
    for (let index = 0; index < (whole?.length ?? 0); index++) {
      const file = await disk.open('segment-000003.hint', 'existing');
      file.write(whole ?? new Uint8Array(0), 0);
      file.write(Uint8Array.of((whole?.[index] ?? 0) ^ 1), index);
      file.close();
      const { store, events } = await restarted(disk);
      expect(contentsOf(store)).toEqual(['dog=1', 'owl=3']);
      const types = events.map(({ type }) => type);
      expect(types).not.toContain('recovery.hint');
    }
    disk.remove('segment-000003.hint');
    const { store } = await restarted(disk);
    expect(contentsOf(store)).toEqual(['dog=1', 'owl=3']);
  });

  test('removes what a merge replaced and temporary files', async () => {
    const { disk, store } = await storeOf(['+cat', '-cat', '+dog']);
    const before = disk.capture();
    await store.merge();
    const files = new Map([...before, ...disk.capture()]);
    files.set('segment.new', text('junk'));
    files.set('merge.new', text('junk'));
    const crashed = new MemoryDisk(files);
    const again = await restarted(crashed);
    expect(contentsOf(again.store)).toEqual(['dog=3']);
    expect(again.disk.list()).toEqual([
      ...['segment-000003.hint', 'segment-000003.log', 'segment-000004.log'],
    ]);
  });

  test('says which segment is missing', async () => {
    const files = new Map((await merged()).capture());
    files.delete('segment-000001.log');
    await expect(restarted(new MemoryDisk(files))).rejects.toThrow(
      /segment-000001\.log at offset 0: the segment is missing/,
    );
  });

  test('refuses damage in a closed segment, and a flip anywhere', async () => {
    const { disk } = await storeOf(['+cat +dog', '+owl']);
    const bytes = disk.capture().get('segment-000001.log') ?? text('');
    for (let offset = 0; offset < bytes.length; offset++) {
      const flipped = bytes.slice();
      flipped[offset] = (bytes[offset] ?? 0) ^ 0x20;
      const files = new Map(disk.capture()).set('segment-000001.log', flipped);
      const damaged = new MemoryDisk(files);
      await expect(open(damaged)).rejects.toMatchObject({
        ...{ code: 'CORRUPTION', file: 'segment-000001.log' },
      });
      // A refused opening holds no file open: it can be put aside.
      damaged.rename('segment-000001.log', 'aside.log');
      damaged.remove('segment-000002.log');
    }
  });

  test('of a segment under another name is refused', async () => {
    const { disk } = await storeOf(['+cat']);
    const bytes = disk.capture().get('segment-000001.log') ?? text('');
    const files = new Map([['segment-000002.log', bytes]]);
    await expect(open(new MemoryDisk(files))).rejects.toThrow(CorruptionError);
  });
});

test('a delete in the map alone is acknowledged and undone', async () => {
  const { disk, store } = await storeOf(['+cat'], ['delete-only-in-map']);
  store.delete(text('cat'));
  await store.sync();
  expect(store.get(text('cat'))).toBeUndefined();
  expect(contentsOf((await restarted(disk)).store)).toEqual(['cat=1']);
});

test('the index shows where each record is', async () => {
  const { store } = await storeOf(['+cat', '+dog +cat']);
  const inspection = store.inspect();
  expect(inspection).toMatchObject({
    index: [
      { key: text('cat'), segmentId: 2, offset: 24 + 31, sizeBytes: 31 },
      { key: text('dog'), segmentId: 2, offset: 24, sizeBytes: 31 },
    ],
    segments: [
      { id: 1, active: false, sizeBytes: 24 + 31 },
      { id: 2, active: false, sizeBytes: 24 + 62 },
      { id: 3, active: true, sizeBytes: 24 },
    ],
  });
});

function fileOf(event: TraceEvent): string {
  return 'file' in event ? event.file : '';
}
