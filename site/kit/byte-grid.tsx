/**
 * The hex dump of an inspector: a grid of bytes that the arrow keys walk.
 * Rows hold 8 bytes; where there is room, CSS puts two of them side by side.
 * On a phone the characters stand under their bytes instead of beside them.
 */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ByteCell, ByteRow, InspectorScene } from './inspector-scene.ts';
import { hexOffset } from './inspector-scene.ts';

/** Beyond this, rows of 16 save more scrolling than fields beside them. */
const LONG_SIZE_BYTES = 256;

interface Props {
  readonly scene: InspectorScene;
  /** Rows of the page that is shown. */
  readonly rows: readonly ByteRow[];
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  /** Bytes that were flipped, by offset. */
  readonly flipped: ReadonlySet<number>;
  readonly onSelect: (offset: number) => void;
  readonly onHover: (region: number | undefined) => void;
}

export function ByteGrid(props: Props) {
  const { scene, rows, selected, hovered, flipped, onSelect, onHover } = props;
  const grid = useRef<HTMLDivElement>(null);
  const first = rows[0]?.offset ?? 0;
  const isHere = rows.some((row) => row.cells.some(isSelected(selected)));
  const tabStop = isHere ? selected : first;
  const move = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>) => {
    const from = selected ?? first;
    const to = moved(event, from, scene.sizeBytes, columnsOf(grid.current));
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(to);
    // On the next page the cell is yet to be drawn.
    const isDrawn = focusByte(grid.current, to);
    if (!isDrawn) requestAnimationFrame(() => focusByte(grid.current, to));
  };
  return (
    <div
      class="bytes-grid"
      data-long={scene.sizeBytes > LONG_SIZE_BYTES || undefined}
      role="grid"
      aria-label={`Bytes of ${scene.name}`}
      aria-rowcount={Math.ceil(scene.sizeBytes / 8)}
      ref={grid}
      onKeyDown={move}
      onClick={(event) => {
        const offset = offsetUnder(event.target);
        if (offset !== undefined) onSelect(offset);
      }}
      onPointerOver={(event) => {
        const offset = offsetUnder(event.target);
        onHover(offset === undefined ? undefined : regionAt(rows, offset));
      }}
      onPointerLeave={() => onHover(undefined)}
    >
      {rows.map((row, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: its cells are.
        <div
          class="bytes-row"
          role="row"
          key={row.offset}
          data-half={at % 2}
          style={`--row:${at + 1};--line:${Math.floor(at / 2) + 1}`}
          aria-rowindex={row.offset / 8 + 1}
        >
          <span class="bytes-offset" aria-hidden="true">
            {row.offsetText}
          </span>
          {row.cells.map((cell) => (
            <Byte
              key={cell.offset}
              cell={cell}
              scene={scene}
              isSelected={cell.offset === selected}
              isTabStop={cell.offset === tabStop}
              isLit={cell.region === hovered}
              isFlipped={flipped.has(cell.offset)}
              onHover={onHover}
            />
          ))}
          <Ascii row={row} {...props} />
        </div>
      ))}
    </div>
  );
}

interface ByteProps {
  readonly cell: ByteCell;
  readonly scene: InspectorScene;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly isLit: boolean;
  readonly isFlipped: boolean;
  readonly onHover: (region: number | undefined) => void;
}

function Byte({ cell, scene, isTabStop, ...props }: ByteProps) {
  const { offset, hex, ascii, region: index, isDirty } = cell;
  const region = scene.regions[index];
  const state = region?.state ?? 'clean';
  const words = [`${hex} ${ascii}`, hexOffset(offset), region?.field];
  if (state !== 'clean') words.push(state);
  if (isDirty) words.push('dirty');
  if (props.isFlipped) words.push('flipped');
  return (
    <button
      type="button"
      class="byte"
      role="gridcell"
      data-offset={offset}
      data-state={isDirty && state === 'clean' ? 'dirty' : state}
      data-start={cell.isRegionStart || undefined}
      data-record-start={cell.isRecordStart || undefined}
      data-lit={props.isLit || undefined}
      data-flipped={props.isFlipped || undefined}
      aria-selected={props.isSelected}
      aria-label={words.join(', ')}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => props.onHover(index)}
      onBlur={() => props.onHover(undefined)}
    >
      {hex} <span class="byte-ascii">{ascii}</span>
    </button>
  );
}

type AsciiProps = Pick<Props, 'selected' | 'hovered'> & {
  readonly row: ByteRow;
};

/** The same bytes as characters; for eyes only, the cells say it already. */
function Ascii({ row, selected, hovered }: AsciiProps) {
  return (
    <span class="bytes-ascii" aria-hidden="true">
      {row.cells.map(({ offset, ascii, region }) => (
        <span
          key={offset}
          data-at={offset}
          data-lit={region === hovered || undefined}
          data-selected={offset === selected || undefined}
        >
          {ascii}
        </span>
      ))}
    </span>
  );
}

/** The byte under the pointer, as hex or as a character. */
function offsetUnder(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest<HTMLElement>('[data-offset], [data-at]');
  const offset = cell?.dataset.offset ?? cell?.dataset.at;
  return offset === undefined ? undefined : Number(offset);
}

function regionAt(rows: readonly ByteRow[], offset: number) {
  const row = rows.find((one) => offset < one.offset + one.cells.length);
  return row?.cells.find((cell) => cell.offset === offset)?.region;
}

function isSelected(selected: number | undefined) {
  return ({ offset }: ByteCell) => offset === selected;
}

/** Where a key leads from a byte; undefined for keys of others. */
function moved(
  event: KeyboardEvent,
  from: number,
  sizeBytes: number,
  columns: number,
): number | undefined {
  if (event.altKey || event.metaKey) return undefined;
  const last = sizeBytes - 1;
  const rowStart = from - (from % columns);
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    PageUp: from - 8 * columns,
    PageDown: from + 8 * columns,
    Home: event.ctrlKey ? 0 : rowStart,
    End: event.ctrlKey ? last : rowStart + columns - 1,
  };
  const to = steps[event.key];
  if (to === undefined) return undefined;
  const isOutside = to < 0 || to > last;
  const isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  if (isOutside && isVertical) return from;
  return Math.min(Math.max(to, 0), last);
}

/** 16 when two rows of 8 stand on one line. */
function columnsOf(grid: HTMLElement | null): number {
  const [first, second] =
    grid?.querySelectorAll('.bytes-row > :nth-child(2)') ?? [];
  if (!(first instanceof HTMLElement) || !(second instanceof HTMLElement)) {
    return 8;
  }
  return first.offsetTop === second.offsetTop ? 16 : 8;
}

function focusByte(grid: HTMLElement | null, offset: number): boolean {
  const cell = grid?.querySelector<HTMLElement>(`[data-offset="${offset}"]`);
  cell?.focus();
  return cell !== null && cell !== undefined;
}
