/**
 * K2: the byte inspector. Hex, characters and fields of a file, linked both
 * ways; a selected byte is explained, and its bits can be flipped.
 *
 * Props
 *   files      what may be inspected; the first is shown at rest
 *   missing    what to say when there is no file
 *   selected   the byte to explain at rest (an offset of the first file)
 *   follows    true: `selected` is the parent's, whatever the reader chooses
 *   flipped    offsets to mark as changed
 *   onFlip     called with a flipped bit, for a parent that runs the story on.
 *              Without it the inspector flips a copy of its own, and the
 *              format's real checksum answers in the regions.
 *   onSelect   told which byte is selected, for inspectors side by side
 *   canLoad    whether a reader may load a file of their own (true)
 *   canFlip    false leaves out the bits and all that is below them
 */
import './inspector.css';
import { useId } from 'preact/hooks';
import { BitToggles } from './bit-toggles.tsx';
import { ByteGrid } from './byte-grid.tsx';
import { FieldList } from './field-list.tsx';
import {
  explainByte,
  type InspectedFile,
  type InspectorScene,
} from './inspector-scene.ts';
import {
  type InspectorSource,
  type InspectorView,
  useInspector,
} from './use-inspector.ts';

interface InspectorProps extends InspectorSource {
  readonly missing?: string;
  readonly canLoad?: boolean;
  readonly canFlip?: boolean;
}

/** What a reader does not need to see at once: one sector a page. */
const PAGE_SIZE_BYTES = 512;

export function Inspector(props: InspectorProps) {
  const { files, missing = 'There is no file yet.' } = props;
  const { canLoad = true, canFlip = true } = props;
  const view = useInspector(props);
  const { file, scene, selected, hovered } = view;
  if (file === undefined || scene === undefined) {
    return <p class="inspector-missing">{missing}</p>;
  }
  const page = Math.floor((selected ?? 0) / PAGE_SIZE_BYTES);
  const rows = scene.rows.filter(
    ({ offset }) => Math.floor(offset / PAGE_SIZE_BYTES) === page,
  );
  const explained =
    selected === undefined ? undefined : explainByte(scene, selected);
  return (
    <div class="inspector">
      <div class="inspector-head">
        <FileChoice files={files} view={view} />
        <span class="inspector-size meter">{sizeText(scene.sizeBytes)}</span>
        {scene.sizeBytes > PAGE_SIZE_BYTES && (
          <Pages page={page} scene={scene} onSelect={view.select} />
        )}
      </div>
      <div class="inspector-body">
        <ByteGrid
          scene={scene}
          rows={rows}
          selected={selected}
          hovered={hovered}
          flipped={view.flipped}
          onSelect={view.select}
          onHover={view.hover}
        />
        <FieldList
          scene={scene}
          from={page * PAGE_SIZE_BYTES}
          to={(page + 1) * PAGE_SIZE_BYTES}
          selected={explained?.region.index}
          hovered={hovered}
          onSelect={view.select}
          onHover={view.hover}
        />
      </div>
      {canFlip && (
        <>
          <BitToggles
            explained={explained}
            sizeBytes={scene.sizeBytes}
            onSelect={view.select}
            onFlip={view.flip}
          />
          <Foot file={file} view={view} canLoad={canLoad} />
        </>
      )}
    </div>
  );
}

interface FootProps {
  readonly file: InspectedFile;
  readonly view: InspectorView;
  readonly canLoad: boolean;
}

function Foot({ file, view, canLoad }: FootProps) {
  return (
    <div class="inspector-foot">
      <a class="button" download={file.name} href={dataAddress(file.bytes)}>
        Download {file.name}
      </a>
      {canLoad && <FileLoader onLoad={view.load} />}
      {view.isChanged && (
        <button type="button" class="button" onClick={view.undo}>
          Undo
        </button>
      )}
      <p class="inspector-message" role="status">
        {view.message}
      </p>
    </div>
  );
}

function FileChoice({
  files,
  view,
}: {
  files: readonly InspectedFile[];
  view: InspectorView;
}) {
  const id = useId();
  if (files.length < 2) {
    return <strong class="inspector-name bytes">{view.file?.name}</strong>;
  }
  return (
    <span class="inspector-choice">
      <label class="visually-hidden" for={id}>
        File
      </label>
      <select
        id={id}
        class="inspector-select bytes"
        value={view.file?.name}
        onChange={(event) => view.choose(event.currentTarget.value)}
      >
        {files.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </span>
  );
}

interface PagesProps {
  readonly page: number;
  readonly scene: InspectorScene;
  readonly onSelect: (offset: number) => void;
}

function Pages({ page, scene, onSelect }: PagesProps) {
  const count = Math.ceil(scene.sizeBytes / PAGE_SIZE_BYTES);
  return (
    <span class="inspector-pages">
      <button
        type="button"
        class="button"
        disabled={page === 0}
        onClick={() => onSelect((page - 1) * PAGE_SIZE_BYTES)}
      >
        <span aria-hidden="true">←</span>
        <span class="visually-hidden">Sector before</span>
      </button>
      <span class="meter">
        sector {page + 1} of {count}
      </span>
      <button
        type="button"
        class="button"
        disabled={page === count - 1}
        onClick={() => onSelect((page + 1) * PAGE_SIZE_BYTES)}
      >
        <span aria-hidden="true">→</span>
        <span class="visually-hidden">Next sector</span>
      </button>
    </span>
  );
}

type Loading = { onLoad: (name: string, bytes: Uint8Array) => void };

function FileLoader({ onLoad }: Loading) {
  return (
    <label class="button inspector-load">
      Open a file of yours
      <input
        type="file"
        class="visually-hidden"
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file === undefined) return;
          void file.arrayBuffer().then((buffer) => {
            onLoad(file.name, new Uint8Array(buffer));
            // The same file may be chosen again.
            input.value = '';
          });
        }}
      />
    </label>
  );
}

function sizeText(sizeBytes: number): string {
  return sizeBytes === 1 ? '1 byte' : `${sizeBytes.toLocaleString('en')} bytes`;
}

/** The bytes as an address, so that the download works without a script. */
function dataAddress(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `data:application/octet-stream;base64,${btoa(text)}`;
}
