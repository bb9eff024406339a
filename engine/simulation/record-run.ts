/**
 * Running a workload while keeping every moment at which the power may fail.
 *
 * Why: the enumerator must know, for each moment, what the disk held, what
 * had been asked, and what had been promised. All three come from one run.
 *
 * Invariant: a moment's history has acknowledged <= issued writes, and its
 * `before` is what the store showed when it was opened last.
 */
import { assert } from '../base/assert.ts';
import { fromByteString } from '../bytes/byte-string.ts';
import type { DiskState } from '../disk/disk-state.ts';
import { type FaultPlan, SimulatedDisk } from '../disk/simulated-disk.ts';
import { TracedDisk } from '../disk/traced-disk.ts';
import { HashIndex } from '../ladder/3-hash-index.ts';
import type { KeyValueStore } from '../ladder/key-value-store.ts';
import { DISK_CHANGES } from '../trace/trace-event.ts';
import { tracerTo } from '../trace/tracer.ts';
import type { History, HistoryWrite } from './judge.ts';
import {
  contentsOf,
  openUnderTest,
  type StoreUnderTest,
} from './judge-state.ts';
import type { WorkloadStep } from './workload.ts';

/** A point at which the power may fail. */
export interface RecordedMoment {
  readonly disk: DiskState;
  readonly history: History;
  /** Index of the workload's step; -1 while opening. */
  readonly stepIndex: number;
}

/** One run of a workload on one disk. */
export class RecordedRun {
  readonly moments: RecordedMoment[] = [];
  readonly #underTest: StoreUnderTest;
  readonly #simulated: SimulatedDisk;
  readonly #disk: TracedDisk;
  #before: ReadonlyMap<string, string>;
  #writes: HistoryWrite[];
  #earlier: readonly HistoryWrite[];
  #acknowledged: number;
  #stepIndex = -1;
  #store: KeyValueStore | undefined;

  /** `history` is what the disk's contents must be judged by until opened. */
  constructor(
    underTest: StoreUnderTest,
    state: DiskState,
    history: History,
    faults?: FaultPlan,
  ) {
    this.#underTest = underTest;
    this.#simulated = new SimulatedDisk({
      state,
      ...(faults === undefined ? {} : { faults }),
    });
    this.#disk = new TracedDisk(
      this.#simulated,
      tracerTo(({ type }) => {
        if (DISK_CHANGES.has(type)) this.#keepMoment();
      }),
    );
    this.#before = history.before;
    this.#writes = [...history.writes];
    this.#earlier = history.earlier ?? [];
    this.#acknowledged = history.acknowledged;
  }

  /** What has been asked and promised by now. */
  get history(): History {
    return {
      before: this.#before,
      writes: this.#writes.slice(),
      earlier: this.#earlier,
      acknowledged: this.#acknowledged,
    };
  }

  /** The disk as it is now. */
  captureState(): DiskState {
    return this.#simulated.captureState();
  }

  /** Opens the store; from here its contents are what must be kept. */
  async open(): Promise<void> {
    this.#store = await openUnderTest(this.#underTest, this.#disk);
    this.#before = contentsOf(this.#store);
    this.#earlier = [...this.#earlier, ...this.#writes];
    this.#writes = [];
    this.#acknowledged = 0;
    this.#keepMoment();
  }

  /** Closes the store cleanly. */
  async close(): Promise<void> {
    await this.#store?.close();
  }

  /** Runs all steps. Throws what the store throws. */
  async perform(steps: readonly WorkloadStep[]): Promise<void> {
    for (const [index, step] of steps.entries()) {
      this.#stepIndex = index;
      await this.performStep(step);
    }
  }

  /** Runs one step and keeps the moment after it. */
  async performStep(step: WorkloadStep): Promise<void> {
    const store = this.#store;
    assert(store !== undefined, 'a run is opened before its steps');
    switch (step.do) {
      case 'put':
        this.#write(store, step.key, step.value);
        break;
      case 'delete':
        this.#write(store, step.key, undefined);
        break;
      case 'sync':
        await this.#acknowledgeAfter(store.sync());
        break;
      case 'sync-and-put': {
        const synced = this.#acknowledgeAfter(store.sync());
        try {
          this.#write(store, step.key, step.value);
        } finally {
          await synced;
        }
        break;
      }
      case 'roll':
        if (!(store instanceof HashIndex)) break;
        await this.#acknowledgeAfter(store.roll());
        break;
      case 'merge':
        if (!(store instanceof HashIndex)) break;
        await store.merge(step.fromId, step.toId);
        break;
      case 'reopen':
        await this.#acknowledgeAfter(store.close());
        await this.open();
        break;
    }
    this.#keepMoment();
  }

  #write(store: KeyValueStore, key: string, value: string | undefined): void {
    // Noted before it is done: a crash in the middle may leave it or not.
    this.#writes.push({ key, value });
    try {
      if (value === undefined) store.delete(bytesOf(key));
      else store.put(bytesOf(key), bytesOf(value));
    } catch (error) {
      // A refused write never happened.
      this.#writes.pop();
      throw error;
    }
  }

  async #acknowledgeAfter(synced: Promise<void>): Promise<void> {
    const issued = this.#writes.length;
    await synced;
    this.#acknowledged = Math.max(this.#acknowledged, issued);
  }

  #keepMoment(): void {
    this.moments.push({
      disk: this.#simulated.captureState(),
      history: this.history,
      stepIndex: this.#stepIndex,
    });
  }
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromByteString(text);
  assert(bytes !== undefined, 'a workload has byte strings');
  return bytes;
}
