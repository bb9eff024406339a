/** The golden scenarios by name, for figures; read when a page is built. */
import { scenarioCommands } from '#engine/playground.ts';

const FILES: Record<string, string> = import.meta.glob(
  '/engine/scenarios/golden/*.scenario',
  { query: '?raw', import: 'default', eager: true },
);

/** The commands of a scenario. Throws RangeError when there is no such file. */
export function scenarioNamed(name: string): readonly string[] {
  const text = FILES[`/engine/scenarios/golden/${name}.scenario`];
  if (text !== undefined) return scenarioCommands(text);
  throw new RangeError(
    `there is no scenario ${name}; there are ${scenarioNames().join(', ')}`,
  );
}

/** The names of all scenarios, in order. */
export function scenarioNames(): string[] {
  return Object.keys(FILES)
    .map((path) => path.replace(/^.*\/(.+)\.scenario$/, '$1'))
    .sort();
}
