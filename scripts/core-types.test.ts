import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNode, toolPath } from './run-tool.ts';

const engine = join(import.meta.dirname, '../engine');

const rejected = [
  ['node-bytes', "export const bytes = Buffer.from('a');", 'Buffer'],
  ['node-module', "import fs from 'node:fs';\nexport const f = fs;", 'node:fs'],
  ['document', 'export const title = document.title;', 'document'],
  ['process', 'export const e = process.env;', 'process'],
  ['enum', 'export enum Colour { red }', 'erasableSyntaxOnly'],
  ['unchecked-index', 'export const a: number = [1][0];', 'undefined'],
] as const;

let folder = '';
let complaints: readonly string[] = [];

/**
 * One run of the compiler over the whole core with more files planted in it.
 * The whole core, because one import whose types drag Node's in would let
 * every file use `Buffer`.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wrongodb-types-'));
  plant('plain-bytes', 'export const bytes = new Uint8Array(4);');
  for (const [name, source] of rejected) plant(name, source);
  const config = {
    extends: join(engine, 'tsconfig.json'),
    include: [join(folder, '*.ts'), join(engine, '**/*.ts')],
  };
  const configPath = join(folder, 'tsconfig.json');
  writeFileSync(configPath, JSON.stringify(config));
  const compiler = toolPath('@typescript/native', 'tsc');
  const { output } = await runNode(
    [compiler, '-p', configPath, '--pretty', 'false'],
    { output: 'keep' },
  );
  complaints = output.split('\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function plant(name: string, source: string): void {
  writeFileSync(join(folder, `planted-${name}.ts`), source);
}

function complaintsAbout(name: string): string {
  const file = `planted-${name}.ts(`;
  return complaints.filter((line) => line.includes(file)).join('\n');
}

test('the compiler accepts plain bytes in the core', () => {
  expect(complaintsAbout('plain-bytes')).toBe('');
});

test.each(rejected)('the compiler rejects %s in the core', (name, _, word) => {
  expect(complaintsAbout(name)).toContain(word);
});
