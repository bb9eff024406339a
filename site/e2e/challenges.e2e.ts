/** Challenges, as a reader meets them; the checkers have tests of their own. */
import type { Locator, Page } from 'playwright';
import { describe } from 'vitest';
import { builtPage, postPages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

/** A check may try thousands of crashes. */
const CHECK_MS = 60_000;

class ChallengeForm {
  readonly root: Locator;
  readonly verdict: Locator;
  readonly hints: Locator;
  readonly solved: Locator;

  constructor(page: Page) {
    const check = page.getByRole('button', { name: 'Check', exact: true });
    this.root = page.locator('.challenge').filter({ has: check });
    this.verdict = this.root.getByRole('status').last();
    this.hints = this.root.locator('.challenge-hints li');
    this.solved = this.root.getByText('Solved', { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  async check(): Promise<void> {
    await this.button('Check').click();
    await expect(this.button('Check')).toBeVisible({ timeout: CHECK_MS });
  }

  async showSolution(): Promise<void> {
    await this.button('Show a solution').click();
    await this.button('Show it').click();
  }
}

async function openChallenge(page: Page): Promise<ChallengeForm> {
  await wakeIslands(page);
  return new ChallengeForm(page);
}

const patiently = { timeout: CHECK_MS };
const pages = postPages().filter((path) =>
  builtPage(path).includes('class="challenge"'),
);

describe('a challenge', () => {
  siteTest.for(postPages())('stands at the end of %s', (path) => {
    expect(builtPage(path).match(/class="challenge"/g)).toHaveLength(1);
  });

  siteTest.for(pages)(
    '%s: doing nothing fails, the solution passes, and that is kept',
    async (path, { visit }) => {
      const page = await visit(path);
      const form = await openChallenge(page);
      await form.check();
      await expect(form.verdict).toContainText('NOT YET', patiently);
      await expect(form.solved).toHaveCount(0);
      await form.showSolution();
      await form.check();
      await expect(form.verdict).toContainText('PASSED', patiently);
      await expect(form.solved).toBeVisible();
      await page.reload();
      const again = await openChallenge(page);
      await expect(again.solved).toBeVisible();
    },
  );

  siteTest.for(pages)(
    '%s: three hints come one at a time, and reset starts over',
    async (path, { visit }) => {
      const page = await visit(path);
      const form = await openChallenge(page);
      const editor = form.root.locator('.challenge-editor');
      const start = await contentOf(editor);
      for (const hint of [1, 2, 3]) {
        await expect(form.hints).toHaveCount(hint - 1);
        await form.button(`Hint ${hint} of 3`).click();
      }
      await expect(form.hints).toHaveCount(3);
      await expect(form.button('No more hints')).toBeDisabled();
      await form.showSolution();
      await expect.poll(() => contentOf(editor)).not.toBe(start);
      await form.button('Reset').click();
      await expect.poll(() => contentOf(editor)).toBe(start);
    },
  );
});

/** What an editor says, and what its boxes hold. */
function contentOf(editor: Locator): Promise<string> {
  return editor.evaluate((element) => {
    const boxes = element.querySelectorAll<HTMLInputElement>('input, select');
    const held = Array.from(boxes, ({ checked, value }) => [checked, value]);
    const pressed = Array.from(
      element.querySelectorAll('[aria-pressed]'),
      (button) => button.getAttribute('aria-pressed'),
    );
    return JSON.stringify([element.textContent, held, pressed]);
  });
}
