/**
 * Random commands on a disk and on a model of one: a Map from names to plain
 * arrays. Whatever the order, both must agree after each step.
 */
import fc from 'fast-check';
import { DiskError } from '../base/errors.ts';
import type { Disk, DiskFile } from './disk.ts';
import { expectSame } from './disk-expectation-suite.ts';
import type { DiskFactory } from './disk-suite.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

type Command =
  | { readonly kind: 'open'; readonly name: string; readonly create: boolean }
  | {
      readonly kind: 'write';
      readonly handle: number;
      readonly bytes: Uint8Array;
      readonly offset: number;
    }
  | {
      readonly kind: 'truncate';
      readonly handle: number;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'read';
      readonly handle: number;
      readonly offset: number;
      readonly sizeBytes: number;
    }
  | { readonly kind: 'sync' | 'close'; readonly handle: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'sync-directory' | 'reopen' };

/** A file of the model. Its identity is the object. */
interface ModelFile {
  content: number[];
}

interface Run {
  readonly factory: DiskFactory;
  disk: Disk;
  readonly names: Map<string, ModelFile>;
  handles: { readonly file: DiskFile; readonly model: ModelFile }[];
}

const RUN_COUNT = 60;

/** Throws, with fast-check's seed, when a disk and the model disagree. */
export async function checkAgainstModel(factory: DiskFactory): Promise<void> {
  const commands = fc.array(commandArbitrary(), { maxLength: 40 });
  const property = fc.asyncProperty(commands, async (list) => {
    const disk = await factory.create();
    const run: Run = { factory, disk, names: new Map(), handles: [] };
    try {
      for (const command of list) {
        await obey(run, command);
        compareNamesAndSizes(run);
      }
      await compareContents(run);
    } finally {
      await factory.dispose(run.disk);
    }
  });
  await fc.assert(property, { numRuns: RUN_COUNT });
}

function commandArbitrary(): fc.Arbitrary<Command> {
  const name = fc.constantFrom('a', 'b', 'c');
  const handle = fc.nat(5);
  // Around sectors and pages, where implementations have their edges.
  const position = fc.oneof(
    fc.nat(20),
    fc.constantFrom(511, 512, 4095, 4096, 4097, 9000),
  );
  const bytes = fc.uint8Array({ maxLength: 700 });
  return fc.oneof(
    fc.record({
      kind: fc.constant('open' as const),
      name,
      create: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('write' as const),
      handle,
      bytes,
      offset: position,
    }),
    fc.record({
      kind: fc.constant('truncate' as const),
      handle,
      sizeBytes: position,
    }),
    fc.record({
      kind: fc.constant('read' as const),
      handle,
      offset: position,
      sizeBytes: position,
    }),
    fc.record({ kind: fc.constantFrom('sync', 'close'), handle }),
    fc.record({ kind: fc.constant('rename' as const), from: name, to: name }),
    fc.record({ kind: fc.constant('remove' as const), name }),
    fc.record({ kind: fc.constantFrom('sync-directory', 'reopen') }),
  );
}

/** Does one command to both. */
async function obey(run: Run, command: Command): Promise<void> {
  switch (command.kind) {
    case 'open':
      return openBoth(run, command.name, command.create);
    case 'rename':
      return renameBoth(run, command.from, command.to);
    case 'remove':
      return removeBoth(run, command.name);
    case 'sync-directory':
      return run.disk.syncDirectory();
    case 'reopen':
      run.disk = await run.factory.reopen(run.disk);
      run.handles = [];
      return;
    default:
      return obeyOnHandle(run, command);
  }
}

async function obeyOnHandle(
  run: Run,
  command: Extract<Command, { handle: number }>,
): Promise<void> {
  const index = command.handle % Math.max(1, run.handles.length);
  const handle = run.handles[index];
  if (handle === undefined) return;
  const { file, model } = handle;
  switch (command.kind) {
    case 'write': {
      writeFully(file, command.bytes, command.offset);
      if (command.bytes.length === 0) return;
      while (model.content.length < command.offset) model.content.push(0);
      model.content.splice(
        command.offset,
        command.bytes.length,
        ...command.bytes,
      );
      return;
    }
    case 'truncate':
      file.truncate(command.sizeBytes);
      model.content = model.content.slice(0, command.sizeBytes);
      while (model.content.length < command.sizeBytes) model.content.push(0);
      return;
    case 'read': {
      const target = new Uint8Array(command.sizeBytes);
      const count = file.read(target, command.offset);
      const end = command.offset + command.sizeBytes;
      const expected = model.content.slice(command.offset, end);
      expectSame([...target.subarray(0, count)], expected, 'read');
      return;
    }
    case 'sync':
      return file.sync();
    case 'close':
      file.close();
      run.handles = run.handles.filter((other) => other !== handle);
  }
}

async function openBoth(
  run: Run,
  name: string,
  create: boolean,
): Promise<void> {
  const known = run.names.get(name);
  const mode = create ? 'create' : 'existing';
  if (known === undefined && !create) {
    expectSame(
      await reasonOf(() => run.disk.open(name, mode)),
      'ENOENT',
      'open',
    );
    return;
  }
  const model = known ?? { content: [] };
  run.names.set(name, model);
  run.handles.push({ file: await run.disk.open(name, mode), model });
}

async function renameBoth(run: Run, from: string, to: string): Promise<void> {
  const model = run.names.get(from);
  const replaced = run.names.get(to);
  const expected = refusal(run, model, from === to ? undefined : replaced);
  expectSame(
    await reasonOf(() => run.disk.rename(from, to)),
    expected,
    'rename',
  );
  if (expected !== 'done' || model === undefined) return;
  run.names.delete(from);
  run.names.set(to, model);
}

async function removeBoth(run: Run, name: string): Promise<void> {
  const model = run.names.get(name);
  const expected = refusal(run, model, model);
  expectSame(await reasonOf(() => run.disk.remove(name)), expected, 'remove');
  if (expected === 'done') run.names.delete(name);
}

/** What the contract says: the file must exist, the victim be closed. */
function refusal(
  run: Run,
  file: ModelFile | undefined,
  victim: ModelFile | undefined,
): string {
  if (file === undefined) return 'ENOENT';
  return run.handles.some(({ model }) => model === victim) ? 'EBUSY' : 'done';
}

async function reasonOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'done';
  } catch (error) {
    if (error instanceof DiskError) return error.reason;
    throw error;
  }
}

function compareNamesAndSizes(run: Run): void {
  expectSame(run.disk.list(), [...run.names.keys()].sort(), 'list');
  for (const { file, model } of run.handles) {
    expectSame(file.size(), model.content.length, `size of ${file.name}`);
  }
}

async function compareContents(run: Run): Promise<void> {
  for (const [name, model] of run.names) {
    const file = await run.disk.open(name, 'existing');
    expectSame([...readWholeFile(file)], model.content, `content of ${name}`);
  }
}
