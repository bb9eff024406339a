/**
 * What there is to test, read from the build itself: a new page or figure is
 * tested on the day that it is built, and no list has to be kept.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { siteFolder } from '../../scripts/build-site.ts';

/** The path of every page but the one for lost readers, `/` first. */
export function sitePages(): string[] {
  return globSync('**/*.html', { cwd: siteFolder })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file !== '404.html')
    .map((file) => `/${file.replace(/index\.html$/, '')}`)
    .sort();
}

/** The pages of one entry each; the first entry is the home page. */
export function postPages(): string[] {
  return sitePages().filter((path) => /^\/(posts\/[^/]+\/)?$/.test(path));
}

/** A page as the server sends it. */
export function builtPage(path: string): string {
  return readFileSync(join(siteFolder, path, 'index.html'), 'utf8');
}

/** A file of the build by the path of its address. */
export function builtFile(path: string): Buffer {
  return readFileSync(join(siteFolder, path));
}

export interface BuiltFigure {
  readonly path: string;
  readonly id: string;
}

/** Every figure of every page that has a timeline. */
export function figuresWithTimeline(): BuiltFigure[] {
  return sitePages().flatMap((path) => {
    const [, ...figures] = builtPage(path).split(/\bdata-lab="/);
    return figures
      .filter((html) => html.includes('class="timeline"'))
      .map((html) => ({ path, id: html.slice(0, html.indexOf('"')) }));
  });
}

/** A figure with a timeline as the server sends it. */
export function builtFigure(path: string, id: string): string {
  const [, html] = builtPage(path).split(`data-lab="${id}"`);
  const [own] = html?.split('</astro-island>') ?? [];
  if (own === undefined) throw new Error(`${path} has no figure ${id}`);
  return own;
}

/** The label of a figure's story, by the short name that links use. */
export function presetLabel(path: string, id: string, name: string): string {
  const islands = builtPage(path)
    .replaceAll('&quot;', '"')
    .split('<astro-island');
  const props = islands.find((island) => island.includes(`"id":[0,"${id}"]`));
  const [, after] = props?.split(`"name":[0,"${name}"],"label":[0,"`) ?? [];
  if (after === undefined) throw new Error(`${id} has no preset ${name}`);
  return after.slice(0, after.indexOf('"]'));
}
