/**
 * One bit of one offset, in two files at once: the same accident happens to
 * both. For challenge 02.
 */
import { useSignal } from '@preact/signals';
import type {
  BitChoice,
  BitMaterial,
  DamagedFile,
} from '../challenges/one-bit-answer.ts';
import { Inspector } from './inspector.tsx';
import {
  hexOffset,
  type InspectedFile,
  withBitFlipped,
} from './inspector-scene.ts';

interface BitPickerProps {
  readonly choice: BitChoice;
  readonly material: BitMaterial;
  readonly onChoice: (choice: BitChoice) => void;
}

export function BitPicker({ choice, material, onChoice }: BitPickerProps) {
  const [flip] = choice;
  const selected = useSignal<number | undefined>(undefined);
  const at = selected.value ?? flip?.offset ?? 0;
  const flipped = new Set(flip === undefined ? [] : [flip.offset]);
  const select = (offset: number) => {
    selected.value = offset;
  };
  return (
    <div class="bit-picker">
      <p class="bit-choice" role="status">
        {flip === undefined
          ? 'No bit is flipped yet. Choose a byte, then one of its bits.'
          : `Flipped: bit ${flip.bit} of ${hexOffset(flip.offset)}, in both files.`}
      </p>
      <p class="label">As lines of JSON</p>
      <Inspector
        files={[damaged(material.lines, choice)]}
        selected={at}
        follows
        flipped={flipped}
        canLoad={false}
        onSelect={select}
        onFlip={({ offset, bit }) => {
          const isSame = flip?.offset === offset && flip.bit === bit;
          onChoice(isSame ? [] : [{ offset, bit }]);
        }}
      />
      <p class="label">As records with a checksum</p>
      <Inspector
        files={[damaged(material.framed, choice)]}
        selected={at}
        follows
        flipped={flipped}
        canFlip={false}
        onSelect={(offset) =>
          select(Math.min(offset, material.lines.bytes.length - 1))
        }
      />
    </div>
  );
}

function damaged({ name, bytes }: DamagedFile, [flip]: BitChoice) {
  const file: InspectedFile = {
    name,
    bytes: Uint8Array.from(bytes),
    dirty: [],
  };
  if (flip === undefined || flip.offset >= bytes.length) return file;
  return withBitFlipped(file, flip.offset, flip.bit);
}
