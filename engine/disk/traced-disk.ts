/**
 * The traced disk: any disk, with an event for each call.
 *
 * Why: events belong to the contract and not to one implementation, so the
 * simulated disk of a figure and the real one of a server are watched in the
 * same way. It changes nothing: same results, same errors.
 *
 * Invariant: an event follows its effect. A failed call emits `disk.failed`
 * and rethrows. Cost: with a silent tracer, one branch a call.
 */
import { DiskError } from '../base/errors.ts';
import type { TraceEvent } from '../trace/trace-event.ts';
import type { Tracer } from '../trace/tracer.ts';
import type { Disk, DiskFile, OpenMode } from './disk.ts';

/** A disk that reports each call on `disk` to `tracer`. */
export class TracedDisk implements Disk {
  readonly #disk: Disk;
  readonly #tracer: Tracer;
  /** The labels of files by their present name; a rename moves a label. */
  readonly #labels = new Map<string, FileLabel>();

  constructor(disk: Disk, tracer: Tracer) {
    this.#disk = disk;
    this.#tracer = tracer;
  }

  async open(name: string, mode: OpenMode): Promise<DiskFile> {
    // Listing costs O(files): only somebody who watches pays for it.
    const isNew = this.#tracer.enabled && !this.#disk.list().includes(name);
    const file = await this.#reportAsync('open', name, () =>
      this.#disk.open(name, mode),
    );
    this.#emit({ type: isNew ? 'disk.create' : 'disk.open', file: name });
    const label = this.#labels.get(name) ?? { name };
    this.#labels.set(name, label);
    return new TracedFile(file, label, this.#tracer);
  }

  list(): string[] {
    return this.#disk.list();
  }

  rename(from: string, to: string): void {
    reported(this.#tracer, 'rename', from, () => this.#disk.rename(from, to));
    const label = this.#labels.get(from);
    if (label !== undefined) {
      label.name = to;
      this.#labels.delete(from);
      this.#labels.set(to, label);
    }
    this.#emit({ type: 'disk.rename', file: from, to });
  }

  remove(name: string): void {
    reported(this.#tracer, 'remove', name, () => this.#disk.remove(name));
    this.#labels.delete(name);
    this.#emit({ type: 'disk.remove', file: name });
  }

  async syncDirectory(): Promise<void> {
    this.#emit({ type: 'disk.sync-directory-started' });
    await this.#reportAsync('sync-directory', '.', () =>
      this.#disk.syncDirectory(),
    );
    this.#emit({ type: 'disk.sync-directory' });
  }

  close(): void {
    this.#disk.close();
  }

  #emit(event: TraceEvent): void {
    if (this.#tracer.enabled) this.#tracer.emit(event);
  }

  async #reportAsync<Result>(
    operation: string,
    file: string,
    call: () => Promise<Result>,
  ): Promise<Result> {
    return reportedAsync(this.#tracer, operation, file, call);
  }
}

/**
 * What a file is called now, shared by its open handles: events name a file
 * as the reader finds it in the directory, not as it was opened.
 */
interface FileLabel {
  name: string;
}

class TracedFile implements DiskFile {
  readonly name: string;
  readonly #label: FileLabel;
  readonly #file: DiskFile;
  readonly #tracer: Tracer;

  constructor(file: DiskFile, label: FileLabel, tracer: Tracer) {
    this.name = file.name;
    this.#label = label;
    this.#file = file;
    this.#tracer = tracer;
  }

  read(target: Uint8Array, offset: number): number {
    const sizeBytes = reported(this.#tracer, 'read', this.#label.name, () =>
      this.#file.read(target, offset),
    );
    if (this.#tracer.enabled) {
      const file = this.#label.name;
      this.#tracer.emit({ type: 'disk.read', file, offset, sizeBytes });
    }
    return sizeBytes;
  }

  write(source: Uint8Array, offset: number): number {
    const sizeBytes = reported(this.#tracer, 'write', this.#label.name, () =>
      this.#file.write(source, offset),
    );
    if (this.#tracer.enabled) {
      const file = this.#label.name;
      this.#tracer.emit({ type: 'disk.write', file, offset, sizeBytes });
    }
    return sizeBytes;
  }

  truncate(sizeBytes: number): void {
    reported(this.#tracer, 'truncate', this.#label.name, () =>
      this.#file.truncate(sizeBytes),
    );
    if (this.#tracer.enabled) {
      this.#tracer.emit({
        type: 'disk.truncate',
        file: this.#label.name,
        sizeBytes,
      });
    }
  }

  size(): number {
    return this.#file.size();
  }

  async sync(): Promise<void> {
    const file = this.#label.name;
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'disk.sync-started', file });
    }
    await reportedAsync(this.#tracer, 'sync', file, () => this.#file.sync());
    if (this.#tracer.enabled) this.#tracer.emit({ type: 'disk.sync', file });
  }

  close(): void {
    this.#file.close();
  }
}

function reported<Result>(
  tracer: Tracer,
  operation: string,
  file: string,
  call: () => Result,
): Result {
  try {
    return call();
  } catch (error) {
    reportFailure(tracer, operation, file, error);
    throw error;
  }
}

async function reportedAsync<Result>(
  tracer: Tracer,
  operation: string,
  file: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    reportFailure(tracer, operation, file, error);
    throw error;
  }
}

function reportFailure(
  tracer: Tracer,
  operation: string,
  file: string,
  error: unknown,
): void {
  if (!tracer.enabled || !(error instanceof DiskError)) return;
  tracer.emit({ type: 'disk.failed', operation, file, reason: error.reason });
}
