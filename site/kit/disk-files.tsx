/** The files of a simulated disk, to be opened with any other tool. */
import type { DiskState } from '#engine/playground.ts';
import { saveFile } from './save-file.ts';

type Props = { disk: DiskState | undefined };

export function DiskFiles({ disk }: Props) {
  const names = [...(disk?.names ?? [])];
  return (
    <details class="lab-fold">
      <summary>Files</summary>
      <ul>
        {names.map(([name, inode]) => (
          <li key={name}>
            <button
              type="button"
              class="button"
              onClick={() => {
                const bytes = disk?.files.get(inode)?.cached.slice();
                if (bytes) saveFile(name, bytes);
              }}
            >
              Download {name}
            </button>
          </li>
        ))}
        {names.length === 0 && <li>There is no file at this step.</li>}
      </ul>
    </details>
  );
}
