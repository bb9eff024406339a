/**
 * The race of writers as a drawing model: a lane for each writer, a bar for
 * each commit from its put to its "saved", the syncs behind them.
 *
 * Pure; everything in per cent of the window that is drawn. The numbers below
 * the lanes are those of the whole race.
 *
 * Invariants: (1) all bars of one sync end together. (2) a commit is durable
 * at its end only when an honest sync made it so.
 */
import type { CommitRace, CommitRaceConfig } from '#engine/playground.ts';

export interface RaceBar {
  readonly fromPercent: number;
  readonly toPercent: number;
  /** What the commit is when the writer hears "saved". */
  readonly state: 'durable' | 'dirty';
  /** True when it goes on beyond the window. */
  readonly isCut: boolean;
}

export interface RaceLane {
  /** From 1. */
  readonly writer: number;
  readonly bars: readonly RaceBar[];
}

export interface RaceSync {
  readonly number: number;
  readonly fromPercent: number;
  readonly toPercent: number;
  /** How many commits it acknowledged. */
  readonly commitCount: number;
}

export interface RaceTick {
  readonly percent: number;
  readonly label: string;
}

export interface RaceScene {
  readonly lanes: readonly RaceLane[];
  readonly syncs: readonly RaceSync[];
  readonly ticks: readonly RaceTick[];
  readonly windowMs: number;
  readonly perSecond: number;
  readonly syncsPerSecond: number;
  /** Commits that one sync acknowledges, on average; 0 without syncs. */
  readonly perSync: number;
  readonly tried: number;
  readonly broken: number;
  readonly promise: string | undefined;
  /** The race as lines of text. */
  readonly lines: readonly string[];
}

/** The window is as long as this many syncs. */
const WINDOW_SYNCS = 6;
const LINES_MAX = 24;

/** What a figure asks for: short enough to answer while a slider moves. */
export const RACE_SIZE = { durationMs: 600, crashCount: 200, seed: 1 } as const;

export function raceScene(race: CommitRace): RaceScene {
  const { config, lanes: commits, crashes } = race;
  const windowMs = WINDOW_SYNCS * config.syncLatencyMs;
  const percent = (timeMs: number) => (100 * timeMs) / windowMs;
  const state = keepsPromise(config) ? 'durable' : 'dirty';
  const shown = commits.filter(({ startMs }) => startMs < windowMs);
  const seconds = config.durationMs / 1000;
  return {
    lanes: Array.from({ length: config.writers }, (_, writer): RaceLane => {
      const own = shown.filter((commit) => commit.writer === writer);
      const bars = own.map(
        ({ startMs, endMs }): RaceBar => ({
          fromPercent: percent(startMs),
          toPercent: Math.min(percent(endMs), 100),
          state,
          isCut: endMs > windowMs,
        }),
      );
      return { writer: writer + 1, bars };
    }),
    syncs: syncsOf(race, windowMs),
    ticks: Array.from({ length: WINDOW_SYNCS + 1 }, (_, at): RaceTick => {
      const timeMs = at * config.syncLatencyMs;
      return { percent: percent(timeMs), label: `${roundTo(timeMs, 1)}` };
    }),
    windowMs,
    perSecond: Math.round(race.commitsPerSecond),
    syncsPerSecond: Math.round(race.syncCount / seconds),
    perSync:
      race.syncCount === 0 ? 0 : roundTo(race.acknowledged / race.syncCount, 1),
    tried: crashes.tried,
    broken: crashes.broken,
    promise: crashes.promise,
    lines: shown.slice(0, LINES_MAX).map(lineOf),
  };
}

/** A commit that was acknowledged is on the medium. */
function keepsPromise({ acknowledge, drive }: CommitRaceConfig): boolean {
  return acknowledge === 'after-sync' && drive === 'honest';
}

function syncsOf({ config, lanes }: CommitRace, windowMs: number): RaceSync[] {
  const syncs = new Map<number, { endMs: number; commitCount: number }>();
  for (const { syncNumber, endMs } of lanes) {
    if (syncNumber === 0) continue;
    const known = syncs.get(syncNumber);
    syncs.set(syncNumber, {
      endMs,
      commitCount: (known?.commitCount ?? 0) + 1,
    });
  }
  return [...syncs]
    .map(([number, { endMs, commitCount }]): RaceSync => {
      const startMs = endMs - config.syncLatencyMs;
      return {
        number,
        fromPercent: (100 * startMs) / windowMs,
        toPercent: Math.min((100 * endMs) / windowMs, 100),
        commitCount,
      };
    })
    .filter(({ fromPercent }) => fromPercent < 100);
}

function lineOf({
  writer,
  startMs,
  endMs,
  syncNumber,
}: CommitRace['lanes'][number]): string {
  const by = syncNumber === 0 ? 'before any sync' : `by sync ${syncNumber}`;
  return (
    `Writer ${writer + 1} puts at ${roundTo(startMs, 1)} ms ` +
    `and hears “saved” at ${roundTo(endMs, 1)} ms, ${by}.`
  );
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
