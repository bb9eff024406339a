/**
 * Decides whether a reader's own file is one that the engine could read.
 *
 * A stranger's file is a stranger's input: too big or of another kind, it is
 * refused with a sentence that says why. Only the first bytes decide; damage
 * further on is what the inspector is for.
 */
import type { InspectedFile } from './inspector-scene.ts';

export type Recognition =
  | { readonly kind: 'ours'; readonly file: InspectedFile }
  | { readonly kind: 'refused'; readonly message: string };

/** Larger files would be shown by nobody and cost everybody. */
export const UPLOAD_SIZE_BYTES_MAX = 64 * 1024;

export function recognizeFile(name: string, bytes: Uint8Array): Recognition {
  if (bytes.length > UPLOAD_SIZE_BYTES_MAX) {
    const most = UPLOAD_SIZE_BYTES_MAX / 1024;
    const size = Math.ceil(bytes.length / 1024);
    return refused(`${name} has ${size} kB; at most ${most} kB are shown.`);
  }
  if (bytes.length === 0) return refused(`${name} is empty.`);
  const label = labelName(name, bytes);
  if (label !== undefined) {
    return { kind: 'ours', file: { name: label, bytes, dirty: [] } };
  }
  const start = Array.from(bytes.subarray(0, 4), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join(' ');
  return refused(
    `${name} is not a WrongoDB file: it starts with 0x ${start}, not with ` +
      'WRONGLOG, WRONGSEG or JSON.',
  );
}

/** The name by which the engine would know such bytes. */
function labelName(name: string, bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096));
  if (text.startsWith('WRONGLOG')) return 'append.log';
  if (text.startsWith('WRONGSEG')) {
    return /^segment-\d{6}\.log$/.test(name) ? name : 'segment-000001.log';
  }
  if (/^\{"(put|delete|closed)":/.test(text)) return 'append.log';
  return /^\s*\{\s*("|\}\s*$)/.test(text) ? 'data.json' : undefined;
}

function refused(message: string): Recognition {
  return { kind: 'refused', message };
}
