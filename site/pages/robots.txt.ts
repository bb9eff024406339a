import type { APIContext } from 'astro';

export function GET({ site, url }: APIContext): Response {
  const sitemap = new URL('/sitemap-index.xml', site ?? url);
  return new Response(`User-agent: *\nAllow: /\nSitemap: ${sitemap}\n`);
}
