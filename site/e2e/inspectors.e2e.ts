/** Real bytes: to look at, to damage, and to take home. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { describe } from 'vitest';
import { LabFigure } from './lab-figure.ts';
import { builtFigure, figuresWithTimeline } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';

const postWithInspectors = '/posts/02-append-only-log/';

describe('a file can be taken home', () => {
  const figures = figuresWithTimeline().filter(({ path, id }) =>
    builtFigure(path, id).includes('class="inspector-foot"'),
  );

  siteTest('from one inspector at least', () => {
    expect(figures.length).toBeGreaterThan(0);
  });

  siteTest.for(figures)(
    '$id on $path: the download has the bytes that are shown',
    async ({ path, id }, { visit }) => {
      const page = await visit(path);
      const figure = new LabFigure(page, id);
      await figure.wake();
      const file = await download(page, figure.root.getByText(/^Download /));
      const shown = await shownBytes(figure);
      expect(shown.length).toBeGreaterThan(0);
      expect(file.subarray(0, shown.length).toString('hex')).toBe(
        shown.toString('hex'),
      );
      const size = figure.root.getByText(/^[\d,]+ bytes?$/).first();
      await expect(size).toHaveText(
        `${file.length.toLocaleString('en')} bytes`,
      );
    },
  );
});

describe('a bit is flipped by keyboard', () => {
  siteTest(
    'in a framed record: the store refuses, with file and offset',
    async ({ visit }) => {
      const page = await visit(postWithInspectors);
      const figure = new LabFigure(page, 'record');
      await figure.wake();
      const value = (await shownBytes(figure)).indexOf('rent100') + 4;
      await flipByKeyboard(page, figure, value);
      await expect(
        figure.root.getByText(/error CORRUPTION append\.log at offset 16\b/),
      ).not.toHaveCount(0);
      await expect(figure.stamp.first()).toBeVisible();
      await figure.button('Undo').last().click();
      await expect(figure.root.getByText(/CORRUPTION/)).toHaveCount(0);
    },
  );

  siteTest(
    'in a line of JSON: the reader believes another value',
    async ({ visit }) => {
      const page = await visit(postWithInspectors);
      const figure = new LabFigure(page, 'half-a-line');
      await figure.wake();
      await figure.goToFirstPromise();
      const before = await shownBytes(figure);
      const value = before.indexOf('Mina');
      await flipByKeyboard(page, figure, value);
      await expect(
        figure.root.getByText('The reader believes every byte.'),
      ).toBeVisible();
      const after = await shownBytes(figure);
      before[value] = (before[value] ?? 0) ^ 1;
      expect(after.toString()).toBe(before.toString());
    },
  );
});

describe("a reader's own file", () => {
  siteTest(
    'is shown when it is one of ours, and else refused with a reason',
    async ({ visit }) => {
      const page = await visit(postWithInspectors);
      const figure = new LabFigure(page, 'half-a-line');
      await figure.wake();
      const own = figure.root.getByLabel('Open a file of yours');
      const mimeType = 'application/octet-stream';
      const picture = Buffer.from('\x89PNG\r\n', 'latin1');
      await own.setInputFiles({ name: 'cat.png', mimeType, buffer: picture });
      await expect(
        figure.root.getByText(/cat\.png is not a WrongoDB file/),
      ).toBeVisible();
      const log = Buffer.from('{"put":"cat","value":"Mina"}\n');
      await own.setInputFiles({ name: 'mine.log', mimeType, buffer: log });
      await expect.poll(() => shownBytes(figure)).toEqual(log);
    },
  );
});

/** The bytes as the grid shows them. */
async function shownBytes(figure: LabFigure): Promise<Buffer> {
  const labels = await figure.root
    .getByRole('gridcell')
    .evaluateAll((cells) =>
      cells.map((cell) => cell.getAttribute('aria-label')?.slice(0, 2) ?? ''),
    );
  return Buffer.from(labels.join(''), 'hex');
}

async function download(page: Page, link: Locator): Promise<Buffer> {
  const [started] = await Promise.all([
    page.waitForEvent('download'),
    link.first().click(),
  ]);
  return readFile(await started.path());
}

/** Walks to a byte with the arrows, to its lowest bit with Tab, and flips. */
async function flipByKeyboard(
  page: Page,
  figure: LabFigure,
  offset: number,
): Promise<void> {
  const { keyboard } = page;
  const focused = figure.root.locator(':focus');
  await figure.root.locator('[role="gridcell"][tabindex="0"]').focus();
  await keyboard.press('Control+Home');
  for (let at = 0; at < offset; at++) await keyboard.press('ArrowRight');
  const name = `0x${offset.toString(16).padStart(4, '0')}`;
  await expect(focused).toHaveAttribute('aria-label', new RegExp(`${name},`));
  for (let tabs = 0; tabs < 20; tabs++) {
    if ((await focused.innerText()).endsWith('0')) break;
    await keyboard.press('Tab');
  }
  await expect(focused).toHaveText(/is bit\s+0$/);
  await keyboard.press('Enter');
}
