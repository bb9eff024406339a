/**
 * Scenario files: a story as text, with the answers that the engine gave.
 *
 * Why: one story, two readers. A test runs the commands and compares the
 * answers; a figure runs the same commands and draws what happened. So what
 * a post shows is what a test has proved.
 *
 *   # A comment: what this story shows.
 *   open append-log
 *   put cat Mina
 *   sync
 *   ---
 *   opened empty
 *   acknowledged 1 write
 *
 *   crash power
 *   ...
 *
 * A block is commands, a line of ---, and the expected answers; blocks are
 * parted by an empty line. `npm run scenarios -- --rewrite` puts in the
 * answers of today, and the diff is what a reviewer reads.
 *
 * Real engines: the golden scripts of toydb and CockroachDB's datadriven
 * tests have this shape.
 */
/** Some commands and the answers to all of them together. */
export interface ScenarioBlock {
  /** Lines starting with #, which stay as they are. */
  readonly comments: readonly string[];
  readonly commands: readonly string[];
  readonly answers: readonly string[];
}

const DIVIDER = '---';

/** The blocks of a scenario; one without a divider has no answers yet. */
export function parseScenario(text: string): ScenarioBlock[] {
  return text
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map(parseBlock);
}

/** The text of a scenario; parseScenario() of it gives the blocks again. */
export function formatScenario(blocks: readonly ScenarioBlock[]): string {
  const texts = blocks.map(({ comments, commands, answers }) => {
    const body = commands.length > 0 ? [DIVIDER, ...answers] : [];
    return [...comments, ...commands, ...body].join('\n');
  });
  return `${texts.join('\n\n')}\n`;
}

/** All commands of a scenario, in order. */
export function scenarioCommands(text: string): string[] {
  return parseScenario(text).flatMap((block) => [...block.commands]);
}

function parseBlock(lines: readonly string[]): ScenarioBlock {
  const divider = lines.indexOf(DIVIDER);
  const head = divider < 0 ? lines : lines.slice(0, divider);
  const comments = head.filter((line) => line.startsWith('#'));
  const commands = head.filter((line) => !line.startsWith('#'));
  const answers = divider < 0 ? [] : lines.slice(divider + 1);
  return { comments, commands, answers };
}
