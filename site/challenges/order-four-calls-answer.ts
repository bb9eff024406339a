/** Challenge 01, the answer: the four calls of a save in some order. */
import type { SaveStep } from '#engine/playground.ts';

/** Each call with the words that a reader orders. */
export const SAVE_CALLS = [
  {
    step: 'write-temporary',
    label: 'write data.json.new',
    meaning: 'the new version, under another name',
  },
  {
    step: 'sync-temporary',
    label: 'fsync data.json.new',
    meaning: 'its bytes reach the medium',
  },
  {
    step: 'rename',
    label: 'rename data.json.new to data.json',
    meaning: 'the name points at the new version',
  },
  {
    step: 'sync-directory',
    label: 'fsync the directory',
    meaning: 'names reach the medium',
  },
] as const satisfies readonly {
  step: SaveStep;
  label: string;
  meaning: string;
}[];

export type SaveCall = (typeof SAVE_CALLS)[number]['step'];

/** The four calls, each once. */
export type SaveOrder = readonly SaveCall[];

/** Undefined unless each of the four calls is there once. */
export function decodeSaveOrder(value: unknown): SaveOrder | undefined {
  if (!Array.isArray(value)) return undefined;
  const order = value.filter(isSaveCall);
  const isWhole =
    value.length === SAVE_CALLS.length &&
    order.length === value.length &&
    new Set(order).size === order.length;
  return isWhole ? order : undefined;
}

function isSaveCall(value: unknown): value is SaveCall {
  return SAVE_CALLS.some(({ step }) => step === value);
}
