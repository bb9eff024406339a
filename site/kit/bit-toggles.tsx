/** One byte explained, and its eight bits as buttons that flip them. */
import type { ByteExplanation } from './inspector-scene.ts';

interface Props {
  readonly explained: ByteExplanation | undefined;
  readonly sizeBytes: number;
  readonly onSelect: (offset: number) => void;
  /** 0 is the lowest bit. */
  readonly onFlip: (bit: number) => void;
}

export function BitToggles({ explained, sizeBytes, onSelect, onFlip }: Props) {
  if (explained === undefined) {
    return (
      <p class="explain explain-empty">
        Choose a byte: it is explained here, and its bits can be flipped.
      </p>
    );
  }
  const { offset, offsetText, sentence, bits } = explained;
  return (
    <div class="explain">
      <div class="explain-walk">
        <Walk
          label="Byte before"
          arrow="←"
          disabled={offset === 0}
          onWalk={() => onSelect(offset - 1)}
        />
        <strong class="bytes">{offsetText}</strong>
        <Walk
          label="Next byte"
          arrow="→"
          disabled={offset === sizeBytes - 1}
          onWalk={() => onSelect(offset + 1)}
        />
      </div>
      <p class="explain-text" role="status">
        {sentence}
      </p>
      <div class="bits" role="group" aria-label="Bits, click to flip">
        {bits.map((isSet, at) => {
          const bit = 7 - at;
          return (
            <button
              type="button"
              class="bit"
              key={bit}
              aria-pressed={isSet}
              onClick={() => onFlip(bit)}
            >
              <span class="bit-value">{isSet ? 1 : 0}</span>
              <span class="visually-hidden"> is bit </span>
              <span class="bit-number">{bit}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

interface WalkProps {
  readonly label: string;
  readonly arrow: string;
  readonly disabled: boolean;
  readonly onWalk: () => void;
}

function Walk({ label, arrow, disabled, onWalk }: WalkProps) {
  return (
    <button type="button" class="button" disabled={disabled} onClick={onWalk}>
      <span aria-hidden="true">{arrow}</span>
      <span class="visually-hidden">{label}</span>
    </button>
  );
}
