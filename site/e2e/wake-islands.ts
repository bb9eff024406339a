/** Islands sleep until they come near: this scrolls to each and waits. */
import type { Page } from 'playwright';
import { expect } from './site-test.ts';

/** Returns when each island is alive and no engine is at work. */
export async function wakeIslands(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const island of document.querySelectorAll('astro-island')) {
      // An island has no box of its own.
      island.firstElementChild?.scrollIntoView({ behavior: 'instant' });
      await new Promise((resume) => requestAnimationFrame(resume));
    }
    scrollTo({ top: 0, behavior: 'instant' });
  });
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Unfolds everything that folds. */
export async function openFolds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}
