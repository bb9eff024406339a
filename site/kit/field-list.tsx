/** The fields of an inspected file, record by record, linked to its bytes. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { InspectorRegion, InspectorScene } from './inspector-scene.ts';

interface Props {
  readonly scene: InspectorScene;
  /** The bytes of the page that is shown, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Index of the region of the selected byte. */
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  readonly onSelect: (offset: number) => void;
  readonly onHover: (region: number | undefined) => void;
}

export function FieldList(props: Props) {
  const { scene, from, to, selected } = props;
  const shown = scene.regions.filter(
    ({ offset, sizeBytes }) => offset < to && offset + sizeBytes > from,
  );
  const tabStop = shown.some(({ index }) => index === selected)
    ? selected
    : shown[0]?.index;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => showSelected(list.current), [selected]);
  return (
    <div
      class="fields"
      ref={list}
      role="group"
      aria-label={`Fields of ${scene.name}`}
      onKeyDown={moveFocus}
      onPointerLeave={() => props.onHover(undefined)}
    >
      {groupsOf(shown).map(({ record, regions }) => (
        <div class="fields-record" key={regions[0]?.index}>
          <p class="label">
            {record === undefined ? 'file' : `record ${record}`}
          </p>
          <ol>
            {regions.map((region) => (
              <li key={region.index}>
                <Field
                  region={region}
                  isTabStop={region.index === tabStop}
                  {...props}
                />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

type FieldProps = Props & {
  readonly region: InspectorRegion;
  readonly isTabStop: boolean;
};

function Field({ region, isTabStop, ...props }: FieldProps) {
  const { index, offset, field, meaning, state, letter, rangeText } = region;
  return (
    <button
      type="button"
      class="field-row"
      data-state={state}
      data-lit={index === props.hovered || undefined}
      aria-pressed={index === props.selected}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => props.onSelect(offset)}
      onFocus={() => props.onHover(index)}
      onBlur={() => props.onHover(undefined)}
      onPointerEnter={() => props.onHover(index)}
    >
      <span class="field-offset">{rangeText.split('..')[0]}</span>
      <span class="field-name">
        {letter !== '' && <b class="field-letter">{letter}</b>} {field}
      </span>
      <span class="field-meaning">{meaning}</span>
    </button>
  );
}

/** Regions of one record together; those of the file itself, too. */
function groupsOf(regions: readonly InspectorRegion[]) {
  const groups: { record: number | undefined; regions: InspectorRegion[] }[] =
    [];
  for (const region of regions) {
    const last = groups.at(-1);
    if (last !== undefined && last.record === region.record) {
      last.regions.push(region);
    } else {
      groups.push({ record: region.record, regions: [region] });
    }
  }
  return groups;
}

/** Scrolls the list, and never the page, to the selected field. */
function showSelected(list: HTMLDivElement | null): void {
  const row = list?.querySelector<HTMLElement>('[aria-pressed="true"]');
  if (!list || !row) return;
  const top = row.offsetTop - list.offsetTop;
  const isAbove = top < list.scrollTop;
  const isBelow = top + row.offsetHeight > list.scrollTop + list.clientHeight;
  if (isAbove || isBelow) list.scrollTop = top - list.clientHeight / 3;
}

function moveFocus(event: JSX.TargetedKeyboardEvent<HTMLDivElement>): void {
  const rows = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('.field-row'),
  ];
  const at = rows.findIndex((row) => row === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: rows.length - 1,
  };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  rows[Math.min(Math.max(to, 0), rows.length - 1)]?.focus();
}
