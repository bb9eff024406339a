/**
 * One figure's part of the page's address: obeys it when the figure wakes and
 * when it changes, and writes it a moment after the reader's last move.
 */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type JsonValue, readFragment, withFigureState } from './url-state.ts';

export interface FragmentReader {
  /** Stands as `state` says; false when it does not fit this figure. */
  readonly onState: (state: JsonValue) => boolean;
  /** Shows a preset by its name; false when there is none. */
  readonly onPreset?: (name: string) => boolean;
}

export interface FigureFragment {
  /** Keeps a state in the address; undefined at rest. */
  readonly write: (state: JsonValue | undefined) => void;
  /** The whole fragment of a link to a state. */
  readonly link: (state: JsonValue | undefined) => string;
  /** Why the address was not obeyed, for the reader. */
  readonly problem: Signal<string | undefined>;
}

const WRITE_DELAY_MS = 250;

/** Figures that read the address mark their root with `data-lab`. */
const FIGURES = '[data-lab]';

export function useFragment(
  id: string,
  { onState, onPreset }: FragmentReader,
): FigureFragment {
  const problem = useSignal<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const obey = () => {
    const request = readFragment(location.hash);
    if (request.kind === 'unreadable') {
      // Reported once, by the first figure of the page.
      const first = document.querySelector<HTMLElement>(FIGURES);
      if (first?.dataset.lab === id) problem.value = request.message;
    } else if (request.kind === 'preset' && request.figure === id) {
      const isKnown = onPreset?.(request.preset) ?? false;
      problem.value = isKnown
        ? undefined
        : `This figure has no preset ${request.preset}.`;
    } else if (request.kind === 'state') {
      const state = request.state.get(id);
      if (state === undefined) return;
      problem.value = onState(state)
        ? undefined
        : 'The link does not fit this figure; here is its start.';
    }
  };

  useEffect(() => {
    obey();
    addEventListener('hashchange', obey);
    return () => removeEventListener('hashchange', obey);
  }, []);

  const link = (state: JsonValue | undefined) =>
    withFigureState(location.hash, id, state);
  const write = (state: JsonValue | undefined) => {
    problem.value = undefined;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const address = link(state) || location.pathname + location.search;
      history.replaceState(history.state, '', address);
    }, WRITE_DELAY_MS);
  };
  return { write, link, problem };
}
