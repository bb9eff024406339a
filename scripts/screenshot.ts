/**
 * Takes pictures of the built site.
 *
 *   npm run screenshot                       the README's picture
 *   npm run screenshot -- /posts/ --dark --width 360 --full --out FILE
 *
 * Without a path it is the front door just after the plug was pulled, written
 * to images/screenshot.png. With a path, the page as it opens.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { buildSite, siteFolder } from './build-site.ts';
import { browserLaunchOptions, ensureBrowser } from './find-browser.ts';
import { serveSite } from './serve-site.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '860' },
    out: { type: 'string' },
  },
});

const pathInSite = positionals[0];
const defaultOut =
  pathInSite === undefined ? 'images/screenshot.png' : 'screenshot.png';
const outPath = resolve(values.out ?? defaultOut);

async function takePicture(siteUrl: string): Promise<Buffer> {
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const page = await browser.newPage({
      viewport: { width: Number(values.width), height: Number(values.height) },
      deviceScaleFactor: pathInSite === undefined ? 2 : 1,
      colorScheme: values.dark ? 'dark' : 'light',
      // A picture is taken of where things end, not of how they get there.
      reducedMotion: 'reduce',
    });
    await page.goto(new URL(pathInSite ?? '/', siteUrl).href);
    await page.evaluate(() => document.fonts.ready);
    if (pathInSite === undefined) await pullThePlug(page);
    if (values.full) await scrollThrough(page);
    return await page.screenshot({ fullPage: values.full });
  } finally {
    await browser.close();
  }
}

/** The front door's story up to the moment that it loses its documents. */
async function pullThePlug(page: Page): Promise<void> {
  // A click on a button whose island has not woken up yet would do nothing.
  const island = page.locator('astro-island:not([ssr])');
  const door = island.getByRole('group', { name: 'A live database' });
  await door.getByRole('button', { name: 'Pull the plug' }).click();
  await door.getByText('ACKNOWLEDGED WRITE LOST', { exact: true }).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
    scrollTo(0, 0);
  });
  await page.waitForTimeout(300);
}

/** Wakes the islands that start only when they come into view. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { scrollHeight } = document.documentElement;
    for (let top = 0; top < scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await new Promise((resume) => setTimeout(resume, 100));
    }
    scrollTo(0, 0);
  });
  await page.waitForTimeout(500);
}

await ensureBrowser();
await buildSite();
const site = await serveSite({ folder: siteFolder, port: 0 });
try {
  const picture = await takePicture(site.url);
  // A page has few colours: a palette makes the file some times smaller.
  const small = await sharp(picture)
    .png({ palette: true, quality: 92, effort: 9 })
    .toBuffer();
  await mkdir(dirname(outPath), { recursive: true });
  await writeFile(outPath, small);
  console.log(`${outPath} (${Math.round(small.length / 1024)} kB)`);
} finally {
  await site.close();
}
