/** The rubber stamp: a verdict in large letters, the promise by its name. */
import './stamp.css';
import type { VerdictScene } from './verdict-scene.ts';

type Props = { verdict: VerdictScene };

export function Stamp({ verdict }: Props) {
  const { word, promise, isBroken, evidence } = verdict;
  const shown = evidence.length > 0 && evidence.length <= 24 && isBroken;
  return (
    <p class="kit-stamp" data-broken={isBroken}>
      <span class="stamp">
        <strong>{word}</strong>
        <span>
          {promise}
          {shown && <>: {evidence}</>}
        </span>
      </span>
    </p>
  );
}
