/**
 * Follows every internal link and anchor of the built site. Links that leave
 * the site are not followed: a check must not depend on somebody's server.
 *
 * A crawler that starts at a wrong address finds nothing and is content, so
 * the count of links has a floor.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LinkChecker, type LinkResult, LinkState } from 'linkinator';
import { buildSite, siteFolder } from './build-site.ts';
import { serveSite } from './serve-site.ts';

export interface LinkReport {
  readonly checkedCount: number;
  /** A line for each broken link: the page, the link, the answer. */
  readonly broken: readonly string[];
}

/** Fewer links than this mean that the crawl itself is broken. */
const linksCountMin = 30;

/** Crawls the site in `folder`, starting from each of its pages. */
export async function checkLinks(folder: string): Promise<LinkReport> {
  const site = await serveSite({ folder, port: 0 });
  try {
    const links = await crawl(folder, site.url);
    const inSite = (url: string) => url.replace(site.url, '/');
    return {
      checkedCount: links.length,
      broken: links
        .filter(({ state }) => state === LinkState.BROKEN)
        .map(({ parent = '', url, status }) => {
          return `${inSite(parent)} -> ${inSite(url)} (${status ?? 'none'})`;
        }),
    };
  } finally {
    await site.close();
  }
}

async function crawl(folder: string, siteUrl: string): Promise<LinkResult[]> {
  const pages = globSync('**/*.html', { cwd: folder }).map((path) => {
    const url = path.split(sep).join('/');
    return siteUrl + url.replace(/(^|\/)index\.html$/, '$1');
  });
  const published = publishedAddress(folder);
  const addresses = [siteUrl, ...(published ? [published] : [])];
  const { links } = await new LinkChecker().check({
    path: pages,
    recurse: true,
    checkCss: true,
    checkFragments: true,
    concurrency: 20,
    timeout: 20_000,
    urlRewriteExpressions: addresses.map((address) => ({
      pattern: startOf(address),
      replacement: siteUrl,
    })),
    linksToSkip: async (link) =>
      !addresses.some((address) => link.startsWith(address)),
    // An island's state lives after the `#`; there is no such element.
    fragmentsToSkip: async (fragment) => fragment.includes('='),
  });
  return links.filter(({ state }) => state !== LinkState.SKIPPED);
}

/**
 * The address that the build was made for, from the front page's canonical
 * link: feeds and share images point there, and are followed here instead.
 */
function publishedAddress(folder: string): string | undefined {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const link = /<link\b[^>]*\brel="canonical"[^>]*>/.exec(page)?.[0] ?? '';
  return /\bhref="([^"]+)"/.exec(link)?.[1];
}

function startOf(address: string): RegExp {
  return new RegExp(`^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

if (import.meta.main) {
  await buildSite();
  const { checkedCount, broken } = await checkLinks(siteFolder);
  for (const line of broken) console.error(line);
  console.log(`${checkedCount} links followed, ${broken.length} broken`);
  const tooFew = checkedCount < linksCountMin;
  if (tooFew) console.error(`expected at least ${linksCountMin} links`);
  process.exitCode = broken.length > 0 || tooFew ? 1 : 0;
}
