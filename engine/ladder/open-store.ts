/**
 * Opening any rung by name: for scenarios, tests and the playground, which
 * choose the engine at run time. A program that knows its engine calls that
 * engine's own open().
 */
import { InvalidInputError } from '../base/errors.ts';
import type { Disk } from '../disk/disk.ts';
import { JSON_FILE_WRONGS, JsonFile, type SaveStep } from './1-json-file.ts';
import { APPEND_LOG_WRONGS, AppendLog } from './2-append-log.ts';
import { HASH_INDEX_WRONGS, HashIndex } from './3-hash-index.ts';
import {
  checkWrong,
  type KeyValueStore,
  type StoreConfig,
} from './key-value-store.ts';
import { RUNGS, type Rung } from './wrong-switches.ts';

/** The options of all rungs together; each takes those that it knows. */
export interface LadderConfig extends StoreConfig {
  readonly saveSteps?: readonly SaveStep[];
  readonly groupCommit?: boolean;
  readonly segmentSizeBytesMax?: number;
}

type Opener = (disk: Disk, config: LadderConfig) => Promise<KeyValueStore>;

const OPENERS: Record<Rung, Opener> = {
  'json-file': (disk, config) =>
    JsonFile.open(disk, { ...config, wrong: known(config, JSON_FILE_WRONGS) }),
  'append-log': (disk, config) =>
    AppendLog.open(disk, {
      ...config,
      wrong: known(config, APPEND_LOG_WRONGS),
    }),
  'hash-index': (disk, config) =>
    HashIndex.open(disk, {
      ...config,
      wrong: known(config, HASH_INDEX_WRONGS),
    }),
};

/** Opens `rung` on `disk`. Throws as that rung's own open() does. */
export function openStore(
  rung: Rung,
  disk: Disk,
  config: LadderConfig,
): Promise<KeyValueStore> {
  return OPENERS[rung](disk, config);
}

/** The rung called `name`. Throws InvalidInputError. */
export function rungNamed(name: string): Rung {
  const rung = RUNGS.find((candidate) => candidate === name);
  if (rung !== undefined) return rung;
  throw new InvalidInputError(
    `there is no rung ${JSON.stringify(name)}; there are ${RUNGS.join(', ')}`,
  );
}

function known<Wrong extends string>(
  config: LadderConfig,
  wrongs: readonly Wrong[],
): readonly Wrong[] {
  return [...checkWrong(config.wrong ?? [], wrongs)];
}
