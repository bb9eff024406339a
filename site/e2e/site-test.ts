/**
 * A test with the built site in a real Chromium: one browser for a file, and
 * for each visit a context of its own, which remembers nothing.
 *
 * A visit is also a witness. An error in the console, an uncaught error or a
 * failed request fails the test, whatever it was about; a test that provokes
 * one takes it out of `problems`. With E2E_PICTURES=FOLDER the pages of a
 * failed test are photographed.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright';
import { expect as playwrightExpect } from 'playwright/test';
import { inject, test } from 'vitest';
import { browserLaunchOptions } from '../../scripts/find-browser.ts';

export interface VisitOptions extends BrowserContextOptions {
  /** Runs in the page before any script of its own. */
  readonly beforeScripts?: () => void;
}

/** Opens a path of the site in a context of its own. */
export type Visit = (path: string, options?: VisitOptions) => Promise<Page>;

/** Slower than this on two busy cores is broken, not slow. */
const WAIT_MS = 15_000;

/** Playwright's assertions: those about a page wait until they hold. */
export const expect = playwrightExpect.configure({ timeout: WAIT_MS });

export const siteTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a pattern.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch(browserLaunchOptions());
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('problems', (): string[] => [])
  .extend('visit', async ({ browser, problems, task }, { onCleanup }) => {
    const contexts: BrowserContext[] = [];
    onCleanup(async () => {
      const isFailing = task.result?.state === 'fail' || problems.length > 0;
      if (isFailing) await takePictures(contexts, task.name);
      await Promise.all(contexts.map((context) => context.close()));
      expect(problems, 'what went wrong in the page').toEqual([]);
    });
    const visit: Visit = async (path, options = {}) => {
      const { beforeScripts, ...contextOptions } = options;
      const context = await browser.newContext({
        baseURL: inject('siteUrl'),
        ...contextOptions,
      });
      contexts.push(context);
      context.setDefaultTimeout(WAIT_MS);
      watch(context, problems);
      const page = await context.newPage();
      if (beforeScripts) await page.addInitScript(beforeScripts);
      await page.goto(path);
      return page;
    };
    return visit;
  });

/** Writes down whatever goes wrong, from the first request on. */
function watch(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => {
    const isTrouble = ['error', 'warning'].includes(message.type());
    if (isTrouble) problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => {
    problems.push(`uncaught: ${error.error().message}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason';
    // Whoever leaves a page cancels what it was still fetching.
    if (reason === 'net::ERR_ABORTED') return;
    problems.push(`request: ${request.url()}: ${reason}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400) return;
    problems.push(`answer ${response.status()}: ${response.url()}`);
  });
}

async function takePictures(
  contexts: readonly BrowserContext[],
  name: string,
): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const pages = contexts.flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = `${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 90)}-${index}`;
    await page.screenshot({ path: join(folder, `${file}.png`) });
  }
}
