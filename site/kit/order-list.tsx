/**
 * A list that the reader puts into order: by buttons, by keys, by dragging.
 *
 * Props: `items` in their order, `onOrder` with the ids in the new one.
 * Alt and an arrow key move the item that has the focus.
 */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface OrderItem {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
}

interface OrderListProps {
  readonly label: string;
  readonly items: readonly OrderItem[];
  readonly onOrder: (ids: readonly string[]) => void;
}

/** The button that keeps the focus when its item has moved. */
interface Followed {
  readonly id: string;
  readonly direction: 'up' | 'down';
}

export function OrderList({ label, items, onOrder }: OrderListProps) {
  const list = useRef<HTMLOListElement>(null);
  const follow = useRef<Followed | undefined>(undefined);
  const dragged = useSignal<string | undefined>(undefined);
  const said = useSignal('');
  const move = (id: string, to: number) => {
    const next = moved(
      items.map((item) => item.id),
      id,
      to,
    );
    const item = items.find((one) => one.id === id);
    said.value = `${item?.label} is number ${next.indexOf(id) + 1}.`;
    onOrder(next);
  };
  /** The button moves with its item, so the focus has to follow at once. */
  const moveByKey = (id: string, to: number, direction: 'up' | 'down') => {
    if (to < 0 || to >= items.length) return;
    follow.current = { id, direction };
    move(id, to);
  };
  useLayoutEffect(() => {
    if (follow.current === undefined) return;
    const { id, direction } = follow.current;
    follow.current = undefined;
    const row = list.current?.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const own = row?.querySelector<HTMLButtonElement>(
      `[data-move="${direction}"]:enabled`,
    );
    (own ?? row?.querySelector<HTMLButtonElement>('button:enabled'))?.focus();
  });
  return (
    <>
      <ol class="order-list" aria-label={label} ref={list}>
        {items.map(({ id, label: name, meaning }, at) => (
          <li
            key={id}
            class="order-item"
            data-id={id}
            data-dragged={dragged.value === id || undefined}
            draggable
            onDragStart={(event) => {
              dragged.value = id;
              event.dataTransfer?.setData('text/plain', name);
            }}
            onDragOver={(event) => {
              if (dragged.value === undefined) return;
              event.preventDefault();
              if (dragged.value !== id) move(dragged.value, at);
            }}
            onDragEnd={() => {
              dragged.value = undefined;
            }}
            onKeyDown={(event) => {
              if (!event.altKey) return;
              const isUp = event.key === 'ArrowUp';
              if (!isUp && event.key !== 'ArrowDown') return;
              event.preventDefault();
              moveByKey(id, isUp ? at - 1 : at + 1, isUp ? 'up' : 'down');
            }}
          >
            <span class="order-number" aria-hidden="true">
              {at + 1}
            </span>
            <span class="order-text">
              <code>{name}</code>
              <span class="order-meaning">{meaning}</span>
            </span>
            <button
              type="button"
              class="button"
              data-move="up"
              disabled={at === 0}
              onClick={() => moveByKey(id, at - 1, 'up')}
            >
              <span aria-hidden="true">↑</span>
              <span class="visually-hidden">{name}: up</span>
            </button>
            <button
              type="button"
              class="button"
              data-move="down"
              disabled={at === items.length - 1}
              onClick={() => moveByKey(id, at + 1, 'down')}
            >
              <span aria-hidden="true">↓</span>
              <span class="visually-hidden">{name}: down</span>
            </button>
          </li>
        ))}
      </ol>
      <p class="visually-hidden" role="status">
        {said.value}
      </p>
    </>
  );
}

/** The ids with one of them at another place. */
function moved(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}
