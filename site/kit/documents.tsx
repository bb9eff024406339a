/** What the reader was told, beside what the store would answer now. */
import './documents.css';
import type { DocumentRow, DocumentsScene, Said } from './documents-scene.ts';

type Props = { scene: DocumentsScene };

const ROWS_MAX = 8;

const SAID: Record<Said, string> = {
  saved: 'saved',
  deleted: 'deleted',
  nothing: 'in doubt',
};

const MARKS: Record<DocumentRow['mark'], string> = {
  none: '',
  kept: '✓ kept',
  lost: '✕ lost',
  gone: 'gone, never promised',
  back: '✕ came back',
  wrong: '✕ never written',
};

export function Documents({ scene }: Props) {
  const { rows, isOpen, error } = scene;
  const shown = rows.slice(0, ROWS_MAX);
  return (
    <table class="documents">
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col">It said</th>
          <th scope="col">Now it answers</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <Row key={row.key} row={row} isOpen={isOpen} />
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={3} class="documents-quiet">
              No document yet.
            </td>
          </tr>
        )}
        {rows.length > ROWS_MAX && (
          <tr>
            <td colSpan={3} class="documents-quiet">
              … and {rows.length - ROWS_MAX} more
            </td>
          </tr>
        )}
        {error !== undefined && (
          <tr>
            <td colSpan={3} class="documents-error">
              ✕ {error}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

type RowProps = { row: DocumentRow; isOpen: boolean };

function Row({ row, isOpen }: RowProps) {
  const { key, value, said, answer, mark } = row;
  return (
    <tr data-mark={mark}>
      <th scope="row">
        <span class="documents-name">
          {key}
          {value === undefined ? '' : ` = ${value}`}
        </span>
      </th>
      <td data-said={said}>{SAID[said]}</td>
      <td>
        {isOpen ? (answer ?? '(none)') : <Nobody />}{' '}
        {mark !== 'none' && (
          <strong class="documents-mark">{MARKS[mark]}</strong>
        )}
      </td>
    </tr>
  );
}

function Nobody() {
  return <span class="documents-quiet">nobody to ask</span>;
}
