import type { APIContext } from 'astro';
import { entryNumber, loadEntries } from '#site/log/entries.ts';
import { drawShareImage } from '#site/social/draw-share-image.ts';

export async function getStaticPaths() {
  const entries = await loadEntries();
  const posts = entries.map(({ slug, post }) => ({
    params: { name: slug },
    props: {
      label: `log entry ${entryNumber(post.data.number)}`,
      title: post.data.title,
      question: post.data.question,
      inked: [post.data.number],
    },
  }));
  const site = {
    params: { name: 'wrongodb' },
    props: {
      label: 'an engineer’s bench log',
      title: 'A storage engine that you can break in the page',
      question: 'How databases store things, by doing everything wrong first.',
      inked: entries.map(({ post }) => post.data.number),
    },
  };
  return [site, ...posts];
}

export async function GET({ props }: APIContext): Promise<Response> {
  const { label, title, question, inked } = props;
  const png = await drawShareImage({ label, title, question, inked });
  return new Response(new Uint8Array(png), {
    headers: { 'content-type': 'image/png' },
  });
}
