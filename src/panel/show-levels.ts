import type { AudioLevels } from '../call/audio-watch.js';

/** Drawn as an attribute of an SVG circle: costs no layout, and no inline style. */
export function showLevels(container: HTMLElement, { agent, caller }: AudioLevels): void {
  for (const circle of container.querySelectorAll('circle[data-level]')) {
    const level = circle.getAttribute('data-level') === 'agent' ? agent : caller;
    circle.setAttribute('r', (10 + (level ?? 0) * 9).toFixed(1));
  }
}
