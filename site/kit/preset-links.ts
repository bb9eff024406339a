/**
 * Links such as `#fig=ID&preset=NAME` name no element, so the browser does
 * not scroll to the figure, and a figure far below sleeps until it is near.
 * This brings it there; the figure itself then reads the address.
 */
import { readFragment } from './url-state.ts';

export function followPresetLinks(): void {
  const follow = () => {
    const request = readFragment(location.hash);
    if (request.kind !== 'preset') return;
    const figure = document.getElementById(`fig-${request.figure}`);
    figure?.scrollIntoView({ block: 'start' });
  };
  addEventListener('hashchange', follow);
  follow();
}
