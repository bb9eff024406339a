import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Story } from '#engine/playground.ts';
import { Inspector } from './inspector.tsx';
import { type BitFlip, inspectedFiles } from './inspector-scene.ts';

const root = document.body.appendChild(document.createElement('div'));

afterEach(() => render(null, root));

async function show(props: {
  readonly onFlip?: (flip: BitFlip) => void;
}): Promise<void> {
  const { steps } = await Story.run([
    'open append-log',
    'put cat Mina',
    'put dog Rex',
    'sync',
  ]);
  const disk = steps.at(-1)?.disk;
  const files = disk === undefined ? [] : inspectedFiles(disk);
  render(<Inspector files={files} {...props} />, root);
}

/** The byte at an offset; its name begins with its hex and its character. */
function byte(offset: string) {
  return page.getByRole('gridcell', { name: new RegExp(`, ${offset},`) });
}

test('a chosen byte is explained, and its field is lit', async () => {
  await show({});
  await byte('0x002e').click();
  await expect.element(page.getByText(/is byte 1 of 4 of value/)).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: /0x002e value "Mina"/ }))
    .toHaveAttribute('aria-pressed', 'true');
});

test('a chosen field leads to its first byte', async () => {
  await show({});
  await page.getByRole('button', { name: /0x002b key "cat"/ }).click();
  await expect.element(byte('0x002b')).toHaveAttribute('aria-selected', 'true');
});

test('the arrow keys walk the bytes, a row at a time or one by one', async () => {
  await show({});
  await byte('0x0010').click();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(byte('0x0011')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(byte('0x0019')).toHaveFocus();
  await userEvent.keyboard('{Control>}{Home}{/Control}');
  await expect.element(byte('0x0000')).toHaveFocus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(byte('0x0000')).toHaveFocus();
});

test('a flipped bit is answered by the checksum, and can be taken back', async () => {
  await show({});
  await byte('0x002e').click();
  await page.getByRole('button', { name: '1 is bit 0' }).click();
  await expect
    .element(page.getByText(/^The reader stops at 0x0010: checksum is/))
    .toBeVisible();
  await expect.element(byte('0x002e')).toHaveAttribute('data-state', 'broken');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(byte('0x002e')).toHaveAttribute('data-state', 'clean');
});

test('a parent that runs the story on is told which bit to flip', async () => {
  const flips: BitFlip[] = [];
  await show({ onFlip: (flip) => flips.push(flip) });
  await byte('0x002e').click();
  await page.getByRole('button', { name: '0 is bit 7' }).click();
  expect(flips).toEqual([{ file: 'append.log', offset: 0x2e, bit: 7 }]);
});

test('a stranger’s file is refused in words; one of ours is shown', async () => {
  await show({});
  const input = page.getByLabelText('Open a file of yours');
  await input.upload(new File([Uint8Array.of(0x89, 0x50)], 'cat.png'));
  await expect
    .element(page.getByText(/cat.png is not a WrongoDB file/))
    .toBeVisible();
  await input.upload(new File(['{"put":"owl","value":"Una"}\n'], 'my.log'));
  await expect
    .element(page.getByText('The reader believes every byte.'))
    .toBeVisible();
  await expect.element(byte('0x0008')).toHaveTextContent('6f o');
});
