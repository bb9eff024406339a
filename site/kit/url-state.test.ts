import fc from 'fast-check';
import lzString from 'lz-string';
import { describe, expect, test } from 'vitest';
import {
  encodePageState,
  LINK_LENGTH_MAX,
  presetFragment,
  readFragment,
  shareOf,
  withFigureState,
} from './url-state.ts';

/** What JSON can carry: no -0, which it writes as 0. */
const jsonValue = fc
  .jsonValue()
  .map((value) => JSON.parse(JSON.stringify(value)));
const pageState = fc
  .array(fc.tuple(fc.string(), jsonValue), { maxLength: 6 })
  .map((entries) => new Map(entries));

const { compressToEncodedURIComponent } = lzString;
const packed = (value: unknown) =>
  `#s=${compressToEncodedURIComponent(JSON.stringify(value))}`;

describe('the state of a page', () => {
  test('read from its own fragment is the same state', () => {
    fc.assert(
      fc.property(pageState, (state) => {
        const request = readFragment(encodePageState(state));
        expect(request).toEqual({ kind: 'state', state });
      }),
    );
  });

  test('keeps figures with the names of object members apart', () => {
    const state = new Map([
      ['__proto__', { step: 1 }],
      ['constructor', { step: 2 }],
    ]);
    expect(readFragment(encodePageState(state))).toEqual({
      kind: 'state',
      state,
    });
  });

  test('survives the address bar: it has no character to escape', () => {
    fc.assert(
      fc.property(pageState, (state) => {
        const url = new URL(encodePageState(state), 'http://127.0.0.1/a/');
        expect(readFragment(url.hash)).toEqual({ kind: 'state', state });
      }),
    );
  });

  test('changes for one figure and leaves the others', () => {
    const one = withFigureState('', 'a', { step: 1 });
    const both = withFigureState(one, 'b', { step: 2 });
    const changed = withFigureState(both, 'a', { step: 3 });
    const request = readFragment(changed);
    expect(request).toEqual({
      kind: 'state',
      state: new Map([
        ['b', { step: 2 }],
        ['a', { step: 3 }],
      ]),
    });
    const without = withFigureState(changed, 'b', undefined);
    expect(withFigureState(without, 'a', undefined)).toBe('');
  });

  test('replaces an anchor or a damaged state', () => {
    for (const before of ['#heading', '#s=%%%', '#fig=a&preset=b']) {
      const after = withFigureState(before, 'a', { step: 1 });
      expect(readFragment(after).kind).toBe('state');
    }
  });
});

describe('a fragment that is not ours', () => {
  test.each(['', '#', '#what-is-left', '#fig-3', '#search=cat'])(
    '%j asks for nothing',
    (fragment) => {
      expect(readFragment(fragment)).toEqual({ kind: 'none' });
    },
  );

  test.each([
    ['nothing', '#s='],
    ['no compressed text', '#s=%%%'],
    ['compressed nonsense', `#s=${compressToEncodedURIComponent('{"a"')}`],
    ['another version', packed([2, []])],
    ['an object', packed({ a: 1 })],
    ['entries of the wrong shape', packed([1, [['a'], [1, 2]]])],
    ['no entries', packed([1])],
    ['half a preset', '#fig=half-a-file'],
    ['too much', `#s=${'a'.repeat(70_000)}`],
  ])('%s is reported', (_name, fragment) => {
    const request = readFragment(fragment);
    expect(request.kind).toBe('unreadable');
    if (request.kind === 'unreadable') {
      expect(request.message).toMatch(/^The link /);
    }
  });

  test('cut or changed anywhere never throws', () => {
    const whole = encodePageState(new Map([['a', { commands: ['put a b'] }]]));
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.string({ maxLength: 4 }),
        (at, noise) => {
          readFragment(whole.slice(0, at));
          readFragment(whole.slice(0, at) + noise + whole.slice(at + 1));
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => void readFragment(`#s=${text}`)),
    );
  });
});

describe('a preset', () => {
  test('is a short readable link', () => {
    const fragment = presetFragment('half-a-file', 'fixed');
    expect(fragment).toBe('#fig=half-a-file&preset=fixed');
    expect(readFragment(fragment)).toEqual({
      kind: 'preset',
      figure: 'half-a-file',
      preset: 'fixed',
    });
  });
});

describe('sharing', () => {
  test('is a link while it is short', () => {
    expect(shareOf(new Map([['a', 1]])).kind).toBe('link');
  });

  test('is a file when the link would be cut', () => {
    const commands = Array.from({ length: 3000 }, (_, n) => `put k${n * 7919}`);
    const share = shareOf(new Map([['a', commands]]));
    expect(share.kind).toBe('file');
    if (share.kind === 'file') {
      expect(share.text.length).toBeGreaterThan(LINK_LENGTH_MAX);
    }
  });
});
