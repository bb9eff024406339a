/** Bets: placed before the answer is shown, and kept. */
import { describe } from 'vitest';
import { builtPage, postPages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

const pages = postPages().filter((path) =>
  builtPage(path).includes('class="bet"'),
);

describe('a bet', () => {
  siteTest.for(postPages())('stands on %s', (path) => {
    expect(pages).toContain(path);
  });

  siteTest.for(pages)(
    '%s: is placed first, then the engine answers, and it stays after a reload',
    async (path, { visit }) => {
      const page = await visit(path);
      await wakeIslands(page);
      const bets = page.locator('.bet');
      for (const [index, bet] of (await bets.all()).entries()) {
        const options = bet.locator('[aria-pressed]');
        expect(await options.count()).toBeGreaterThanOrEqual(2);
        const verdict = bet.getByRole('status');
        await expect(verdict).not.toBeVisible();
        const choice = options.nth(index % (await options.count()));
        await choice.click();
        await expect(choice).toHaveAttribute('aria-pressed', 'true');
        await expect(verdict).toHaveText(/The engine:$/);
        // Exactly one option is what happens, whether it was chosen or not.
        await expect(options.filter({ hasText: 'what happens' })).toHaveCount(
          1,
        );
      }
      await page.reload();
      await wakeIslands(page);
      for (const [index, bet] of (await bets.all()).entries()) {
        const options = bet.locator('[aria-pressed]');
        const choice = options.nth(index % (await options.count()));
        await expect(choice).toHaveAttribute('aria-pressed', 'true');
        await expect(bet.getByRole('status')).toHaveText(/The engine:$/);
        await bet.getByRole('button', { name: 'Take the bet back' }).click();
        await expect(bet.locator('[aria-pressed="true"]')).toHaveCount(0);
        await expect(bet.getByRole('status')).not.toBeVisible();
      }
    },
  );
});
