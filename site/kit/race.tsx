/**
 * The lanes of a commit race: who waits for which sync, and what it comes to.
 *
 * Props: `scene`, from raceScene() of a race.
 */
import './race.css';
import type { RaceBar, RaceScene } from './race-scene.ts';

type Props = { scene: RaceScene };

export function Race({ scene }: Props) {
  return (
    <div class="race">
      <Lanes scene={scene} />
      <Numbers scene={scene} />
    </div>
  );
}

function Lanes({ scene }: Props) {
  const { lanes, syncs, ticks, perSync } = scene;
  const words =
    syncs.length === 0
      ? `${lanes.length} writers; no sync holds them up.`
      : `${lanes.length} writers; a sync acknowledges ${perSync} commits.`;
  return (
    <div class="race-lanes" role="img" aria-label={words}>
      <div class="race-time" aria-hidden="true">
        <span class="race-writer label">ms</span>
        <span class="race-track">
          {ticks.map(({ percent, label }) => (
            <span class="race-tick" key={label} style={`--at:${percent}%`}>
              {label}
            </span>
          ))}
        </span>
      </div>
      <div class="race-time race-syncs" aria-hidden="true">
        <span class="race-writer">disk</span>
        <span class="race-track">
          {syncs.map(({ number, fromPercent, toPercent, commitCount }) => (
            <span
              class="race-sync"
              key={number}
              style={`--from:${Math.max(fromPercent, 0)}%;--to:${toPercent}%`}
            >
              <span class="race-word">sync:</span> <b>{commitCount}</b>
            </span>
          ))}
          {syncs.length === 0 && (
            <span class="race-idle">no sync in sight</span>
          )}
        </span>
      </div>
      {lanes.map(({ writer, bars }) => (
        <div class="race-lane" key={writer} aria-hidden="true">
          <span class="race-writer">{writer}</span>
          <span class="race-track">
            {bars.map((bar) => (
              <Bar key={bar.fromPercent} bar={bar} />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function Bar({ bar }: { bar: RaceBar }) {
  const { fromPercent, toPercent, state, isCut } = bar;
  return (
    <span
      class="race-bar"
      data-cut={isCut || undefined}
      style={`--from:${fromPercent}%;--to:${toPercent}%`}
    >
      {!isCut && <i class="race-saved" data-state={state} />}
    </span>
  );
}

function Numbers({ scene }: Props) {
  const { perSecond, syncsPerSecond, perSync, tried, broken, promise } = scene;
  return (
    <dl class="race-numbers meter">
      <div>
        <dt class="label">commits a second</dt>
        <dd>{perSecond.toLocaleString('en')}</dd>
      </div>
      <div>
        <dt class="label">syncs a second</dt>
        <dd>{syncsPerSecond}</dd>
      </div>
      <div>
        <dt class="label">commits a sync</dt>
        <dd>{perSync === 0 ? '–' : perSync}</dd>
      </div>
      <div data-broken={broken > 0 || undefined}>
        <dt class="label">power cuts</dt>
        <dd>
          {broken === 0 ? `0 of ${tried} lose` : `${broken} of ${tried} lose`}
        </dd>
        <dd class="race-promise">
          {promise === undefined
            ? '✓ nothing acknowledged is lost'
            : `✕ ${promise}`}
        </dd>
      </div>
    </dl>
  );
}
