/** Challenge 04, the answer: a list of operations. */

/** Every operation that a list may hold, as the scenario commands write it. */
export const LIST_OPERATIONS = [
  'put cat',
  'put dog',
  'delete cat',
  'delete dog',
  'roll',
  'merge 1 2',
  'merge 2 3',
  'merge 1 3',
  'restart',
] as const;

export type ListOperation = (typeof LIST_OPERATIONS)[number];

export const OPERATIONS_MAX = 16;

/** In the order in which they run. */
export type OperationList = readonly ListOperation[];

/** Undefined unless all are operations, and not too many. */
export function decodeOperationList(value: unknown): OperationList | undefined {
  if (!Array.isArray(value) || value.length > OPERATIONS_MAX) return undefined;
  const list = value.filter(isListOperation);
  return list.length === value.length ? list : undefined;
}

function isListOperation(value: unknown): value is ListOperation {
  return LIST_OPERATIONS.some((operation) => operation === value);
}
