/** Commit races: a rule changes, and the engine runs the race again. */
import { describe } from 'vitest';
import { LabFigure } from './lab-figure.ts';
import { builtPage, postPages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';

const pages = postPages().filter((path) =>
  builtPage(path).includes('race-figure'),
);

describe('a commit race', () => {
  siteTest('stands in one entry at least', () => {
    expect(pages.length).toBeGreaterThan(0);
  });

  siteTest.for(pages)(
    '%s: writers are added by keyboard, an early acknowledgement loses writes, and a link keeps the rules',
    async (path, { visit }) => {
      const page = await visit(path);
      const id = await page.locator('.race-figure').getAttribute('data-lab');
      const figure = new LabFigure(page, `${id}`);
      await figure.wake();
      const says = figure.root.getByRole('status').first();
      const before = await says.innerText();
      await figure.root.getByRole('slider', { name: 'Writers' }).press('Home');
      await expect(says).not.toHaveText(before);
      await expect(page).toHaveURL(/#s=/);
      const address = page.url();
      await figure.root.getByLabel(/before/i).check();
      await expect(says).toContainText('acknowledged write lost');
      // The address follows a moment later.
      await expect(page).not.toHaveURL(address);
      const rules = await says.innerText();
      const stranger = new LabFigure(await visit(page.url()), `${id}`);
      await stranger.wake();
      const told = stranger.root.getByRole('status').first();
      await expect(told).toHaveText(rules);
      await figure.button('Reset').click();
      await expect(says).toHaveText(before);
    },
  );
});
