/**
 * Four saves and a plug: how each sync ends, and what the cache leaves. For
 * challenge 00. What is on the medium already cannot be chosen.
 */
import {
  SAVED_DOCUMENTS,
  type SaveChoice,
  type SaveChoices,
} from '../challenges/lose-exactly-one-answer.ts';
import { Choice } from './commit-form.tsx';
import { StatePage } from './state-page.tsx';

interface SaveScriptProps {
  readonly choices: SaveChoices;
  readonly onChoices: (choices: SaveChoices) => void;
}

export function SaveScript({ choices, onChoices }: SaveScriptProps) {
  const lastHonest = choices.findLastIndex(({ honestSync }) => honestSync);
  const change = (at: number, part: Partial<SaveChoice>) =>
    onChoices(
      choices.map((one, other) => (other === at ? { ...one, ...part } : one)),
    );
  return (
    <ol class="saves">
      {SAVED_DOCUMENTS.map(({ key, value }, at) => {
        const choice = choices[at];
        if (choice === undefined) return null;
        const isCached = at > lastHonest;
        return (
          <li class="save" key={key}>
            <p class="save-command">
              <StatePage state={isCached ? 'dirty' : 'durable'} />
              <code>
                put {key} {value}
              </code>
              <span class="save-said">acknowledged</span>
            </p>
            <Choice
              name={`save-${key}`}
              legend="Its sync"
              value={choice.honestSync ? 'honest' : 'lie'}
              options={[
                { value: 'honest', label: 'is honest' },
                { value: 'lie', label: 'is a lie' },
              ]}
              onChoose={(way) => change(at, { honestSync: way === 'honest' })}
            />
            {isCached ? (
              <label class="save-fate choice-option">
                <input
                  type="checkbox"
                  checked={choice.survives}
                  onChange={(event) =>
                    change(at, { survives: event.currentTarget.checked })
                  }
                />
                <span>
                  <strong class="word save-dirty">D</strong> in the drive’s
                  cache: survives the power cut
                  <span class="visually-hidden"> ({key})</span>
                </span>
              </label>
            ) : (
              <p class="save-fate">on the medium: it survives</p>
            )}
          </li>
        );
      })}
      <li class="save save-plug">
        <p>
          <strong>The plug is pulled.</strong> Then the store is opened again.
        </p>
      </li>
    </ol>
  );
}
