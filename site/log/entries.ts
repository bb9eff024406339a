/**
 * The log's written entries, in order, each with what the build can count.
 */
import { type CollectionEntry, getCollection } from 'astro:content';
import { plannedPosts } from '../series.ts';
import { countWords, readingMinutes } from './count-words.ts';
import { figureNumbers } from './figure-numbers.ts';
import {
  countScenarios,
  type FolderStats,
  folderStats,
} from './folder-stats.ts';

export type Entry = {
  post: CollectionEntry<'posts'>;
  slug: string;
  href: string;
  words: number;
  minutes: number;
  stats: FolderStats;
  scenarios: number;
  figures: ReadonlyMap<string, string>;
};

/** Every written post, ordered by number. A post not in the plan throws. */
export async function loadEntries(): Promise<Entry[]> {
  const posts = await getCollection('posts');
  return posts
    .map(toEntry)
    .sort((a, b) => a.post.data.number - b.post.data.number);
}

function toEntry(post: CollectionEntry<'posts'>): Entry {
  const { number, engineFolders } = post.data;
  const plan = plannedPosts.find(({ slug }) => slug === post.id);
  if (plan === undefined || plan.number !== number) {
    throw new Error(
      `blog/${post.id} (number ${number}) is not in site/series.ts`,
    );
  }
  const body = post.body ?? '';
  const words = countWords(body);
  return {
    post,
    slug: post.id,
    href: entryHref(post.id),
    words,
    minutes: readingMinutes(words),
    stats: folderStats(engineFolders),
    scenarios: countScenarios(number),
    figures: figureNumbers(body, number),
  };
}

/** Where a post lives. The front door is the home page. */
export function entryHref(slug: string): string {
  return slug === '00-front-door' ? '/' : `/posts/${slug}/`;
}

/** `03`: how a log writes its numbers. */
export function entryNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** `21 Nov 2025`, the same on every machine. */
export function entryDate(date: Date): string {
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
