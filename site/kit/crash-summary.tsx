/** What all crashes of a grid came to: the legend of its cells, with counts. */
import { OUTCOMES } from './crash-grid.tsx';
import type { CrashGridScene, CrashOutcome } from './crash-grid-scene.ts';

const ORDER: readonly CrashOutcome[] = [
  'recovered-old',
  'recovered-between',
  'recovered-new',
  'broken',
];

type Props = { scene: CrashGridScene };

export function CrashSummary({ scene }: Props) {
  const { counts, total, promises } = scene;
  return (
    <div class="crash-summary">
      <p>
        <strong class="meter">{total.toLocaleString('en')}</strong> crashes
        tried
      </p>
      <ul>
        {ORDER.map((outcome) => (
          <li key={outcome} data-none={counts[outcome] === 0 || undefined}>
            <span
              class="crash-swatch"
              data-outcome={outcome}
              aria-hidden="true"
            >
              {OUTCOMES[outcome].letter}
            </span>
            <strong class="meter">
              {counts[outcome].toLocaleString('en')}
            </strong>{' '}
            {OUTCOMES[outcome].name}
          </li>
        ))}
      </ul>
      {promises.length > 0 && (
        <ul class="crash-promises">
          {promises.map(([promise, count]) => (
            <li key={promise}>
              <strong>✕ {promise}</strong>{' '}
              <span class="meter">in {count.toLocaleString('en')}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
