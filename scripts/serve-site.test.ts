import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServedSite, serveSite } from './serve-site.ts';

let folder = '';
let served: ServedSite[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrongodb-serve-'));
  mkdirSync(join(folder, 'about'));
  writeFileSync(join(folder, 'index.html'), 'the front door');
  writeFileSync(join(folder, 'about/index.html'), 'about');
  writeFileSync(join(folder, '404.html'), 'no such page');
  writeFileSync(join(folder, '.build-stamp'), 'secret');
});

afterEach(async () => {
  await Promise.all(served.map((site) => site.close()));
  served = [];
  rmSync(folder, { recursive: true });
});

async function serve(port: number): Promise<ServedSite> {
  const site = await serveSite({ folder, port });
  served.push(site);
  return site;
}

async function get(url: string): Promise<string> {
  const response = await fetch(url);
  return `${response.status} ${await response.text()}`;
}

test('serves pages by folder, and its own 404 page', async () => {
  const { url } = await serve(0);
  expect(await get(url)).toBe('200 the front door');
  expect(await get(`${url}about/`)).toBe('200 about');
  expect(await get(`${url}none/`)).toBe('404 no such page');
  expect(await get(`${url}.build-stamp`)).toBe('404 no such page');
});

test('takes a later port when the first one is taken', async () => {
  const first = await serve(0);
  const second = await serve(first.port);
  expect(second.port).toBeGreaterThan(first.port);
  expect(await get(second.url)).toBe('200 the front door');
});

test('frees its port when closed, even with a connection open', async () => {
  const first = await serveSite({ folder, port: 0 });
  expect(await get(first.url)).toBe('200 the front door');
  await first.close();
  await expect(get(first.url)).rejects.toThrow();
  expect((await serve(first.port)).port).toBe(first.port);
});

test('refuses a folder that holds no site', async () => {
  const empty = join(folder, 'about', 'none');
  await expect(serveSite({ folder: empty, port: 0 })).rejects.toThrow(empty);
});
