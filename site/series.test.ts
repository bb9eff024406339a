import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plannedPosts } from './series.ts';

test('the series is numbered from 00 to 24 without a gap', () => {
  expect(plannedPosts.map(({ number }) => number)).toEqual(
    Array.from({ length: 25 }, (_, index) => index),
  );
});

test('each slug begins with its number, and each question asks', () => {
  for (const { number, slug, question } of plannedPosts) {
    expect(slug).toMatch(/^\d\d-[a-z0-9-]+$/);
    expect(Number(slug.slice(0, 2))).toBe(number);
    expect(question).toMatch(/\?$/);
  }
});

test('every folder of blog/ has its place in the plan', () => {
  const slugs = plannedPosts.map(({ slug }) => slug);
  const folders = readdirSync('blog', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const folder of folders) expect(slugs).toContain(folder);
});
