/**
 * A figure with a timeline, as a reader handles it: by its buttons, its keys
 * and what it says. Found by its id, and for the rest by roles and labels.
 */
import type { Locator, Page } from 'playwright';
import { expect } from './site-test.ts';

const COUNT = /^step (\d+) of (\d+)$/;

export class LabFigure {
  readonly root: Locator;
  /** What it says while nothing is wrong: "step 3 of 12". */
  readonly count: Locator;
  /** Why a link was not obeyed, or what the engine complains about. */
  readonly problem: Locator;
  /** The verdict that the engine's answer stamps. */
  readonly stamp: Locator;
  /** Every step as a sentence. */
  readonly transcript: Locator;
  readonly #page: Page;

  constructor(page: Page, id: string) {
    this.#page = page;
    this.root = page.locator(`[data-lab="${id}"]`);
    this.count = this.root.getByText(COUNT);
    this.problem = this.root.getByRole('alert');
    this.stamp = this.root.locator('.stamp');
    this.transcript = this.root.locator('.transcript li');
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** The button of one of its stories. */
  story(label: string): Locator {
    const stories = this.root.getByRole('group', { name: 'Stories' });
    return stories.getByRole('button', { name: label, exact: true });
  }

  /** Scrolls to it and waits for its island and its engine. */
  async wake(): Promise<void> {
    await this.root.evaluate((root) => root.scrollIntoView());
    const asleep = this.#page
      .locator('astro-island[ssr]')
      .filter({ has: this.root });
    await expect(asleep).toHaveCount(0);
    await this.ready();
    // The front door keeps its timeline folded.
    const fold = this.root.locator('summary', { hasText: 'Step through it' });
    if (await fold.isVisible()) await fold.click();
  }

  /** Waits for the engine's answer. */
  async ready(): Promise<void> {
    await expect(this.root).not.toHaveAttribute('aria-busy', 'true');
  }

  async press(key: string): Promise<void> {
    await this.root.press(key);
  }

  async stepCount(): Promise<number> {
    return Number(COUNT.exec(await this.count.innerText())?.[2]);
  }

  async expectStep(step: number, of: number): Promise<void> {
    await expect(this.count).toHaveText(`step ${step} of ${of}`);
  }

  /** Drags the timeline to a step, counted from 1. */
  async goTo(step: number): Promise<void> {
    const of = await this.stepCount();
    await this.root.getByRole('slider', { name: 'Step' }).fill(`${step - 1}`);
    await this.expectStep(step, of);
  }

  /** Before that step there is nothing that an engine could break. */
  async goToFirstPromise(): Promise<void> {
    const sentences = await this.transcript.allTextContents();
    const promises = /Acknowledged:|: found\./;
    const at = sentences.findIndex((sentence) => promises.test(sentence));
    expect(at, 'a step that promises something').toBeGreaterThan(0);
    await this.goTo(at + 1);
  }

  /** Everything it says, but for messages that come and go. */
  async says(): Promise<string> {
    await this.ready();
    return this.root.evaluate((root) => {
      const passing = '.lab-foot [role="status"], .lab-foot button';
      const shown = root.cloneNode(true);
      if (!(shown instanceof Element)) throw new Error('no element');
      for (const part of shown.querySelectorAll(passing)) part.remove();
      return (shown.textContent ?? '').replace(/\s+/g, ' ');
    });
  }

  /** A link to what is shown, as the reader's clipboard has it. */
  async copyLink(): Promise<string> {
    await this.button('Copy link to this step').click();
    await expect(this.root.getByText('Copied.')).toBeVisible();
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  /** Pulls the plug here, sparing nothing that waits in a cache. */
  async pullThePlug(): Promise<void> {
    await this.plug.click();
    const confirm = this.button('Cut the power');
    if (await confirm.isVisible()) await confirm.click();
    await this.ready();
  }

  /** The red button, and not a story of the same name. */
  get plug(): Locator {
    return this.root.locator('.button-danger', { hasText: 'Pull the plug' });
  }
}
