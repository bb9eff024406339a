/** What belongs to the site and to no single page. */
import type { Page } from 'playwright';
import { describe, inject } from 'vitest';
import { builtPage, postPages, sitePages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';

describe('the search', () => {
  siteTest('finds each entry by its title', async ({ visit }) => {
    const page = await visit('/search/');
    for (const path of postPages().filter((one) => one !== '/')) {
      const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(builtPage(path))?.[1] ?? '';
      const words = title.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, ' ');
      await page.getByRole('searchbox').fill(words.trim());
      const hit = page.locator(`[data-results] a[href="${path}"]`);
      await expect(hit, words).toBeVisible();
    }
  });

  siteTest('finds an entry by a word, and leads there', async ({ visit }) => {
    const page = await visit('/search/?q=rename');
    const hit = page.locator('[data-results]').getByRole('link').first();
    await expect(hit).toBeVisible();
    await expect(page.getByRole('status')).toContainText(/\d+ pages?\./);
    await hit.click();
    await expect(page.locator('main')).toContainText(/rename/i);
  });

  siteTest('says so when it finds nothing', async ({ visit }) => {
    const page = await visit('/search/');
    await page.getByRole('searchbox').fill('zygomorphic');
    const says = page.getByRole('status');
    await expect(says).toHaveText('Nothing about “zygomorphic”.');
  });
});

const UNSTYLED = 'rgba(0, 0, 0, 0)';

describe('the theme', () => {
  siteTest(
    'is what the reader chose, from the first paint of the next page on',
    async ({ visit }) => {
      const page = await visit('/', { colorScheme: 'light' });
      const theme = page.getByRole('button', { name: /^Theme/ });
      await expect(theme).toHaveText(/auto/);
      const light = await ground(page);
      await theme.click();
      await expect(theme).toHaveText(/light/);
      await theme.click();
      await expect(theme).toHaveText(/dark/);
      const dark = await ground(page);
      expect(dark).not.toBe(light);
      // The scripts that could repair a flash are held back.
      await page.route('**/*.js', () => {});
      await page.goto('/posts/', { waitUntil: 'commit' });
      await expect(page.locator('footer')).toBeVisible();
      // Nothing is painted before the style sheet is there.
      await expect.poll(() => ground(page)).not.toBe(UNSTYLED);
      expect(await ground(page)).toBe(dark);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.goto('/');
      await expect(theme).toHaveText(/dark/);
      await theme.click();
      await expect(theme).toHaveText(/auto/);
      expect(await ground(page)).toBe(light);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await ground(page)).toBe(dark);
    },
  );
});

describe('a wrong address', () => {
  siteTest('leads to a page that leads on', async ({ visit, problems }) => {
    const page = await visit('/posts/99-not-written/');
    // Two witnesses: the answer itself, and the console's word about it.
    expect(problems.splice(0)).toEqual(
      expect.arrayContaining([expect.stringContaining('answer 404')]),
    );
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.locator('main').getByRole('link', { name: 'the log' }).click();
    await expect(page).toHaveURL(/\/posts\/$/);
  });
});

describe('for machines', () => {
  siteTest('the sitemap lists every page', async ({ visit }) => {
    const page = await visit('/posts/');
    const indexed = await readXml(page, '/sitemap-index.xml', 'sitemap > loc');
    expect(indexed.length).toBeGreaterThan(0);
    const listed = await Promise.all(
      indexed.map((address) => {
        return readXml(page, new URL(address).pathname, 'url > loc');
      }),
    );
    const paths = listed.flat().map((address) => new URL(address).pathname);
    expect(paths.sort()).toEqual(sitePages());
  });

  siteTest('the feed has each entry, dated, with a link', async ({ visit }) => {
    const page = await visit('/posts/');
    const read = (part: string) => readXml(page, '/rss.xml', `item > ${part}`);
    const links = await read('link');
    const paths = links.map((address) => new URL(address).pathname);
    expect(paths.sort()).toEqual(postPages());
    for (const part of ['title', 'description', 'pubDate', 'guid']) {
      expect(await read(part), part).toHaveLength(links.length);
    }
    for (const date of await read('pubDate')) {
      expect(Date.parse(date), date).not.toBeNaN();
    }
  });

  siteTest('robots.txt names the sitemap', async ({ visit }) => {
    const page = await visit('/robots.txt');
    await expect(page.locator('body')).toContainText(
      /User-agent: \*\s+Allow: \/\s+Sitemap: http\S+\/sitemap-index\.xml/,
    );
  });

  siteTest.for(sitePages())(
    '%s says what it is, and its share image is there',
    async (path, { visit }) => {
      const page = await visit(path);
      await expect(page).toHaveTitle(/WrongoDB/);
      const content = (name: string) =>
        page.locator(`meta[${name}]`).getAttribute('content');
      expect((await content('name="description"'))?.length).toBeGreaterThan(20);
      const image = await content('property="og:image"');
      const answer = await page.request.get(new URL(`${image}`).pathname);
      expect(answer.headers()['content-type']).toBe('image/png');
      const canonical = page.locator('link[rel="canonical"]');
      const address = `${await canonical.getAttribute('href')}`;
      expect(new URL(address).pathname).toBe(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    },
  );
});

describe('links within the site', () => {
  siteTest('lead to pages and to anchors that are there', async ({ visit }) => {
    const page = await visit('/');
    const anchors = new Map<string, Set<string>>();
    const links = new Map<string, string>();
    for (const path of sitePages()) {
      const html = builtPage(path);
      const ids = html.matchAll(/\sid="([^"]+)"/g);
      anchors.set(path, new Set([...ids].map(([, id = '']) => id)));
      for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
        const url = new URL(href, new URL(path, inject('siteUrl')));
        if (url.origin !== new URL(inject('siteUrl')).origin) continue;
        links.set(url.href.replaceAll('&amp;', '&'), path);
      }
    }
    const broken: string[] = [];
    for (const [href, from] of links) {
      const { pathname, hash } = new URL(href);
      const ids = anchors.get(pathname);
      const isFile = ids === undefined;
      const found = isFile && (await page.request.get(pathname)).ok();
      const id = decodeURIComponent(hash.slice(1));
      // An island's state lives behind the `#` as well.
      const isAnchor = id !== '' && !id.includes('=');
      const isThere = isFile ? found : !isAnchor || ids.has(id);
      if (!isThere) broken.push(`${from} -> ${pathname}${hash}`);
    }
    expect(broken).toEqual([]);
    expect(links.size).toBeGreaterThan(30);
  });
});

/** The colour of the paper, as it is painted. */
function ground(page: Page): Promise<string> {
  return page.evaluate(() => {
    const [body, root] = [document.body, document.documentElement];
    const colour = getComputedStyle(body).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)'
      ? getComputedStyle(root).backgroundColor
      : colour;
  });
}

/** The texts of all elements of an XML file; throws when it does not parse. */
function readXml(page: Page, path: string, select: string): Promise<string[]> {
  return page.evaluate(
    async ([address = '', selector = '']) => {
      const answer = await fetch(address);
      const type = 'application/xml';
      const xml = new DOMParser().parseFromString(await answer.text(), type);
      const error = xml.querySelector('parsererror');
      if (error !== null) throw new Error(`${address}: ${error.textContent}`);
      const found = xml.querySelectorAll(selector);
      return Array.from(found, (element) => element.textContent ?? '');
    },
    [path, select],
  );
}
