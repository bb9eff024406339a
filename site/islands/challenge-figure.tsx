/**
 * A challenge with its editor, its checker in the worker, and what the reader
 * did kept in this browser and in the address.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { decodeOperationList } from '../challenges/cat-is-back-answer.ts';
import type { ChallengeId, ChallengeText } from '../challenges/challenge.ts';
import {
  decodeCommitChoice,
  WRITERS_MAX,
} from '../challenges/five-hundred-answer.ts';
import { decodeSaveChoices } from '../challenges/lose-exactly-one-answer.ts';
import {
  type BitMaterial,
  decodeBitChoice,
} from '../challenges/one-bit-answer.ts';
import {
  decodeSaveOrder,
  SAVE_CALLS,
} from '../challenges/order-four-calls-answer.ts';
import { BitPicker } from '../kit/bit-picker.tsx';
import { Challenge } from '../kit/challenge.tsx';
import { CommitWays, Slider } from '../kit/commit-form.tsx';
import { keepValue, keptValue } from '../kit/kept-locally.ts';
import { OperationBuilder } from '../kit/operation-builder.tsx';
import { OrderList } from '../kit/order-list.tsx';
import { SaveScript } from '../kit/save-script.tsx';
import type { JsonValue } from '../kit/url-state.ts';
import { useFragment } from '../kit/use-fragment.ts';
import { engineClient } from '../worker/engine-client.ts';

export interface ChallengeFigureProps {
  readonly text: ChallengeText;
  readonly initial: JsonValue;
  readonly solution: JsonValue;
  /** What the editor needs of the engine; only challenge 02 does. */
  readonly material: BitMaterial | undefined;
}

/** A check may open a thousand stores; longer than this, it hangs. */
const CHECK_TIMEOUT_MS = 60_000;

export function ChallengeFigure(props: ChallengeFigureProps) {
  const { text, initial, solution, material } = props;
  const { id } = text;
  const control = useAnswer(props);
  return (
    <div data-lab={`challenge-${id}`}>
      <Challenge
        text={text}
        answer={control.answer}
        isSolved={control.isSolved}
        onReset={() => control.set(initial)}
        onSolution={() => control.set(solution)}
        onCheck={async (signal) => {
          const result = await engineClient().call(
            'check-challenge',
            { challengeId: id, answer: control.answer },
            { signal, timeoutMs: CHECK_TIMEOUT_MS },
          );
          if (result.passed) control.solve();
          return result;
        }}
      >
        <Editor
          id={id}
          answer={control.answer}
          material={material}
          onAnswer={control.set}
        />
      </Challenge>
    </div>
  );
}

/** The answer: kept in the browser, overruled by the address. */
function useAnswer({ text, initial }: ChallengeFigureProps) {
  const { id } = text;
  const answer = useSignal<JsonValue>(initial);
  const isSolved = useSignal(false);
  const address = useFragment(`challenge-${id}`, {
    onState: (state) => {
      if (!isAnswer(id, state)) return false;
      answer.value = state;
      return true;
    },
  });
  useEffect(() => {
    isSolved.value = keptValue(`challenge.${id}.solved`) === true;
    const kept = keptValue(`challenge.${id}.answer`);
    const isUntouched = answer.value === initial;
    if (isUntouched && isAnswer(id, kept)) answer.value = kept;
  }, [id, answer, initial, isSolved]);
  return {
    answer: answer.value,
    isSolved: isSolved.value,
    set: (next: JsonValue) => {
      answer.value = next;
      const isInitial = next === initial;
      keepValue(`challenge.${id}.answer`, isInitial ? undefined : next);
      address.write(isInitial ? undefined : next);
    },
    solve: () => {
      isSolved.value = true;
      keepValue(`challenge.${id}.solved`, true);
    },
  };
}

interface EditorProps {
  readonly id: ChallengeId;
  readonly answer: JsonValue;
  readonly material: BitMaterial | undefined;
  readonly onAnswer: (answer: JsonValue) => void;
}

/** The editor of a challenge; each decodes the answer as its own kind. */
function Editor({ id, answer, material, onAnswer }: EditorProps) {
  switch (id) {
    case '00-lose-exactly-one': {
      const choices = decodeSaveChoices(answer);
      return choices && <SaveScript choices={choices} onChoices={onAnswer} />;
    }
    case '01-order-four-calls': {
      const order = decodeSaveOrder(answer) ?? [];
      const items = order.flatMap((step) =>
        SAVE_CALLS.filter((call) => call.step === step).map((call) => ({
          id: call.step,
          label: call.label,
          meaning: call.meaning,
        })),
      );
      return (
        <OrderList
          label="The calls, in order"
          items={items}
          onOrder={onAnswer}
        />
      );
    }
    case '02-one-bit': {
      const choice = decodeBitChoice(answer);
      if (choice === undefined || material === undefined) return null;
      return (
        <BitPicker choice={choice} material={material} onChoice={onAnswer} />
      );
    }
    case '03-five-hundred': {
      const choice = decodeCommitChoice(answer);
      if (choice === undefined) return null;
      const { writers, ...ways } = choice;
      return (
        <div class="commit-form">
          <Slider
            label="Writers"
            value={writers}
            min={1}
            max={WRITERS_MAX}
            onValue={(next) => onAnswer({ ...choice, writers: next })}
          />
          <CommitWays
            id={id}
            ways={ways}
            onWays={(next) => onAnswer({ ...choice, ...next })}
          />
        </div>
      );
    }
    case '04-cat-is-back': {
      const list = decodeOperationList(answer);
      return list && <OperationBuilder list={list} onList={onAnswer} />;
    }
  }
}

function isAnswer(id: ChallengeId, value: unknown): value is JsonValue {
  const decoders = {
    '00-lose-exactly-one': decodeSaveChoices,
    '01-order-four-calls': decodeSaveOrder,
    '02-one-bit': decodeBitChoice,
    '03-five-hundred': decodeCommitChoice,
    '04-cat-is-back': decodeOperationList,
  };
  return decoders[id](value) !== undefined;
}
