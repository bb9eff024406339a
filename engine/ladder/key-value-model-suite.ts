/**
 * Random commands on a store and on a Map. Whatever the order, both must
 * agree after each command; after the process was killed, the store holds the
 * Map as it was after some of the writes, all acknowledged ones included.
 */
import fc from 'fast-check';
import { bytesToHex } from '../bytes/hex.ts';
import type { Disk } from '../disk/disk.ts';
import { expectSame } from '../disk/disk-expectation-suite.ts';
import { HashIndex } from './3-hash-index.ts';
import { openRung, type StoreFactory } from './key-value-expectation-suite.ts';
import type { KeyValueStore } from './key-value-store.ts';

type StoreCommand =
  | {
      readonly kind: 'put';
      readonly key: Uint8Array;
      readonly value: Uint8Array;
    }
  | { readonly kind: 'delete' | 'get'; readonly key: Uint8Array }
  | { readonly kind: 'merge'; readonly fromId: number; readonly count: number }
  | { readonly kind: 'sync' | 'reopen' | 'kill' | 'roll' };

/** The store's contents: from hexadecimal key to hexadecimal value. */
type Contents = ReadonlyMap<string, string>;

interface Run {
  readonly factory: StoreFactory;
  disk: Disk;
  store: KeyValueStore;
  /** The contents after each write since the last acknowledged one. */
  states: Contents[];
}

const RUN_COUNT = 30;

/** Throws, with fast-check's seed, when a store and the model disagree. */
export async function checkStoreAgainstModel(
  factory: StoreFactory,
): Promise<void> {
  // Without `size` fast-check keeps to about ten commands.
  const commands = fc.array(storeCommands(), { maxLength: 60, size: 'max' });
  const property = fc.asyncProperty(commands, async (list) => {
    const disk = await factory.disks.create();
    const store = await openRung(factory, disk);
    const run: Run = { factory, disk, store, states: [new Map()] };
    try {
      for (const command of list) {
        await obey(run, command);
        expectContents(run, latest(run));
      }
    } finally {
      await run.store.close();
      await factory.disks.dispose(run.disk);
    }
  });
  await fc.assert(property, { numRuns: RUN_COUNT });
}

/** Few keys, so that commands meet; some are prefixes of others. */
function storeCommands(): fc.Arbitrary<StoreCommand> {
  const key = fc
    .constantFrom('a', 'b', 'ab', '__proto__', '1', '\u0000', '\u00ff')
    .map((name) => Uint8Array.from(name, (letter) => letter.charCodeAt(0)));
  const value = fc.uint8Array({ maxLength: 40 });
  const put = fc.record({ kind: fc.constant('put' as const), key, value });
  return fc.oneof(
    { weight: 8, arbitrary: put },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constantFrom('delete', 'get'), key }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('sync', 'reopen', 'kill', 'roll'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('merge' as const),
        fromId: fc.integer({ min: 1, max: 4 }),
        count: fc.integer({ min: 1, max: 8 }),
      }),
    },
  );
}

async function obey(run: Run, command: StoreCommand): Promise<void> {
  switch (command.kind) {
    case 'put':
      run.store.put(command.key, command.value);
      return note(run, command.key, command.value);
    case 'delete':
      run.store.delete(command.key);
      return note(run, command.key, undefined);
    case 'get': {
      const value = run.store.get(command.key);
      const expected = latest(run).get(bytesToHex(command.key));
      return expectSame(value && bytesToHex(value), expected, 'get');
    }
    case 'sync':
      await run.store.sync();
      return acknowledge(run);
    case 'roll':
      if (!(run.store instanceof HashIndex)) return;
      await run.store.roll();
      return acknowledge(run);
    case 'merge':
      if (!(run.store instanceof HashIndex)) return;
      return run.store.merge(command.fromId, command.fromId + command.count);
    case 'reopen':
      await run.store.close();
      acknowledge(run);
      return reopen(run);
    case 'kill':
      return reopen(run);
  }
}

function note(run: Run, key: Uint8Array, value: Uint8Array | undefined): void {
  const next = new Map(latest(run));
  if (value === undefined) next.delete(bytesToHex(key));
  else next.set(bytesToHex(key), bytesToHex(value));
  run.states.push(next);
}

function acknowledge(run: Run): void {
  run.states = [latest(run)];
}

async function reopen(run: Run): Promise<void> {
  run.disk = await run.factory.disks.reopen(run.disk);
  run.store = await openRung(run.factory, run.disk);
  const found = contentsText(contentsOf(run.store));
  const survived = run.states.findLast(
    (state) => contentsText(state) === found,
  );
  const allowed = run.states.map(contentsText).join(' or ');
  if (survived === undefined) {
    throw new Error(`after a restart: expected ${allowed}, found ${found}`);
  }
  run.states = [survived];
}

function latest(run: Run): Contents {
  return run.states.at(-1) ?? new Map();
}

function expectContents({ store }: Run, expected: Contents): void {
  expectSame(contentsText(contentsOf(store)), contentsText(expected), 'scan');
}

function contentsOf(store: KeyValueStore): Contents {
  return new Map(
    store.scan().map(({ key, value }) => [bytesToHex(key), bytesToHex(value)]),
  );
}

function contentsText(contents: Contents): string {
  return JSON.stringify([...contents].sort());
}
