import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inputHash, isStale } from './input-hash.ts';

let root = '';
const patterns = ['site/**', 'astro.config.mjs'];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wrongodb-stamp-'));
  mkdirSync(join(root, 'site'));
  writeFileSync(join(root, 'site/a.astro'), 'a');
  writeFileSync(join(root, 'site/b.astro'), 'b');
});

afterEach(() => rmSync(root, { recursive: true }));

test('a touched file is the same input', () => {
  const before = inputHash(root, patterns);
  utimesSync(join(root, 'site/a.astro'), new Date(0), new Date(0));
  expect(inputHash(root, patterns)).toBe(before);
});

test('an edited, added, renamed or removed file is another input', () => {
  const seen = [inputHash(root, patterns)];
  const change = (edit: () => void) => {
    edit();
    seen.push(inputHash(root, patterns));
  };
  change(() => writeFileSync(join(root, 'site/a.astro'), 'c'));
  change(() => writeFileSync(join(root, 'site/d.astro'), ''));
  change(() => renameSync(join(root, 'site/d.astro'), join(root, 'site/e')));
  change(() => writeFileSync(join(root, 'astro.config.mjs'), ''));
  change(() => rmSync(join(root, 'site/b.astro')));
  expect(new Set(seen).size).toBe(seen.length);
});

test('a file outside the patterns does not count', () => {
  const before = inputHash(root, patterns);
  writeFileSync(join(root, 'README.md'), 'x');
  expect(inputHash(root, patterns)).toBe(before);
});

test('a pattern with ! leaves files out', () => {
  const without = [...patterns, '!site/e2e/**'];
  const before = inputHash(root, without);
  mkdirSync(join(root, 'site/e2e'));
  writeFileSync(join(root, 'site/e2e/c.ts'), 'c');
  expect(inputHash(root, without)).toBe(before);
  expect(inputHash(root, patterns)).not.toBe(before);
});

test('a build is stale without a stamp and with another hash', () => {
  const stamp = join(root, 'stamp');
  expect(isStale(stamp, 'one')).toBe(true);
  writeFileSync(stamp, 'one');
  expect(isStale(stamp, 'one')).toBe(false);
  expect(isStale(stamp, 'two')).toBe(true);
});
