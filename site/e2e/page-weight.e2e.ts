/** What a page weighs before anybody has clicked, in bytes on the wire. */
import { gzipSync } from 'node:zlib';
import { describe, test } from 'vitest';
import { importGraph, islandsOf, workerFiles } from './import-graph.ts';
import { builtFile, builtPage, sitePages } from './site-pages.ts';
import { expect, siteTest } from './site-test.ts';
import { wakeIslands } from './wake-islands.ts';

const PAGE_MAX_BYTES = 150_000;
const ISLAND_MAX_BYTES = 40_000;

/** The engine's worker loads late; it may grow a fifth beyond this. */
const WORKER_MAX_BYTES = Math.round(19_700 * 1.2);

const pages = sitePages();
const gzipBytes = (file: Buffer | string) => gzipSync(file).length;
const sizeOf = (paths: Iterable<string>) =>
  [...paths].reduce((sum, path) => sum + gzipBytes(builtFile(path)), 0);

describe('the weight of', () => {
  siteTest.for(pages)(
    '%s: HTML, styles and fonts stay below 150 kB',
    async (path, { visit }) => {
      const page = await visit('/robots.txt');
      const files = new Set<string>();
      page.on('response', (response) => {
        const type = response.request().resourceType();
        if (type !== 'stylesheet' && type !== 'font') return;
        files.add(new URL(response.url()).pathname);
      });
      await page.goto(path);
      await wakeIslands(page);
      const sizes = [...files].map((file): [string, number] => {
        const bytes = builtFile(file);
        // A font is compressed already.
        const isFont = file.endsWith('.woff2');
        return [file, isFont ? bytes.length : gzipBytes(bytes)];
      });
      sizes.push([path, gzipBytes(builtPage(path))]);
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(PAGE_MAX_BYTES);
      expect(files.size, 'a page has styles and fonts').toBeGreaterThan(1);
    },
  );

  const islands = new Map(
    pages.flatMap(islandsOf).map((island) => [island.component, island]),
  );

  test.for([...islands.values()])(
    'the island $component: its own code stays below 40 kB',
    ({ component, renderer }) => {
      const framework = importGraph(renderer, { lazyToo: true });
      const needed = [...importGraph(component)];
      const own = needed.filter((file) => !framework.has(file));
      expect(own.length).toBeGreaterThan(0);
      expect(sizeOf(own), own.join()).toBeLessThanOrEqual(ISLAND_MAX_BYTES);
    },
  );

  test("the engine's worker grows by a fifth at most", () => {
    const workers = workerFiles();
    expect(workers.length).toBeGreaterThan(0);
    for (const worker of workers) {
      const size = sizeOf(importGraph(worker));
      console.log(`${worker}: ${size} bytes compressed`);
      expect(size).toBeLessThanOrEqual(WORKER_MAX_BYTES);
    }
  });
});
