import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const score = z.number().int().min(0).max(10);

const posts = defineCollection({
  loader: glob({
    base: './blog',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    number: z.number().int().min(0),
    title: z.string().min(1),
    // The hook, as large as the page allows. It ends with a question mark.
    question: z.string().min(1),
    // One or two sentences for the feed, the index and share images.
    summary: z.string().min(1),
    // Folders or files without extension below engine/, such as `disk` or
    // `ladder/1-json-file`. Their statistics are counted at build.
    engineFolders: z.array(z.string()),
    tags: z.array(z.string()),
    date: z.coerce.date(),
    // What a reader should be sure of, out of ten, before and after; and why.
    confidence: z.strictObject({
      before: score,
      after: score,
      why: z.string(),
    }),
  }),
});

export const collections = { posts };
