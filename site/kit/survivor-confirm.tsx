/** Before the power goes: all, none, or what the tickets' boxes say. */
import type { SurvivorChoice } from './survivor-choice.ts';

interface Props {
  readonly choice: SurvivorChoice;
  /** Every effect that may survive. */
  readonly ids: readonly number[];
  /** Undefined: the reader leaves the power on. */
  readonly onChoose: (choice: SurvivorChoice | undefined) => void;
  readonly onConfirm: (choice: SurvivorChoice) => void;
}

export function SurvivorConfirm({ choice, ids, onChoose, onConfirm }: Props) {
  const all = new Map(ids.map((id) => [id, 'whole'] as const));
  return (
    <div class="lab-confirm" role="group" aria-label="Pull the plug">
      <p>
        What waits in a cache may have been written already, in any order.
        Chance decides; here, you do:{' '}
        <strong class="meter">
          {choice.size} of {ids.length}
        </strong>{' '}
        {choice.size === 1 ? 'survives' : 'survive'}.
      </p>
      <div class="lab-actions">
        <button
          type="button"
          class="button button-danger"
          onClick={() => onConfirm(choice)}
        >
          Cut the power
        </button>
        <button type="button" class="button" onClick={() => onChoose(all)}>
          All survive
        </button>
        <button
          type="button"
          class="button"
          onClick={() => onChoose(new Map())}
        >
          None
        </button>
        <button
          type="button"
          class="button"
          onClick={() => onChoose(undefined)}
        >
          Leave it on
        </button>
      </div>
    </div>
  );
}
