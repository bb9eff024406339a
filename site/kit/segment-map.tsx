/**
 * The panel `index`: the map in memory above the segment files on the disk.
 * A letter on a map entry is on the record that it points at, too; pointing
 * at one lights the other.
 *
 * Props: `scene`, from segmentMapScene(disk, store) of a step.
 */
import './segment-map.css';
import { useSignal } from '@preact/signals';
import { hexOffset } from './inspector-scene.ts';
import type {
  MapEntry,
  RecordStatus,
  SegmentFile,
  SegmentMapScene,
  SegmentRecord,
} from './segment-map-scene.ts';

type Props = { scene: SegmentMapScene };

const STATUS: Record<RecordStatus, string> = {
  live: 'live',
  obsolete: 'obsolete',
  unread: 'not read yet',
  tombstone: 'tombstone',
  closed: 'clean close',
  broken: 'broken',
};

export function SegmentMap({ scene }: Props) {
  const lit = useSignal('');
  const light = (pointer: string) => {
    lit.value = pointer;
  };
  const { map, segments, others } = scene;
  return (
    <div class="segment-map" onPointerLeave={() => light('')}>
      <div class="index-map" role="group" aria-label="The map, in memory">
        <p class="segment-head">
          <strong>the map</strong> <span class="label">in memory</span>
        </p>
        {map === undefined ? (
          <p class="index-gone">
            No process, no map. Opening rebuilds it from the files.
          </p>
        ) : (
          <Entries map={map} lit={lit.value} onLight={light} />
        )}
      </div>
      <div class="segments" role="group" aria-label="The segments, on the disk">
        {segments.length === 0 && <p class="index-gone">No segment yet.</p>}
        {segments.map((segment) => (
          <Segment
            key={segment.name}
            segment={segment}
            lit={lit.value}
            onLight={light}
          />
        ))}
        {others.length > 0 && (
          <p class="segment-others">beside them: {others.join(', ')}</p>
        )}
      </div>
    </div>
  );
}

interface Lighting {
  readonly lit: string;
  readonly onLight: (pointer: string) => void;
}

function Entries({
  map,
  lit,
  onLight,
}: { map: readonly MapEntry[] } & Lighting) {
  if (map.length === 0) return <p class="index-gone">It is empty.</p>;
  return (
    <ul class="index-entries">
      {map.map(({ key, pointer, segmentId, offset }) => (
        <li
          key={key}
          data-lit={pointer === lit || undefined}
          onPointerEnter={() => onLight(pointer)}
        >
          <b class="bytes">{key}</b>
          <span aria-hidden="true">→</span>
          <Pointer letter={pointer} />
          <span class="index-place bytes">
            segment {segmentId}, {hexOffset(offset)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Segment({
  segment,
  lit,
  onLight,
}: { segment: SegmentFile } & Lighting) {
  const { name, sizeBytes, isActive, replaces, isNameDurable } = segment;
  const notes = [
    isActive ? 'active: new records go here' : '',
    replaces === '' ? '' : `merged, replaces ${replaces}`,
    isNameDurable ? '' : 'name not durable yet',
  ].filter((note) => note !== '');
  return (
    <div class="segment" data-active={isActive || undefined}>
      <p class="segment-head">
        <strong class="bytes">{name}</strong>{' '}
        <span class="meter">{sizeBytes} bytes</span>
        {notes.map((note) => (
          <span class="segment-note" key={note}>
            {note}
          </span>
        ))}
      </p>
      <ol class="segment-records">
        {segment.records.map((record) => (
          <Record
            key={record.offset}
            record={record}
            lit={lit}
            onLight={onLight}
          />
        ))}
        {segment.records.length === 0 && (
          <li class="segment-empty">no record</li>
        )}
      </ol>
    </div>
  );
}

function Record({
  record,
  lit,
  onLight,
}: { record: SegmentRecord } & Lighting) {
  const { offset, status, key, value, pointer, isDirty } = record;
  const text = status === 'closed' ? 'closed' : status === 'broken' ? 'X' : key;
  return (
    <li
      class="segment-record"
      data-status={status}
      data-dirty={isDirty || undefined}
      data-lit={(pointer !== '' && pointer === lit) || undefined}
      onPointerEnter={() => onLight(pointer)}
    >
      <span class="segment-offset">{hexOffset(offset)}</span>
      <span class="segment-text bytes">
        {status === 'tombstone' && <b aria-hidden="true">† </b>}
        {text}
        {value !== '' && (
          <span class="segment-value">
            {status === 'broken' ? ': ' : ' = '}
            {value}
          </span>
        )}
      </span>
      <span class="segment-status">
        {pointer !== '' && <Pointer letter={pointer} />}
        {STATUS[status]}
        {isDirty && <b class="segment-dirty"> D, in a cache only</b>}
      </span>
    </li>
  );
}

function Pointer({ letter }: { letter: string }) {
  return <b class="pointer">{letter}</b>;
}
