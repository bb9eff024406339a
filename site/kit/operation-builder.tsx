/**
 * A list of operations that the reader builds: tap to append, take out, or
 * move one up. For challenge 04.
 */
import {
  LIST_OPERATIONS,
  type ListOperation,
  OPERATIONS_MAX,
  type OperationList,
} from '../challenges/cat-is-back-answer.ts';

interface OperationBuilderProps {
  readonly list: OperationList;
  readonly onList: (list: OperationList) => void;
}

export function OperationBuilder({ list, onList }: OperationBuilderProps) {
  const isFull = list.length >= OPERATIONS_MAX;
  return (
    <div class="operations">
      <div class="operations-choice" role="group" aria-label="Append">
        {LIST_OPERATIONS.map((operation) => (
          <button
            key={operation}
            type="button"
            class="button"
            disabled={isFull}
            onClick={() => onList([...list, operation])}
          >
            <code>{labelOf(operation)}</code>
          </button>
        ))}
      </div>
      <ol class="operations-list" aria-label="Your list">
        {list.map((operation, at) => (
          <li key={`${at} ${operation}`}>
            <span class="order-number" aria-hidden="true">
              {at + 1}
            </span>
            <code>{labelOf(operation)}</code>
            <button
              type="button"
              class="button"
              disabled={at === 0}
              onClick={() => onList(swapped(list, at))}
            >
              <span aria-hidden="true">↑</span>
              <span class="visually-hidden">
                {operation}, number {at + 1}: up
              </span>
            </button>
            <button
              type="button"
              class="button"
              onClick={() => onList(list.filter((_, other) => other !== at))}
            >
              <span aria-hidden="true">✕</span>
              <span class="visually-hidden">
                {operation}, number {at + 1}: take out
              </span>
            </button>
          </li>
        ))}
        {list.length === 0 && (
          <li class="operations-empty">
            Nothing yet. Append an operation; it runs after all before it.
          </li>
        )}
      </ol>
      <p class="operations-count meter" role="status">
        {list.length === 1 ? '1 operation' : `${list.length} operations`}
        {isFull && ': more are not needed'}
      </p>
    </div>
  );
}

/** `merge 2 3` reads better as a range. */
function labelOf(operation: ListOperation): string {
  return operation.replace(/^merge (\d) (\d)$/, 'merge $1 to $2');
}

function swapped(list: OperationList, at: number): OperationList {
  const before = list[at - 1];
  const moved = list[at];
  if (before === undefined || moved === undefined) return list;
  return [...list.slice(0, at - 1), moved, before, ...list.slice(at + 1)];
}
