import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replayScenario } from './replay-scenario.ts';

const FOLDER = new URL('./golden/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.scenario'));

test('there are scenarios', () => {
  expect(FILES.length).toBeGreaterThan(20);
});

test.each(FILES)('the story %s still goes as it is told', async (file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  expect(await replayScenario(text)).toBe(text);
});
