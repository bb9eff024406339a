/** For who asked for no motion, and for who reads on paper. */
import type { Page } from 'playwright';
import { describe } from 'vitest';
import { sitePages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

declare global {
  interface Window {
    /** Whatever moved since the page was opened. */
    motions: string[];
  }
}

const pages = sitePages();

describe('with reduced motion', () => {
  siteTest.for(pages)(
    '%s steps, switches and unfolds without moving',
    async (path, { visit }) => {
      const page = await visit(path, {
        reducedMotion: 'reduce',
        beforeScripts: recordMotions,
      });
      await wakeIslands(page);
      await page.getByRole('button', { name: /^Theme/ }).click();
      for (const key of ['Home', 'ArrowRight', 'End']) {
        for (const figure of await page.locator('[data-lab]').all()) {
          await figure.press(key);
        }
      }
      for (const fold of await page.locator('summary:visible').all()) {
        await fold.click();
      }
      expect(await running(page)).toEqual([]);
      expect(await page.evaluate(() => window.motions)).toEqual([]);
    },
  );
});

describe('on paper', () => {
  siteTest.for(pages)(
    '%s hides nothing of its text, and every step and answer shows',
    async (path, { visit }) => {
      const page = await visit(path);
      await wakeIslands(page);
      await markWhatShows(page);
      await page.emulateMedia({ media: 'print' });
      expect(await hiddenText(page), 'not on paper').toEqual([]);
      expect(await foldedText(page), 'folded away').toEqual([]);
    },
  );
});

/** Runs in the page: notes each transition and animation that takes time. */
function recordMotions(): void {
  window.motions = [];
  const note = (event: Event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    for (const animation of target.getAnimations()) {
      const { duration } = animation.effect?.getComputedTiming() ?? {};
      if (typeof duration !== 'number' || duration < 1) continue;
      const name = `${target.tagName}.${target.getAttribute('class')}`;
      window.motions.push(`${name} moves for ${duration} ms`);
    }
  };
  addEventListener('transitionrun', note, true);
  addEventListener('animationstart', note, true);
}

function running(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ id, effect }) => {
        const of = effect instanceof KeyframeEffect ? effect.target : null;
        return `${id} ${of?.tagName}.${of?.getAttribute('class')}`;
      }),
  );
}

/** Marks the pieces of text that stand on the screen. */
function markWhatShows(page: Page): Promise<void> {
  return page.evaluate(() => {
    const text = 'h1, h2, h3, h4, p, li, dt, dd, th, td, pre, figcaption';
    const controls =
      'nav, button, .search, .contents, .timeline, .timeline-keys, ' +
      '.lab-presets, .lab-actions, .lab-fold, .turn, .explain, ' +
      '.inspector-foot, .grid-hint, .challenge-static, .challenge-actions';
    for (const piece of document.querySelectorAll(`main :is(${text})`)) {
      if (piece.closest(controls) || piece.textContent.trim() === '') continue;
      if (piece.checkVisibility()) piece.setAttribute('data-shows', '');
    }
  });
}

function hiddenText(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('[data-shows]'))
      .filter((piece) => !piece.checkVisibility())
      .map((piece) => `${piece.tagName}: ${piece.textContent.slice(0, 60)}`)
      .slice(0, 10),
  );
}

/** Steps of transcripts and answers of prompts without a box on the paper. */
function foldedText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pieces = document.querySelectorAll(
      '.transcript li, .prompt-answer p, .bet-explanation p',
    );
    return Array.from(pieces)
      .filter((piece) => {
        const box = piece.closest('.transcript-scroll') ?? piece;
        const { height } = piece.getBoundingClientRect();
        const isCut = box.scrollHeight > box.clientHeight + 1 && box !== piece;
        return height === 0 || isCut || !piece.checkVisibility();
      })
      .map((piece) => piece.textContent.trim().slice(0, 60))
      .slice(0, 10);
  });
}
