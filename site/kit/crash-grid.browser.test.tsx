import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { crashGrid, Story } from '#engine/playground.ts';
import { CrashGrid } from './crash-grid.tsx';
import {
  type CellPlace,
  type CrashGridScene,
  crashGridScene,
} from './crash-grid-scene.ts';

const root = document.body.appendChild(document.createElement('div'));

afterEach(() => render(null, root));

async function show(commands: readonly string[]): Promise<void> {
  const grid = await crashGrid(commands);
  const scene = crashGridScene(grid, await Story.run(commands));
  render(<Chooser scene={scene} />, root);
}

function Chooser({ scene }: { scene: CrashGridScene }) {
  const place = useSignal<CellPlace | undefined>(undefined);
  return (
    <CrashGrid
      scene={scene}
      selected={place.value}
      onSelect={(next) => {
        place.value = next;
      }}
    />
  );
}

test('the keys lead from moment to moment, and one cell is a tab stop', async () => {
  await show(['open json-file', 'put cat Mina', 'sync']);
  await userEvent.tab();
  await expect.element(page.getByLabelText(/moment 1,/)).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  const pressed = page.getByRole('button', { pressed: true });
  await expect.element(pressed).toHaveAccessibleName(/moment 3/);
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(pressed).toHaveFocus();
  expect(document.querySelectorAll('.crash-cell[tabindex="0"]').length).toBe(1);
});

test('two thousand crashes are some dozens of cells, drawn at once', async () => {
  const puts = Array.from({ length: 9 }, (_, at) => `put k${at} v`);
  await show(['open append-log', ...puts, 'sync']);
  const cells = document.querySelectorAll('.crash-cell').length;
  expect(cells).toBeGreaterThan(20);
  expect(cells).toBeLessThan(120);
  await expect.element(page.getByLabelText(/512 crashes/)).toBeVisible();
});
