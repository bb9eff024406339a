/** Every page on a phone of 360 pixels, under a thumb. */
import type { Page } from 'playwright';
import { describe } from 'vitest';
import { sitePages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { openFolds, wakeIslands } from './wake-islands.ts';

const WIDTH_PX = 360;

/** What a thumb hits; the floor is WCAG's, for links, bytes and crashes. */
const TARGET_HEIGHT_PX = 44;
const TARGET_FLOOR_PX = 24;

const phone = {
  viewport: { width: WIDTH_PX, height: 740 },
  hasTouch: true,
  deviceScaleFactor: 2,
};

describe('on a phone', () => {
  siteTest.for(sitePages())(
    '%s fits, and its controls are as high as a thumb',
    async (path, { visit }) => {
      const page = await visit(path, phone);
      await wakeIslands(page);
      await openFolds(page);
      expect(await sticksOut(page), 'beyond the right edge').toEqual([]);
      expect(await tooLow(page), 'controls too low').toEqual([]);
    },
  );
});

/** What makes the page scroll sideways; empty when nothing does. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate((widthPx) => {
    const root = document.documentElement;
    if (root.scrollWidth <= widthPx) return [];
    const scrolls = (element: Element) =>
      getComputedStyle(element).overflowX !== 'visible';
    const isCut = (element: Element) => {
      let box = element.parentElement;
      while (box !== null && box !== root && !scrolls(box)) {
        box = box.parentElement;
      }
      return box !== null && box !== root && box !== document.body;
    };
    const wide = Array.from(document.querySelectorAll('body *')).filter(
      (one) => one.getBoundingClientRect().right > widthPx + 1 && !isCut(one),
    );
    const found = wide.slice(0, 8).map((element) => {
      const { right } = element.getBoundingClientRect();
      const name = `${element.tagName}.${element.getAttribute('class')}`;
      return `${name} ends at ${Math.round(right)}`;
    });
    return [`the page is ${root.scrollWidth} wide`, ...found];
  }, WIDTH_PX);
}

/** Visible controls that are lower than their kind has to be. */
function tooLow(page: Page): Promise<string[]> {
  const limits = { high: TARGET_HEIGHT_PX, floor: TARGET_FLOOR_PX };
  return page.evaluate(({ high, floor }) => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, summary, select, input, textarea, label:has(input), a[href]',
    );
    const found = new Set<string>();
    for (const control of controls) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      // A box in a label is hit by hitting the label.
      if (control.matches('label *, .skip-link')) continue;
      const { height } = control.getBoundingClientRect();
      const line = Number.parseFloat(getComputedStyle(control).lineHeight);
      const isInLine = getComputedStyle(control).display === 'inline';
      const isInText = isInLine && control.closest('p, li, dd, td, figcaption');
      const isCell = control.matches('[role="gridcell"], .crash-cell');
      const isLink = control.matches('a:not(.button)');
      const wanted = isCell || isLink ? floor : high;
      const tall = isInText ? Math.max(height, line) : height;
      // WCAG leaves links inside a sentence to the height of their line.
      if (isInText && isLink && tall >= floor - 6) continue;
      if (Math.round(tall) >= wanted) continue;
      const name = control.getAttribute('aria-label') ?? control.textContent;
      const { tagName, className } = control;
      found.add(
        `${tagName}.${className} “${name.trim().slice(0, 30)}”: ` +
          `${Math.round(tall)} of ${wanted}`,
      );
    }
    return [...found].slice(0, 20);
  }, limits);
}
