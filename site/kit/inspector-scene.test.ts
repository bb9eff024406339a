import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Story } from '#engine/playground.ts';
import {
  explainByte,
  flipCommands,
  type InspectedFile,
  inspectedFile,
  inspectedFiles,
  inspectorScene,
  withBitFlipped,
} from './inspector-scene.ts';

async function fileAfter(...commands: string[]): Promise<InspectedFile> {
  const { steps } = await Story.run(['open append-log', ...commands]);
  const disk = steps.at(-1)?.disk;
  const file = disk && inspectedFile(disk, 'append.log');
  if (file === undefined) throw new Error('there is no append.log');
  return file;
}

describe('inspectorScene', () => {
  test('rows hold 16 bytes, or 8 where there is little room', async () => {
    const file = await fileAfter('put cat Mina', 'sync');
    const wide = inspectorScene(file, 16).rows;
    const narrow = inspectorScene(file, 8).rows;
    expect(wide[1]).toMatchObject({ offset: 16, offsetText: '0x0010' });
    expect(wide[0]?.cells).toHaveLength(16);
    expect(narrow[1]).toMatchObject({ offset: 8, offsetText: '0x0008' });
    expect(narrow[0]?.cells).toHaveLength(8);
  });

  test('unsynced bytes are dirty until the sync', async () => {
    const dirty = await fileAfter('put cat Mina');
    expect(dirty.dirty).toEqual([{ start: 16, end: 50 }]);
    expect((await fileAfter('put cat Mina', 'sync')).dirty).toEqual([]);
  });

  test('a flipped bit turns its record into damage, and back', async () => {
    const file = await fileAfter('put cat Mina', 'put dog Rex', 'sync');
    const states = (one: InspectedFile) =>
      inspectorScene(one, 16).regions.map(({ state }) => state);
    const flipped = withBitFlipped(file, 0x2e, 0);
    expect(states(flipped)).toContain('broken');
    expect(states(withBitFlipped(flipped, 0x2e, 0))).not.toContain('broken');
    expect(states(file)).not.toContain('broken');
  });

  test('every byte of any file is in one cell, and its region covers it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('append.log', 'data.json', 'segment-000001.log'),
        fc.constantFrom(8 as const, 16 as const),
        (bytes, name, bytesPerRow) => {
          const file = { name, bytes, dirty: [] };
          const { rows, regions } = inspectorScene(file, bytesPerRow);
          const cells = rows.flatMap((row) => row.cells);
          expect(cells.map(({ hex }) => Number.parseInt(hex, 16))).toEqual([
            ...bytes,
          ]);
          for (const { offset, region } of cells) {
            const { offset: start = -1, sizeBytes = 0 } = regions[region] ?? {};
            expect(start <= offset && offset < start + sizeBytes).toBe(true);
          }
        },
      ),
    );
  });

  test('after random writes the fields say what was written', async () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, word), { maxLength: 6 }),
        async (pairs) => {
          const puts = pairs.map(([key, value]) => `put ${key} ${value}`);
          const { regions } = inspectorScene(await fileAfter(...puts), 16);
          const told = (field: string) =>
            regions
              .filter((one) => one.field === field)
              .map(({ meaning }) => meaning);
          expect(told('key')).toEqual(pairs.map(([key]) => `"${key}"`));
          expect(told('value')).toEqual(pairs.map(([, value]) => `"${value}"`));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('flipCommands', () => {
  test('the engine answers for the bytes as they were shown', async () => {
    const before = ['open append-log', 'put cat Mina', 'put dog Rex', 'sync'];
    const flip = { file: 'append.log', offset: 0x2e, bit: 0 };
    const commands = [...before, ...flipCommands(true, flip)];
    const { answers } = await Story.run(commands);
    expect(answers.at(-1)?.join()).toMatch(/CORRUPTION|opened/);
    expect(commands.slice(4)).toEqual([
      'crash kill',
      'flip append.log 0x002e 0',
      'open',
    ]);
  });

  test('a closed store need not be killed', () => {
    const flip = { file: 'append.log', offset: 1, bit: 7 };
    expect(flipCommands(false, flip)).toEqual([
      'flip append.log 0x0001 7',
      'open',
    ]);
  });
});

describe('inspectedFiles', () => {
  test('the wanted file comes first, whatever its name', async () => {
    const { steps } = await Story.run(['open json-file', 'put a 1', 'sync']);
    const disk = steps[steps.length - 4]?.disk;
    if (disk === undefined) throw new Error('a story has steps');
    const names = inspectedFiles(disk, 'data.json.new').map((one) => one.name);
    expect(names).toEqual([...disk.names.keys()].sort().reverse());
  });
});

describe('explainByte', () => {
  test('says which byte of which field it is, and its bits', async () => {
    const scene = inspectorScene(await fileAfter('put cat Mina', 'sync'), 8);
    const explained = explainByte(scene, 0x2e);
    expect(explained?.sentence).toBe(
      '0x4d, “M” is byte 1 of 4 of value in record 1. The document. Here: "Mina".',
    );
    expect(explained?.bits.map(Number).join('')).toBe('01001101');
  });

  test('a byte of a damaged record is believed by nobody', async () => {
    const file = await fileAfter('put cat Mina', 'sync');
    const scene = inspectorScene(withBitFlipped(file, 0x2e, 0), 8);
    expect(explainByte(scene, 0x10)?.sentence).toContain('Nobody may believe');
  });

  test('beyond the file there is nothing to explain', async () => {
    const scene = inspectorScene(await fileAfter(), 8);
    expect(explainByte(scene, 16)).toBeUndefined();
  });
});
