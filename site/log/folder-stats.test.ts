import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countScenarios, folderStats } from './folder-stats.ts';

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'folder-stats-'));
  mkdirSync(join(root, 'disk'));
  mkdirSync(join(root, 'ladder'));
  writeFileSync(join(root, 'disk/disk.ts'), 'one\ntwo\n');
  writeFileSync(
    join(root, 'disk/disk.test.ts'),
    "test('a', f);\n  test.each(x)('b', f);\n  it('c', f);\nlatest('no');\n",
  );
  writeFileSync(join(root, 'ladder/1-json-file.ts'), 'one\n');
  writeFileSync(join(root, 'ladder/1-json-file.test.ts'), "test('d', f);\n");
  writeFileSync(join(root, 'ladder/2-append-log.ts'), 'a\nb\nc\n');
});

afterAll(() => rmSync(root, { recursive: true }));

test('a folder counts its files, their lines, and the tests beside', () => {
  expect(folderStats(['disk'], root)).toEqual({ files: 1, lines: 2, tests: 3 });
});

test('a rung is a file, counted with its tests and nothing else', () => {
  expect(folderStats(['ladder/1-json-file'], root)).toEqual({
    files: 1,
    lines: 1,
    tests: 1,
  });
});

test('a suite counts as tests, not as source', () => {
  mkdirSync(join(root, 'suite'));
  writeFileSync(join(root, 'suite/disk.ts'), 'one\n');
  writeFileSync(join(root, 'suite/disk-suite.ts'), "  test('a', f);\n");
  expect(folderStats(['suite'], root)).toEqual({
    files: 1,
    lines: 1,
    tests: 1,
  });
});

test('a post counts the stories named after it', () => {
  mkdirSync(join(root, 'golden'));
  for (const name of [
    '03-a.scenario',
    '03-b.scenario',
    '13-c.scenario',
    '03.md',
  ])
    writeFileSync(join(root, 'golden', name), '');
  expect(countScenarios(3, join(root, 'golden'))).toBe(2);
  expect(countScenarios(4, join(root, 'golden'))).toBe(0);
});

test('a folder that is gone stops the build', () => {
  expect(() => folderStats(['btree'], root)).toThrow(/engine\/btree/);
});
