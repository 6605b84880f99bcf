import type { AudioLevels } from '../../call/audio-watch.js';

/** The middle of a visual, in the units of its `viewBox`. */
const MIDDLE = 60;

/**
 * Shows the loudness of both sides as the size of SVG shapes, which costs no layout and no inline style. A shape with
 * `data-level` (`agent`, `caller`, or `any` for the louder of both) has the size `data-base` in silence, and `data-gain` more
 * at full loudness: the radius of a circle, half the height of a bar.
 */
export function showLevels(place: ParentNode, { agent, caller }: AudioLevels): void {
  const levels: Record<string, number | null> = {
    agent,
    caller,
    any: Math.max(agent ?? 0, caller ?? 0),
  };
  // A heading in a message has a `data-level` of its own.
  for (const shape of place.querySelectorAll<SVGElement>('circle[data-level], rect[data-level]')) {
    const { level = '', base = 10, gain = 9 } = shape.dataset;
    const size = Number(base) + (levels[level] ?? 0) * Number(gain);
    if (shape.localName === 'circle') {
      shape.setAttribute('r', size.toFixed(1));
    } else {
      shape.setAttribute('y', (MIDDLE - size).toFixed(1));
      shape.setAttribute('height', (2 * size).toFixed(1));
    }
  }
}
