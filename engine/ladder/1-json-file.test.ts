import { expect, test } from 'vitest';
import { CorruptionError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { MemoryDisk } from '../disk/memory-disk.ts';
import { TracedDisk } from '../disk/traced-disk.ts';
import { tracerTo } from '../trace/tracer.ts';
import { JSON_FILE_NAME, JsonFile } from './1-json-file.ts';

const config = { crc32: slicedCrc32 };

function diskWith(content: string): MemoryDisk {
  return new MemoryDisk(new Map([[JSON_FILE_NAME, text(content)]]));
}

async function savedText(disk: MemoryDisk): Promise<string> {
  return new TextDecoder().decode(disk.capture().get(JSON_FILE_NAME));
}

test('the database is one JSON object that people can read', async () => {
  const disk = new MemoryDisk();
  const store = await JsonFile.open(disk, config);
  store.put(text('dog'), text('Rex'));
  store.put(text('cat'), text('Mina'));
  await store.sync();
  expect(await savedText(disk)).toBe('{"cat":"Mina","dog":"Rex"}');
  expect(disk.list()).toEqual([JSON_FILE_NAME]);
});

test('a key called __proto__ is a key', async () => {
  const disk = diskWith('{"__proto__":"x","constructor":"y"}');
  const store = await JsonFile.open(disk, config);
  expect(store.scan()).toHaveLength(2);
  expect(store.get(text('__proto__'))).toEqual(text('x'));
  expect(store.get(text('toString'))).toBeUndefined();
});

test('a save without changes writes nothing', async () => {
  const events: string[] = [];
  const tracer = tracerTo(({ type }) => events.push(type));
  const disk = new TracedDisk(new MemoryDisk(), tracer);
  const store = await JsonFile.open(disk, config);
  await store.sync();
  expect(events).toEqual([]);
  store.put(text('cat'), text('Mina'));
  await store.sync();
  const changes = events.filter((type) => !/open|started/.test(type));
  expect(changes).toEqual([
    ...['disk.create', 'disk.write', 'disk.sync'],
    ...['disk.rename', 'disk.sync-directory'],
  ]);
});

test('every save writes the whole database', async () => {
  let writtenBytes = 0;
  const tracer = tracerTo((event) => {
    if (event.type === 'disk.write') writtenBytes += event.sizeBytes;
  });
  const store = await JsonFile.open(
    new TracedDisk(new MemoryDisk(), tracer),
    config,
  );
  for (let index = 0; index < 10; index++) {
    store.put(text(`k${index}`), text('x'.repeat(90)));
    await store.sync();
  }
  // An entry is 90 + 2 characters and 6 of punctuation; saves hold 1 to 10.
  expect(writtenBytes).toBe(55 * (90 + 2 + 6) + 10);
});

test('what a crash left of the next database is ignored', async () => {
  const disk = new MemoryDisk(
    new Map([
      [JSON_FILE_NAME, text('{"cat":"Mina"}')],
      ['data.json.new', text('{"cat":"a very lo')],
    ]),
  );
  const store = await JsonFile.open(disk, config);
  expect(store.get(text('cat'))).toEqual(text('Mina'));
  store.put(text('cat'), text('Tom'));
  await store.sync();
  expect(await savedText(disk)).toBe('{"cat":"Tom"}');
});

test.each([
  ['nothing', '', 0],
  ['half an object', '{"cat":"Mi', 10],
  ['an array', '[]', 0],
  ['null', 'null', 0],
  ['a number for a value', '{"cat":7}', 0],
  ['a letter beyond a byte', '{"cat":"\u0100"}', 0],
  ['an empty key', '{"":"Mina"}', 0],
  ['a key of 1,025 bytes', `{"${'k'.repeat(1025)}":"Mina"}`, 0],
  ['two objects', '{}{}', 2],
])('%s is no database', async (_what, content, offset) => {
  const error = await JsonFile.open(diskWith(content), config).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CorruptionError);
  expect(error).toMatchObject({ file: JSON_FILE_NAME, offset });
});

test('bytes that are not UTF-8 are no database', async () => {
  const bytes = Uint8Array.of(0x7b, 0xff, 0x7d);
  const disk = new MemoryDisk(new Map([[JSON_FILE_NAME, bytes]]));
  await expect(JsonFile.open(disk, config)).rejects.toThrow(CorruptionError);
});
