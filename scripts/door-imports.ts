/**
 * The site and the posts enter the engine by two doors: engine/index.ts, the
 * library, and engine/playground.ts, trace and inspection. Whatever else they
 * import from it would tie a page to the inside of a layer.
 *
 * Three imports pass besides: types, which leave no trace in the built page;
 * `?raw`, the source of an excerpt; and two tables that the site draws, the
 * layers and the kills. Read from the text, so that .astro and .mdx are held
 * to it as well.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Violation } from './layers.ts';

const doors = new Set([
  'engine/index.ts',
  'engine/playground.ts',
  'engine/layers.json',
  'engine/simulation/kill-table.json',
]);

// Clause and specifier of a static import or re-export, or of import(). The
// clause may run over several lines, but holds no quote and no semicolon.
const importStatement =
  /\b(?:(?:import|export)\b([^;'"()]*?)\bfrom\s*|import\s*\(?\s*)['"]([^'"]+)['"]/g;

interface ImportStatement {
  readonly clause: string;
  readonly specifier: string;
}

function findImports(source: string): ImportStatement[] {
  return [...source.matchAll(importStatement)].map((match) => ({
    clause: (match[1] ?? '').trim(),
    specifier: match[2] ?? '',
  }));
}

/** Whether a clause (`type X`, `{ type X, type Y }`) imports only types. */
function isTypeOnly(clause: string): boolean {
  if (/^type\b(?!\s*,|\s*$)/.test(clause)) return true;
  const names = /^\{([^}]*)\}$/.exec(clause)?.[1];
  if (names === undefined) return false;
  const list = names.split(',').map((name) => name.trim());
  return list.filter((name) => name !== '').every((n) => n.startsWith('type '));
}

/** The engine file that a specifier names, or undefined for any other. */
function engineTarget(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#engine/')) return specifier.slice(1);
  if (specifier.startsWith('/engine/')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(file), specifier);
  return path.startsWith('engine/') ? path : undefined;
}

/** The imports of one file of the site that enter by a wall. */
export function doorViolationsIn(file: string, source: string): Violation[] {
  return findImports(source).flatMap(({ clause, specifier }) => {
    const to = engineTarget(file, specifier);
    if (to === undefined || doors.has(to)) return [];
    if (to.endsWith('?raw') || isTypeOnly(clause)) return [];
    return [
      { rule: 'the-site-enters-the-engine-by-its-doors', from: file, to },
    ];
  });
}

/** Every such import under site/ and blog/. Tests may import anything. */
export function findDoorViolations(root: string): Violation[] {
  return ['site', 'blog']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((path) => `${folder}/${path.split(sep).join('/')}`)
        .filter((path) => /\.(tsx?|mjs|astro|mdx)$/.test(path))
        .filter((path) => !/\.(test\.tsx?|e2e\.ts)$/.test(path)),
    )
    .flatMap((path) =>
      doorViolationsIn(path, readFileSync(join(root, path), 'utf8')),
    );
}
