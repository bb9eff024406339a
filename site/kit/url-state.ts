/**
 * The state of a page's figures in its address: `#s=` and compressed JSON.
 *
 * A link from the prose is readable instead: `#fig=ID&preset=NAME`. Anything
 * else in a fragment (a heading's anchor) is none of our business. A fragment
 * is a stranger's input: what cannot be read is reported, never thrown, and
 * each figure checks its own part again.
 */
// A CommonJS package: Node, which renders the pages, sees only its default.
import lzString from 'lz-string';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** By figure id: what that figure needs to stand as it stood. */
export type PageState = ReadonlyMap<string, JsonValue>;

/** What a fragment asks for. */
export type FragmentRequest =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: PageState }
  | {
      readonly kind: 'preset';
      readonly figure: string;
      readonly preset: string;
    }
  | { readonly kind: 'unreadable'; readonly message: string };

/** How a state may be shared: as a link, or as a file when it is long. */
export type Share =
  | { readonly kind: 'link'; readonly fragment: string }
  | { readonly kind: 'file'; readonly text: string };

/** Longer links are cut by chat programs and mail readers. */
export const LINK_LENGTH_MAX = 4096;

/** A fragment beyond this is not read at all: it could expand to anything. */
const FRAGMENT_LENGTH_MAX = 65_536;

const STATE_PREFIX = '#s=';
const VERSION = 1;

/** `#s=...` for a page's state. */
export function encodePageState(state: PageState): string {
  const text = JSON.stringify([VERSION, [...state]]);
  return STATE_PREFIX + lzString.compressToEncodedURIComponent(text);
}

/** What a fragment (`location.hash`) asks for. Never throws. */
export function readFragment(fragment: string): FragmentRequest {
  if (fragment.startsWith(STATE_PREFIX)) return readState(fragment);
  if (!fragment.startsWith('#fig=')) return { kind: 'none' };
  const words = new URLSearchParams(fragment.slice(1));
  const figure = words.get('fig');
  const preset = words.get('preset');
  if (figure && preset) return { kind: 'preset', figure, preset };
  return unreadable('The link names no figure and preset.');
}

/** The address of a preset, for a plain link in the prose. */
export function presetFragment(figure: string, preset: string): string {
  const words = new URLSearchParams({ fig: figure, preset });
  return `#${words.toString()}`;
}

/** The fragment after one figure changed; `undefined` removes its part. */
export function withFigureState(
  fragment: string,
  figure: string,
  state: JsonValue | undefined,
): string {
  const request = readFragment(fragment);
  const next = new Map(request.kind === 'state' ? request.state : []);
  next.delete(figure);
  if (state !== undefined) next.set(figure, state);
  return next.size === 0 ? '' : encodePageState(next);
}

/** A link when it is short enough, else a file with the same fragment. */
export function shareOf(state: PageState): Share {
  const fragment = encodePageState(state);
  if (fragment.length <= LINK_LENGTH_MAX) return { kind: 'link', fragment };
  return { kind: 'file', text: fragment };
}

function readState(fragment: string): FragmentRequest {
  if (fragment.length > FRAGMENT_LENGTH_MAX) {
    return unreadable('The link is too long to be one of ours.');
  }
  let content: unknown;
  try {
    const packed = fragment.slice(STATE_PREFIX.length);
    content = JSON.parse(
      lzString.decompressFromEncodedURIComponent(packed) ?? '',
    );
  } catch {
    return unreadable('The link is damaged: its state cannot be unpacked.');
  }
  if (!Array.isArray(content) || content[0] !== VERSION) {
    return unreadable('The link comes from another version of this page.');
  }
  const entries: unknown = content[1];
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    return unreadable('The link is damaged: its state has no figures.');
  }
  return { kind: 'state', state: new Map(entries) };
}

function isEntry(value: unknown): value is [string, JsonValue] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string'
  );
}

function unreadable(message: string): FragmentRequest {
  return { kind: 'unreadable', message };
}
