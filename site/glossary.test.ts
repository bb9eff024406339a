import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { glossary, glossaryEntry } from './glossary.ts';
import { plannedPosts } from './series.ts';

test('no two glossary entries share an id', () => {
  const ids = glossary.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('each definition is one sentence', () => {
  for (const { term, definition } of glossary) {
    expect(definition, term).toMatch(/[.”]$/);
    expect(definition.match(/\.\s+[A-Z]/), term).toBeNull();
  }
});

test('each entry names a post of the series', () => {
  for (const { firstPost } of glossary) {
    expect(plannedPosts.some(({ number }) => number === firstPost)).toBe(true);
  }
});

test('an unknown id throws', () => {
  expect(() => glossaryEntry('flux-capacitor')).toThrow(/flux-capacitor/);
});

test('every term used in a post is in the glossary', () => {
  const posts = readdirSync('blog', { recursive: true, encoding: 'utf8' });
  for (const path of posts.filter((name) => name.endsWith('.mdx'))) {
    const mdx = readFileSync(`blog/${path}`, 'utf8');
    for (const [, id = ''] of mdx.matchAll(/<Term\b[^>]*\bid="([^"]*)"/g)) {
      expect(() => glossaryEntry(id), `${path}: ${id}`).not.toThrow();
    }
  }
});
