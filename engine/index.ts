/**
 * The door of the library: open a disk, open a store, keep bytes.
 *
 *   import { AppendLog, NodeDisk, zlibCrc32 } from '#engine/index.ts';
 *
 *   const disk = await NodeDisk.open('data');
 *   const store = await AppendLog.open(disk, { crc32: zlibCrc32 });
 *   store.put(key, value);
 *   await store.sync(); // acknowledged: it survives a power cut from here
 *   await store.close();
 *   disk.close();
 *
 * For Node. The page has a door of its own, playground.ts, which leads to
 * everything that runs in a browser.
 */
export {
  ClosedError,
  CorruptionError,
  DiskError,
  type ErrorCode,
  InvalidInputError,
  LockedError,
  NotSupportedError,
  WrongoError,
} from './base/errors.ts';
export { KEY_SIZE_BYTES_MAX, VALUE_SIZE_BYTES_MAX } from './base/limits.ts';
export { zlibCrc32 } from './bytes/crc32-node.ts';
export type { Disk, DiskFile } from './disk/disk.ts';
export { MemoryDisk } from './disk/memory-disk.ts';
export { NodeDisk } from './disk/node-disk.ts';
export { SimulatedDisk } from './disk/simulated-disk.ts';
export { JsonFile } from './ladder/1-json-file.ts';
export { AppendLog } from './ladder/2-append-log.ts';
export { HashIndex } from './ladder/3-hash-index.ts';
export type {
  Entry,
  KeyRange,
  KeyValueStore,
  StoreCapabilities,
} from './ladder/key-value-store.ts';
