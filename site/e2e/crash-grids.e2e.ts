/** Crash grids: each cell is a crash, a red one names the broken promise. */
import type { Locator, Page } from 'playwright';
import { describe } from 'vitest';
import { builtPage, postPages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

const PROMISES = [
  'acknowledged write lost',
  'deleted key came back',
  'value that nobody wrote',
  'later write survived an earlier one',
  'database will not open',
  'restart changed the answer',
];

const pages = postPages().filter((path) =>
  builtPage(path).includes('class="crash-grid"'),
);

describe('a crash grid', () => {
  siteTest('stands in one entry at least', () => {
    expect(pages.length).toBeGreaterThan(0);
  });

  siteTest.for(pages)(
    '%s: a red cell names the broken promise, and a replay breaks it again',
    async (path, { visit }) => {
      const page = await visit(path);
      for (const figure of await grids(page)) {
        let brokenCount = 0;
        for (const story of await stories(figure).all()) {
          await story.click();
          await expect(story).toHaveAttribute('aria-pressed', 'true');
          await expect(figure).toHaveAttribute('aria-busy', 'false');
          const red = cells(figure).filter({ hasText: 'X' });
          if ((await red.count()) === 0) continue;
          brokenCount++;
          await expectReplay(figure, red.last());
        }
        expect(brokenCount, 'stories that break').toBeGreaterThan(0);
      }
    },
  );

  siteTest.for(pages)(
    '%s: a crash can be stepped through in another figure',
    async (path, { visit }) => {
      const page = await visit(path);
      for (const figure of await grids(page)) {
        await stories(figure).last().click();
        await expect(figure).toHaveAttribute('aria-busy', 'false');
        await cells(figure).filter({ hasText: 'X' }).first().click();
        await figure.getByRole('link', { name: 'Step through it' }).click();
        const stamp = page.locator('[data-lab] .kit-stamp[data-broken="true"]');
        await expect(stamp.and(page.locator(':visible'))).not.toHaveCount(0);
        await expect(page.getByRole('alert')).toHaveCount(0);
      }
    },
  );

  siteTest.for(pages)(
    '%s: the arrow keys walk the cells, and a link leads back to one',
    async (path, { visit }) => {
      const page = await visit(path);
      const [figure] = await grids(page);
      if (figure === undefined) throw new Error('no grid');
      const first = cells(figure).first();
      await first.click();
      await page.keyboard.press('ArrowRight');
      await expect(first).toHaveAttribute('aria-pressed', 'false');
      const chosen = cells(figure).and(page.locator('[aria-pressed="true"]'));
      await expect(chosen).toBeFocused();
      await page.keyboard.press('End');
      await expect(chosen).toBeFocused();
      const name = `${await chosen.getAttribute('aria-label')}`;
      await expect(page).toHaveURL(/#s=/);
      const [other] = await grids(await visit(page.url()));
      if (other === undefined) throw new Error('no grid');
      await expect(
        other.getByRole('button', { name, exact: true, pressed: true }),
      ).toBeVisible();
    },
  );
});

async function expectReplay(figure: Locator, red: Locator): Promise<void> {
  await red.click();
  await expect(red).toHaveAttribute('aria-pressed', 'true');
  const name = `${await red.getAttribute('aria-label')}`;
  const promise = PROMISES.find((one) => name.includes(one));
  if (promise === undefined) throw new Error(`no promise in: ${name}`);
  const recovery = figure.getByRole('definition').last();
  await expect(recovery).toContainText(promise);
  await figure.getByRole('button', { name: 'Replay this crash' }).click();
  const answer = figure.getByRole('status').filter({ hasText: 'BROKEN' });
  await expect(answer).toContainText(`BROKEN ${promise}`);
}

async function grids(page: Page): Promise<Locator[]> {
  await wakeIslands(page);
  const cell = page.getByRole('group', { name: 'Crashes, by moment' });
  return page.locator('[data-lab]').filter({ has: cell }).all();
}

function cells(figure: Locator): Locator {
  return figure
    .getByRole('group', { name: 'Crashes, by moment' })
    .getByRole('button');
}

function stories(figure: Locator): Locator {
  return figure.getByRole('group', { name: 'Stories' }).getByRole('button');
}
