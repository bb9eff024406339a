import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCrash } from './crash.ts';

let directory = '';
let printed = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wrongodb-crash-'));
  printed = '';
  const keep = (text: unknown) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

test('a campaign prints its states and writes them as JSON', async () => {
  const file = join(directory, 'crash.json');
  const args = ['--seconds', '1', '--seed', '5', '--rung', 'json-file'];
  expect(await runCrash([...args, '--json', file])).toBe(0);
  expect(printed).toContain('seed 5');
  expect(printed).toMatch(/\d+ crash states, 0 violations/);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  expect(json.results[0].counts.states).toBeGreaterThan(100);
});

test('the kill table names every mutant of a rung', async () => {
  const args = ['--mutants', '--seed', '1', '--rung', 'json-file'];
  expect(await runCrash(args)).toBe(0);
  expect(printed).toMatch(/killed +json-file +overwrite-in-place/);
  expect(printed).toContain('3 mutants killed, 0 alive');
});

test.each([[['--seconds', 'many']], [['--rung', 'b-tree']], [['--unknown']]])(
  'bad arguments %j give the usage and status 2',
  async (args) => {
    expect(await runCrash(args)).toBe(2);
    expect(printed).toContain('npm run crash');
  },
);
