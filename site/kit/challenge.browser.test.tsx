import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { orderFourCalls } from '../challenges/order-four-calls.ts';
import {
  decodeSaveOrder,
  SAVE_CALLS,
  type SaveOrder,
} from '../challenges/order-four-calls-answer.ts';
import { Challenge } from './challenge.tsx';
import { OrderList } from './order-list.tsx';

const root = document.body.appendChild(document.createElement('div'));
// As the page's head does it; without it the controls are not drawn.
document.documentElement.classList.add('scripted');

afterEach(() => render(null, root));

/** The real challenge 01, checked by the real engine in this thread. */
function FourCalls() {
  const { initial, solution, check } = orderFourCalls;
  const order = useSignal<SaveOrder>(initial);
  const set = (next: SaveOrder) => {
    order.value = next;
  };
  const items = order.value.flatMap((step) =>
    SAVE_CALLS.filter((call) => call.step === step).map((call) => ({
      id: call.step,
      label: call.label,
      meaning: call.meaning,
    })),
  );
  return (
    <Challenge
      text={orderFourCalls}
      answer={order.value}
      isSolved={false}
      onCheck={() => check(order.value)}
      onReset={() => set(initial)}
      onSolution={() => set(solution)}
    >
      <OrderList
        label="The calls"
        items={items}
        onOrder={(ids) => set(decodeSaveOrder(ids) ?? initial)}
      />
    </Challenge>
  );
}

const button = (name: string) =>
  page.getByRole('button', { name, exact: true });
const calls = () =>
  [...document.querySelectorAll('.order-item code')].map(
    (one) => one.textContent,
  );

test('an answer can be built by keyboard alone, and the engine passes it', async () => {
  render(<FourCalls />, root);
  await button('rename data.json.new to data.json: down').click();
  await button('fsync the directory: down').click();
  await userEvent.keyboard('{Enter}{Enter}');
  expect(calls()).toEqual([
    'write data.json.new',
    'fsync data.json.new',
    'rename data.json.new to data.json',
    'fsync the directory',
  ]);
  await button('Check').click();
  await expect.element(page.getByText('PASSED')).toBeVisible();
  await expect.element(page.getByText(/every promise kept/)).toBeVisible();
});

test('Alt and an arrow move a call, and the focus stays with it', async () => {
  render(<FourCalls />, root);
  button('rename data.json.new to data.json: up').element().focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect
    .element(button('rename data.json.new to data.json: up'))
    .toHaveFocus();
  expect(calls()[1]).toBe('rename data.json.new to data.json');
});

test('a wrong answer names the broken promise; a new one makes it stale', async () => {
  render(<FourCalls />, root);
  await button('Show a solution').click();
  await button('Show it').click();
  await button('fsync the directory: up').click();
  await button('Check').click();
  await expect
    .element(page.getByText(/acknowledged write lost: \d+ of/))
    .toBeVisible();
  await button('fsync the directory: down').click();
  await expect
    .element(page.getByText('That was an earlier answer.'))
    .toBeVisible();
});

test('hints come one at a time, and a solution only after a question', async () => {
  render(<FourCalls />, root);
  await button('Hint 1 of 3').click();
  expect(document.querySelectorAll('.challenge-hints li').length).toBe(1);
  await button('Show a solution').click();
  await button('Not yet').click();
  expect(calls()[0]).toBe('fsync the directory');
});
