/** The first ten seconds of a newcomer. */
import type { Locator, Page } from 'playwright';
import { describe } from 'vitest';
import { expect, siteTest } from './site-test.ts';

const PATIENCE_MS = 10_000;

class FrontDoor {
  readonly root: Locator;
  readonly plug: Locator;
  readonly stamp: Locator;
  readonly documents: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('group', { name: 'A live database' });
    this.plug = this.root.getByRole('button', { name: 'Pull the plug' });
    this.stamp = this.root.locator('.stamp');
    this.documents = this.root.getByRole('rowheader');
  }

  /** Waits for the island: a button that is not awake yet only looks so. */
  static async open(page: Page): Promise<FrontDoor> {
    const door = new FrontDoor(page);
    const asleep = page.locator('astro-island[ssr]').filter({ has: door.root });
    await expect(asleep).toHaveCount(0);
    return door;
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  rule(name: RegExp): Locator {
    return this.root.getByRole('radio', { name });
  }
}

const LOST = /acknowledged write lost/i;
const KEPT = /kept/i;

describe('the front door', () => {
  siteTest(
    'loses an acknowledged document within one click and ten seconds',
    async ({ visit }) => {
      const startMs = performance.now();
      const door = await FrontDoor.open(await visit('/'));
      await door.plug.click();
      await expect(door.stamp).toHaveText(LOST, { timeout: PATIENCE_MS });
      expect(performance.now() - startMs).toBeLessThan(PATIENCE_MS);
      await expect(door.root.getByText('✕ lost')).toHaveCount(3);
    },
  );

  siteTest('keeps every document with the fix', async ({ visit }) => {
    const door = await FrontDoor.open(await visit('/'));
    await door.rule(/with the fix/i).check();
    await door.plug.click();
    await expect(door.stamp).toHaveText(KEPT);
    await expect(door.root.getByText('✓ kept')).toHaveCount(3);
  });

  siteTest(
    'inserts a document, and the plug takes that one as well',
    async ({ visit }) => {
      const door = await FrontDoor.open(await visit('/'));
      await expect(door.documents).toHaveCount(3);
      await door.button('Insert').click();
      await expect(door.documents).toHaveCount(4);
      await door.button('Insert').click();
      await expect(door.documents).toHaveCount(5);
      await door.plug.click();
      await expect(door.stamp).toHaveText(LOST);
      await expect(door.root.getByText('✕ lost')).toHaveCount(5);
    },
  );

  siteTest(
    'goes on after a recovery: insert again, lose again',
    async ({ visit }) => {
      const door = await FrontDoor.open(await visit('/'));
      await clickOnceEnabled(door.button('Recover'));
      await door.plug.click();
      await expect(door.stamp).toHaveText(LOST);
      await door.button('Insert').click();
      await expect(door.root.getByText('saved', { exact: true })).toHaveCount(
        1,
      );
      await door.plug.click();
      await expect(door.stamp).toHaveText(LOST);
    },
  );

  siteTest('works with nothing but a keyboard', async ({ visit }) => {
    const page = await visit('/');
    const door = await FrontDoor.open(page);
    await tabTo(page, door.plug);
    await page.keyboard.press('Enter');
    await expect(door.stamp).toHaveText(LOST);
    await tabTo(page, door.rule(/before the sync/));
    await page.keyboard.press('ArrowDown');
    await expect(door.rule(/with the fix/i)).toBeChecked();
    await expect(door.plug).toBeEnabled();
    await tabTo(page, door.plug, 'Shift+Tab');
    await page.keyboard.press('Space');
    await expect(door.stamp).toHaveText(KEPT);
  });
});

/** The door also recovers by itself, and sooner than a slow test clicks. */
async function clickOnceEnabled(button: Locator): Promise<void> {
  await button.evaluate((element) => {
    const observer = new MutationObserver(() => {
      if (element.matches('[disabled], [aria-disabled="true"]')) return;
      observer.disconnect();
      if (element instanceof HTMLElement) element.click();
    });
    observer.observe(element, { attributes: true });
  });
}

/** Presses the key until the control has the focus, as a reader would. */
async function tabTo(page: Page, control: Locator, key = 'Tab'): Promise<void> {
  const hasFocus = () =>
    control.evaluate((element) => element === document.activeElement);
  for (let count = 0; count < 40; count++) {
    if (await hasFocus()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${control}`);
}
