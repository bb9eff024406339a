/** Challenge 00, the answer: how each save ends, and what chance leaves. */

/** The four documents of the script, in order. */
export const SAVED_DOCUMENTS = [
  { key: 'cat', value: 'Mina' },
  { key: 'dog', value: 'Rex' },
  { key: 'fox', value: 'Una' },
  { key: 'owl', value: 'Ben' },
] as const;

/** One document's save. A type, so that it counts as JSON. */
export type SaveChoice = {
  /** True: the drive really writes. False: it only says that it did. */
  readonly honestSync: boolean;
  /** If it is still in a cache at the power cut: does it survive? */
  readonly survives: boolean;
};

/** A choice for each document, in their order. */
export type SaveChoices = readonly SaveChoice[];

/** Undefined unless it is one choice for each document. */
export function decodeSaveChoices(value: unknown): SaveChoices | undefined {
  if (!Array.isArray(value)) return undefined;
  const choices = value.filter(isSaveChoice);
  const isWhole =
    choices.length === value.length &&
    choices.length === SAVED_DOCUMENTS.length;
  return isWhole ? choices : undefined;
}

function isSaveChoice(value: unknown): value is SaveChoice {
  return (
    typeof value === 'object' &&
    value !== null &&
    'honestSync' in value &&
    typeof value.honestSync === 'boolean' &&
    'survives' in value &&
    typeof value.survives === 'boolean'
  );
}
