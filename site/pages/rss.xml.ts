import rss from '@astrojs/rss';
import type { APIContext } from 'astro';
import { loadEntries } from '#site/log/entries.ts';

export async function GET(context: APIContext): Promise<Response> {
  const entries = await loadEntries();
  return rss({
    title: 'WrongoDB',
    description:
      'How databases store things, learned by doing everything wrong first.',
    site: context.site ?? context.url,
    items: entries.toReversed().map(({ post, href }) => ({
      title: post.data.title,
      description: `${post.data.question} ${post.data.summary}`,
      link: href,
      pubDate: post.data.date,
      categories: post.data.tags,
    })),
  });
}
