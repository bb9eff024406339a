/**
 * The door for the site: everything that figures need of the engine.
 *
 * Why: a page may run stories, inspect bytes and enumerate crashes, but it
 * must not reach into a layer. What is not exported here is not for drawing.
 */
export { slicedCrc32 } from './bytes/crc32.ts';
export { type HexRow, hexDump } from './bytes/hex.ts';
export type {
  LabelledRegion,
  RegionCondition,
} from './bytes/labelled-region.ts';
export {
  type CachePlace,
  type DiskState,
  type EffectId,
  isContentEffect,
  type PendingEffect,
  type Survival,
  type Survivors,
  sectorCount,
  surviveCrash,
} from './disk/disk-state.ts';
export type { SaveStep } from './ladder/1-json-file.ts';
export type {
  IndexedRecord,
  SegmentInspection,
  StoreInspection,
} from './ladder/key-value-store.ts';
export { labelBytes } from './ladder/label-bytes.ts';
export {
  type BrokenPromise,
  RUNGS,
  type Rung,
  WRONG_RULES,
  type WrongRule,
} from './ladder/wrong-switches.ts';
export { quoteWord } from './scenarios/command-line.ts';
export {
  type CrashCell,
  type CrashGrid,
  crashGrid,
} from './scenarios/crash-grid.ts';
export { describeChange, describeEffect } from './scenarios/describe-effect.ts';
export {
  parseScenario,
  type ScenarioBlock,
  scenarioCommands,
} from './scenarios/scenario-text.ts';
export { Story } from './scenarios/story.ts';
export type {
  StoryEvent,
  StoryRecording,
  StoryStep,
  StoryVerdict,
} from './scenarios/story-recording.ts';
export {
  type CommitRace,
  type CommitRaceConfig,
  raceCommits,
} from './simulation/commit-race.ts';
export { describeEvent } from './trace/describe-event.ts';
export type { Meters } from './trace/meters.ts';
export type { TraceEvent } from './trace/trace-event.ts';
