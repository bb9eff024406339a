/** The page with a dog-ear in a state's fill and mark, for islands. */
import type { StateName } from '#site/states.ts';

type Props = { state: StateName };

export function StatePage({ state }: Props) {
  const outline = 'M2.5 1.5h7l4 4v9h-11z';
  const jagged = 'M2.5 1.5h7l4 4v6l-2.2 3-2.2-2-2.2 2-2.2-2-2.2 2z';
  return (
    <svg class="page-glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path
        class="page-glyph-shape"
        style={`fill:var(--state-${state}-fill)`}
        stroke-dasharray={state === 'free' ? '2.2 1.6' : undefined}
        d={state === 'broken' ? jagged : outline}
      />
      {state === 'durable' && (
        <path class="page-glyph-inner" d="M4.6 3.6h4.1l2.7 2.7v6.1H4.6z" />
      )}
      {state === 'dirty' && (
        <path
          class="page-glyph-label"
          d="M3 9.5l5-5M3 13.6l8.6-8.6M6.6 14l6.4-6.4"
        />
      )}
      {state === 'broken' && (
        <path class="page-glyph-paper" d="M5 5l4.6 5.2M9.6 5L5 10.2" />
      )}
    </svg>
  );
}
