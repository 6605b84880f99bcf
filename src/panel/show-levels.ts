import type { AudioLevels } from '../call/audio-watch.js';

/** Shows the loudness of both sides as the radius of SVG circles, which costs no layout and no inline style. */
export function showLevels(place: ParentNode, { agent, caller }: AudioLevels): void {
  for (const circle of place.querySelectorAll('circle[data-level]')) {
    const level = circle.getAttribute('data-level') === 'agent' ? agent : caller;
    circle.setAttribute('r', (10 + (level ?? 0) * 9).toFixed(1));
  }
}
