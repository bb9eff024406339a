/**
 * What an inspector shows: which file, what was tried on it, and which byte
 * is pointed at. Trying never changes the file that was given.
 */
import { useSignal } from '@preact/signals';
import {
  type BitFlip,
  type InspectedFile,
  type InspectorScene,
  inspectorScene,
  withBitFlipped,
} from './inspector-scene.ts';
import { recognizeFile } from './recognize-file.ts';

/** What an inspector is given; see the head of inspector.tsx. */
export interface InspectorSource {
  readonly files: readonly InspectedFile[];
  readonly selected?: number | undefined;
  readonly follows?: boolean;
  readonly flipped?: ReadonlySet<number>;
  readonly onFlip?: ((flip: BitFlip) => void) | undefined;
  readonly onSelect?: ((offset: number) => void) | undefined;
}

export interface InspectorView {
  readonly file: InspectedFile | undefined;
  readonly scene: InspectorScene | undefined;
  readonly selected: number | undefined;
  /** Index of a region. */
  readonly hovered: number | undefined;
  readonly flipped: ReadonlySet<number>;
  /** What the format's reader says of tried bytes; why a file is refused. */
  readonly message: string;
  /** True when undo() has something to undo. */
  readonly isChanged: boolean;
  readonly hover: (region: number | undefined) => void;
  readonly select: (offset: number) => void;
  readonly flip: (bit: number) => void;
  readonly choose: (name: string) => void;
  readonly load: (name: string, bytes: Uint8Array) => void;
  readonly undo: () => void;
}

/** What a reader made of a file: bits flipped, or a file of their own. */
interface Tried {
  /** The file that it was made from; undefined for one that was loaded. */
  readonly base: InspectedFile | undefined;
  readonly file: InspectedFile;
  /** Offsets of bytes that differ from the base. */
  readonly flipped: ReadonlySet<number>;
}

const NOTHING_FLIPPED: ReadonlySet<number> = new Set();

/** The file shown, what was done to it, and what is pointed at. */
export function useInspector({
  files,
  onFlip,
  onSelect,
  ...source
}: InspectorSource): InspectorView {
  const name = useSignal<string | undefined>(undefined);
  const tried = useSignal<Tried | undefined>(undefined);
  const chosen = useSignal<number | undefined>(undefined);
  const hovered = useSignal<number | undefined>(undefined);
  const refusal = useSignal('');
  const given = files.find((one) => one.name === name.value) ?? files[0];
  // A new step shows its own bytes: what was tried on the old ones is over.
  const { base } = tried.value ?? {};
  const isCurrent = base === undefined || equalFiles(base, given);
  const own = isCurrent ? tried.value : undefined;
  const file = own?.file ?? given;
  const scene = file && inspectorScene(file, 8);
  const wanted = source.follows
    ? source.selected
    : (chosen.value ?? source.selected);
  const selected = clamp(wanted, file?.bytes.length);
  return {
    file,
    scene,
    selected,
    hovered: hovered.value,
    flipped: own?.flipped ?? source.flipped ?? NOTHING_FLIPPED,
    message: refusal.value || (own && scene ? verdictOf(scene) : ''),
    isChanged: own !== undefined,
    hover: (region: number | undefined) => {
      hovered.value = region;
    },
    select: (offset: number) => {
      chosen.value = offset;
      onSelect?.(offset);
    },
    flip: (bit: number) => {
      if (file === undefined || selected === undefined) return;
      if (onFlip !== undefined && own === undefined) {
        onFlip({ file: file.name, offset: selected, bit });
      } else {
        tried.value = flippedOnce(own, file, selected, bit);
      }
    },
    choose: (next: string) => {
      name.value = next;
      tried.value = undefined;
      chosen.value = undefined;
    },
    load: (loadedName: string, bytes: Uint8Array) => {
      const found = recognizeFile(loadedName, bytes);
      refusal.value = found.kind === 'refused' ? found.message : '';
      if (found.kind === 'refused') return;
      const flipped = NOTHING_FLIPPED;
      tried.value = { base: undefined, file: found.file, flipped };
      chosen.value = 0;
    },
    undo: () => {
      tried.value = undefined;
      refusal.value = '';
    },
  };
}

function flippedOnce(
  own: Tried | undefined,
  file: InspectedFile,
  offset: number,
  bit: number,
): Tried {
  const changed = withBitFlipped(file, offset, bit);
  const base = own === undefined ? file : own.base;
  const flipped = new Set(own?.flipped);
  if (changed.bytes[offset] === base?.bytes[offset]) flipped.delete(offset);
  else flipped.add(offset);
  return { base, file: changed, flipped };
}

/** What the format's reader makes of the bytes, in a sentence. */
function verdictOf({ regions }: InspectorScene): string {
  const broken = regions.find(({ state }) => state === 'broken');
  if (broken === undefined) return 'The reader believes every byte.';
  return `The reader stops at ${broken.rangeText.split('..')[0]}: ${broken.meaning}.`;
}

function clamp(offset: number | undefined, sizeBytes: number | undefined) {
  if (offset === undefined || !sizeBytes) return undefined;
  return Math.min(offset, sizeBytes - 1);
}

function equalFiles(
  a: InspectedFile | undefined,
  b: InspectedFile | undefined,
): boolean {
  return (
    a?.name === b?.name &&
    a?.bytes.length === b?.bytes.length &&
    (a?.bytes.every((byte, at) => byte === b?.bytes[at]) ?? true)
  );
}
