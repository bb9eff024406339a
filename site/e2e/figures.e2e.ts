/** Every figure with a timeline: its keys, its futures and its links. */
import { describe } from 'vitest';
import { LabFigure } from './lab-figure.ts';
import {
  builtFigure,
  builtPage,
  figuresWithTimeline,
  postPages,
  presetLabel,
} from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

const withClipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

describe('a figure obeys the keys', () => {
  siteTest.for(figuresWithTimeline())(
    '$id on $path: home, end, arrows and space',
    async ({ path, id }, { visit }) => {
      const figure = new LabFigure(await visit(path), id);
      await figure.wake();
      const count = await figure.stepCount();
      expect(count).toBeGreaterThan(1);
      await figure.press('Home');
      await figure.expectStep(1, count);
      await figure.press('ArrowRight');
      await figure.expectStep(2, count);
      await figure.press('ArrowLeft');
      await figure.expectStep(1, count);
      await figure.press('End');
      await figure.expectStep(count, count);
      await figure.press('Home');
      await figure.expectStep(1, count);
      await figure.root.getByLabel('Speed').selectOption('3×');
      await figure.press(' ');
      await expect(figure.button('Pause')).toBeVisible();
      await expect(figure.count).not.toHaveText(`step 1 of ${count}`);
      await figure.press('End');
      await expect(figure.button('Play')).toBeVisible();
    },
  );
});

describe('a figure has other futures', () => {
  const figures = figuresWithTimeline().filter(({ path, id }) =>
    builtFigure(path, id).includes('button-danger'),
  );

  siteTest.for(figures)(
    '$id on $path: the plug is pulled after a promise, the engine judges, and a link shows a stranger the same',
    async ({ path, id }, { visit }) => {
      const page = await visit(path, withClipboard);
      const figure = new LabFigure(page, id);
      await figure.wake();
      const before = await figure.says();
      await figure.goToFirstPromise();
      await figure.pullThePlug();
      await expect(figure.stamp.first()).toBeVisible();
      await expect(figure.problem).toHaveCount(0);
      const steps = await figure.stepCount();
      await figure.goTo(steps - 1);
      const [says, link] = [await figure.says(), await figure.copyLink()];
      expect(says).not.toBe(before);

      const stranger = new LabFigure(await visit(link), id);
      await stranger.wake();
      await stranger.expectStep(steps - 1, steps);
      expect(await stranger.says()).toBe(says);
      await figure.button('Reset').click();
      await figure.ready();
      await expect.poll(() => figure.says()).toBe(before);
    },
  );
});

describe('a link in the text', () => {
  siteTest.for(postPages())(
    '%s: each named story loads in its figure',
    async (path, { visit }) => {
      const page = await visit(path);
      const links = page.locator('.prose a[href^="#fig="]');
      for (const link of await links.all()) {
        const words = new URLSearchParams(
          (await link.getAttribute('href'))?.slice(1),
        );
        const [id, preset] = [words.get('fig'), words.get('preset')];
        if (id === null || preset === null) throw new Error('no preset link');
        await link.click();
        const figure = new LabFigure(page, id);
        await figure.wake();
        await expect(figure.root).toBeInViewport();
        const story = figure.story(presetLabel(path, id, preset));
        await expect(story).toHaveAttribute('aria-pressed', 'true');
        await expect(figure.problem).toHaveCount(0);
      }
    },
  );

  siteTest.for(postPages())(
    '%s: three stories or more are linked from it',
    (path) => {
      const links = builtPage(path).match(/href="#fig=[^"]+"/g) ?? [];
      expect(new Set(links).size).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('a damaged link', () => {
  const damaged = '#s=damaged';

  siteTest.for(postPages())(
    '%s: it is reported, and the page works all the same',
    async (path, { visit }) => {
      const page = await visit(path + damaged);
      await wakeIslands(page);
      await expect(page.getByRole('alert')).toHaveText(/^The link /);
      const id = figuresWithTimeline().find((one) => one.path === path)?.id;
      const figure = new LabFigure(page, `${id}`);
      await figure.wake();
      await figure.press('Home');
      await figure.expectStep(1, await figure.stepCount());
      // What was damaged is replaced by what the reader did.
      await expect(page).toHaveURL(/#s=(?!damaged)/);
    },
  );
});
