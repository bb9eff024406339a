/** The site for a browser that runs no script. */
import { describe } from 'vitest';
import { postPages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';

const noScript = { javaScriptEnabled: false };

/** Any of these is the picture of a figure. */
const PANELS =
  '.strip, .documents, .console, .inspector, .door-sheet, .meters, ' +
  '.segment-map, .crash-grid, .race, .twin';

describe('without JavaScript', () => {
  siteTest.for(postPages())(
    '%s: each figure shows its first frame and lists its steps',
    async (path, { visit }) => {
      const page = await visit(path, noScript);
      const figures = await page
        .locator('[data-lab]')
        .filter({ hasNot: page.locator('.challenge') })
        .all();
      expect(figures.length).toBeGreaterThan(0);
      for (const figure of figures) {
        const name = await figure.getAttribute('data-lab');
        await expect(figure.locator(PANELS).first(), `${name}`).toBeVisible();
        const steps = figure.locator('.transcript li');
        expect(await steps.count(), `${name}`).toBeGreaterThan(2);
        const fold = figure.locator('summary:visible', {
          hasText: 'Step through it',
        });
        if ((await fold.count()) > 0) await fold.click();
        await expect(steps.first(), `${name}`).toBeVisible();
        await expect(steps.last(), `${name}`).toBeVisible();
      }
    },
  );

  siteTest.for(postPages())(
    '%s: no button for an action stands there and does nothing',
    async (path, { visit }) => {
      const page = await visit(path, noScript);
      const dead = page.locator('main button.button:visible');
      expect(await dead.allInnerTexts()).toEqual([]);
    },
  );

  siteTest.for(postPages())(
    '%s: what is folded opens with a click',
    async (path, { visit }) => {
      const page = await visit(path, noScript);
      for (const kind of ['.prompt', '.bet-answer', '.challenge-static']) {
        for (const fold of await page.locator(kind).all()) {
          const answer = fold.locator('> :not(summary)').first();
          await expect(answer).not.toBeVisible();
          await fold.locator('summary').click();
          await expect(answer).toBeVisible();
        }
      }
    },
  );
});
