import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLayers } from './layers.ts';
import { runNode } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');
const readmes = ['README.md', 'engine/README.md'];

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe.each(readmes)('%s', (readme) => {
  test('links only to files that are there', () => {
    const links = matches(read(readme), /\]\(([^):#]+)(?:#[^)]*)?\)/g);
    const folder = dirname(join(repository, readme));
    const missing = links.filter((link) => !existsSync(join(folder, link)));
    expect(links.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  test('names only commands that are there', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      read('package.json'),
    );
    const named = matches(read(readme), /\bnpm run ([\w:-]+)/g);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

test('the README prints what its library example prints', async () => {
  const example =
    /```ts\n(?<source>[\s\S]+?)```[\s\S]*?```text\n(?<output>[\s\S]+?)```/;
  const { source, output } = example.exec(read('README.md'))?.groups ?? {};
  expect(source).toContain("'.wrongodb/");
  const folder = mkdtempSync(join(tmpdir(), 'wrongodb-readme-'));
  try {
    const elsewhere = source?.replace("'.wrongodb/", `'${folder}/`) ?? '';
    const run = await runNode(
      ['--input-type=module-typescript', '--eval', elsewhere],
      { output: 'keep' },
    );
    expect(run.output).toBe(output?.trimEnd());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the engine's README has a line for each folder of the engine", () => {
  const folders = readdirSync(join(repository, 'engine'), {
    withFileTypes: true,
  }).filter((entry) => entry.isDirectory());
  const text = read('engine/README.md');
  const missing = [
    ...folders.map(({ name }) => name),
    ...readLayers(repository).flat(),
  ].filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});
