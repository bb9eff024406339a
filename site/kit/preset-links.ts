/**
 * Links such as `#fig=ID&preset=NAME` and `#s=STATE` name no element, so the
 * browser does not scroll to the figure, and a figure far below sleeps until
 * it is near. This brings it there; the figure itself then reads the address.
 */
import { type FragmentRequest, readFragment } from './url-state.ts';

export function followPresetLinks(): void {
  addEventListener('hashchange', follow);
  // Whoever reloads or comes back is taken to where they were by the browser.
  const [visit] = performance.getEntriesByType('navigation');
  const type = visit instanceof PerformanceNavigationTiming ? visit.type : '';
  if (type === 'navigate') follow();
}

function follow(): void {
  const figure = figureOf(readFragment(location.hash));
  if (figure === undefined) return;
  const sheet = document.getElementById(`fig-${figure}`);
  sheet?.scrollIntoView({ block: 'start' });
}

/** The figure that a link is about: of a page's state, the one set last. */
export function figureOf(request: FragmentRequest): string | undefined {
  if (request.kind === 'preset') return request.figure;
  if (request.kind === 'state') return [...request.state.keys()].at(-1);
  return undefined;
}
