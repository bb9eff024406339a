/** A pending effect as one line: for `pending`, transcripts and figures. */
import {
  type DiskState,
  type PendingEffect,
  sectorCount,
} from '../disk/disk-state.ts';

/** Such as `#4 write append.log 0x10..0x2d, 1 sector, in the OS cache`. */
export function describeEffect(
  state: DiskState,
  effect: PendingEffect,
): string {
  return `#${effect.id} ${describeChange(state, effect)}, ${PLACES[effect.place]}`;
}

/** What the effect does, without its id and place. */
export function describeChange(
  state: DiskState,
  effect: PendingEffect,
): string {
  switch (effect.kind) {
    case 'write': {
      const { offset, bytes } = effect;
      const sectors = sectorCount(offset, bytes.length);
      const count = sectors === 1 ? '1 sector' : `${sectors} sectors`;
      const range = `${hex(offset)}..${hex(offset + bytes.length)}`;
      return `write ${fileOf(state, effect.inode)} ${range}, ${count}`;
    }
    case 'truncate':
      return `cut ${fileOf(state, effect.inode)} to ${effect.sizeBytes} bytes`;
    case 'rename':
      return `rename ${effect.from} to ${effect.to}`;
    default:
      return `${effect.kind} ${effect.name}`;
  }
}

const PLACES = {
  os: 'in the OS cache',
  drive: "in the drive's cache",
  lost: 'lost by a failed sync',
} as const;

function fileOf(state: DiskState, inode: number): string {
  for (const names of [state.names, state.durableNames]) {
    for (const [name, id] of names) if (id === inode) return name;
  }
  return 'a file without a name';
}

function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}
