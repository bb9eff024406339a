/**
 * Replaying a scenario: its text again, with the answers of today.
 *
 * Why: the test that a story still holds is that its replay is its text.
 */
import { formatScenario, parseScenario } from './scenario-text.ts';
import { Story } from './story.ts';

/** The text that the engine would write today. Cost: one run of the story. */
export async function replayScenario(text: string): Promise<string> {
  const story = new Story();
  const blocks = [];
  for (const block of parseScenario(text)) {
    const answers: string[] = [];
    for (const command of block.commands) {
      answers.push(...(await story.perform(command)));
    }
    blocks.push({ ...block, answers });
  }
  return formatScenario(blocks);
}
