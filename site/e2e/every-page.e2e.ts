/** What holds for every page, whatever stands on it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { describe } from 'vitest';
import { sitePages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { openFolds, wakeIslands } from './wake-islands.ts';

declare global {
  interface Window {
    /** Every layout shift so far, with what moved. */
    shifts: { value: number; moved: string }[];
  }
}

const SHIFT_MAX = 0.02;
const pages = sitePages();

describe('every page', () => {
  siteTest.for(pages)(
    '%s opens and wakes without an error, and nothing on it moves',
    async (path, { visit }) => {
      const page = await visit(path, { beforeScripts: recordShifts });
      await wakeIslands(page);
      // What comes late moves things, too: fonts, and the engine's answers.
      await page.waitForLoadState('networkidle');
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      expect(sum, JSON.stringify(shifts)).toBeLessThan(SHIFT_MAX);
    },
  );

  siteTest.for(pages)(
    '%s passes axe in light and in dark, and each control has a name',
    async (path, { visit }) => {
      const page = await visit(path, { colorScheme: 'light' });
      await wakeIslands(page);
      await openFolds(page);
      const light = await violations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await violations(page);
      const nameless = await namelessControls(page);
      expect({ light, dark, nameless }).toEqual({
        light: [],
        dark: [],
        nameless: [],
      });
    },
  );
});

/** Runs in the page. */
function recordShifts(): void {
  window.shifts = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry.toJSON();
      if (shift.hadRecentInput) continue;
      const nodes = Array.from(
        'sources' in entry && Array.isArray(entry.sources) ? entry.sources : [],
        ({ node }) =>
          node instanceof Element
            ? `${node.tagName}.${node.className}`
            : String(node?.textContent),
      );
      window.shifts.push({ value: shift.value, moved: nodes.join(', ') });
    }
  });
  observer.observe({ type: 'layout-shift', buffered: true });
}

/** One line for each element that axe complains about. */
async function violations(page: Page): Promise<string[]> {
  const report = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return report.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      return `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`;
    }),
  );
}

const CONTROL_ROLES = new Set([
  ...['button', 'link', 'slider', 'checkbox', 'radio', 'combobox', 'listbox'],
  ...['textbox', 'searchbox', 'spinbutton', 'gridcell', 'grid'],
]);

/** Asks the browser itself: axe takes a label's word for what it labels. */
async function namelessControls(page: Page): Promise<string[]> {
  const browser = await page.context().newCDPSession(page);
  const { nodes } = await browser.send('Accessibility.getFullAXTree');
  return nodes
    .filter(({ ignored, role, name }) => {
      const isControl = CONTROL_ROLES.has(String(role?.value));
      return !ignored && isControl && String(name?.value ?? '').trim() === '';
    })
    .map(({ role, value }) => `${role?.value} with value ${value?.value}`);
}
