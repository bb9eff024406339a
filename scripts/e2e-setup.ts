/**
 * Before the end-to-end tests: the site is built if it is stale and served on
 * a free port. A test asks for the address with `inject('siteUrl')`.
 */
import type { TestProject } from 'vitest/node';
import { buildSite, siteFolder } from './build-site.ts';
import { type ServedSite, serveSite } from './serve-site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built site is served, with a slash at its end. */
    siteUrl: string;
  }
}

let site: ServedSite | undefined;

export async function setup({ provide }: TestProject): Promise<void> {
  await buildSite();
  site = await serveSite({ folder: siteFolder, port: 0 });
  provide('siteUrl', site.url);
}

export async function teardown(): Promise<void> {
  await site?.close();
}
