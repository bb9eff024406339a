/**
 * Which pending effects a power cut spares: the reader's choice as the text
 * of `crash power keep=...`, and back.
 */
import type { Survival } from '#engine/playground.ts';

/** By effect id; what is not named is lost. */
export type SurvivorChoice = ReadonlyMap<number, Survival>;

/** The words after `keep=` for a choice: `none`, or `4,7:0+1,9:size`. */
export function keepText(choice: SurvivorChoice): string {
  const parts = [...choice]
    .filter(([, survival]) => isSomething(survival))
    .sort(([a], [b]) => a - b)
    .map(([id, survival]) => `${id}${extentText(survival)}`);
  return parts.length === 0 ? 'none' : parts.join(',');
}

/** What the crash command in `command` spared of effect `id`. */
export function spared(command: string, id: number): 'whole' | 'part' | 'none' {
  const keep = /\bkeep=(\S+)/.exec(command)?.[1] ?? 'none';
  if (keep === 'all') return 'whole';
  for (const part of keep.split(',')) {
    const [name, extent] = part.split(':');
    if (name === String(id)) return extent === undefined ? 'whole' : 'part';
  }
  return 'none';
}

/** The first `count` sectors of a write that has more. */
export function firstSectors(count: number): Survival {
  return Array.from({ length: count }, (_, index) => index);
}

function isSomething(survival: Survival): boolean {
  return typeof survival === 'string' || survival.length > 0;
}

function extentText(survival: Survival): string {
  if (survival === 'whole') return '';
  return survival === 'size' ? ':size' : `:${survival.join('+')}`;
}
