/** Words of the legend and the marks in the figures that they name. */
import { describe } from 'vitest';
import { expect, siteTest } from './site-test.ts';

describe('a state named in the text', () => {
  siteTest('lights up in the figures, and back', async ({ visit }) => {
    const page = await visit('/');
    const word = page.locator('.word[data-state="dirty"]').first();
    const mark = page.locator('.lab [data-state="dirty"]').first();
    await expect(mark).toHaveCSS('outline-style', 'none');
    await word.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(word).toBeFocused();
    await expect(mark).toHaveCSS('outline-style', 'solid');
    await word.blur();
    await expect(word).toHaveCSS('outline-style', 'none');
    await mark.hover();
    await expect(word).toHaveCSS('outline-style', 'solid');
  });
});
