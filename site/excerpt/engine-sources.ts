/**
 * The engine's source files as text, by path. Vite watches them, so an
 * excerpt follows an edit in the development server.
 */
const sources = import.meta.glob<string>(
  ['/engine/**/*.ts', '/engine/layers.json'],
  { query: '?raw', import: 'default' },
);

/** The text of a file such as `engine/disk/disk.ts`. Throws if absent. */
export async function readEngineSource(file: string): Promise<string> {
  const load = sources[`/${file}`];
  if (load === undefined) {
    throw new Error(`no such engine file: ${file}`);
  }
  return load();
}
