import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLinks } from './check-links.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrongodb-links-'));
  mkdirSync(join(folder, 'about'));
  page('about/index.html', '<h1 id="top">About</h1><a href="/">home</a>');
});

afterEach(() => rmSync(folder, { recursive: true }));

function page(path: string, body: string): void {
  const text = `<!doctype html><html lang="en"><body>${body}</body></html>`;
  writeFileSync(join(folder, path), text);
}

test('a sound site has no broken links', async () => {
  page('index.html', '<a href="/about/#top">about</a><a href="#s=N4Ig">s</a>');
  const { broken, checkedCount } = await checkLinks(folder);
  expect(broken).toEqual([]);
  expect(checkedCount).toBeGreaterThanOrEqual(2);
});

test('a missing page and a missing image are broken', async () => {
  page('index.html', '<a href="/gone/">gone</a><img src="a.png" alt="">');
  const { broken } = await checkLinks(folder);
  expect(broken.toSorted()).toEqual(['/ -> /a.png (404)', '/ -> /gone/ (404)']);
});

test('a missing anchor is broken', async () => {
  page('index.html', '<a href="/about/#bottom">about</a>');
  const { broken } = await checkLinks(folder);
  expect(broken).toHaveLength(1);
  expect(broken[0]).toContain('/about/#bottom');
});

test('a page that nothing links to is crawled as well', async () => {
  page('index.html', '<p>alone</p>');
  page('404.html', '<a href="/gone/">gone</a>');
  const { broken } = await checkLinks(folder);
  expect(broken).toEqual(['/404.html -> /gone/ (404)']);
});

test('a link that leaves the site is not followed', async () => {
  page('index.html', '<a href="https://example.invalid/">away</a>');
  const { broken } = await checkLinks(folder);
  expect(broken).toEqual([]);
});

test('the published address is followed in the built folder', async () => {
  page(
    'index.html',
    '<link rel="canonical" href="https://example.invalid/">' +
      '<a href="https://example.invalid/about/">about</a>' +
      '<a href="https://example.invalid/gone/">gone</a>',
  );
  const { broken } = await checkLinks(folder);
  expect(broken).toEqual(['/ -> /gone/ (404)']);
});
