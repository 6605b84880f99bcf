import { nextFrame } from './schedule.js';

interface Raised extends Element {
  readonly layout: 'floating' | 'inline' | 'side';
}

/**
 * Lifts every layout but `inline` into the top layer, where no transform, clip or z-index of the page reaches it. Does nothing where
 * the site owner sets `--osmtalk-z-index`, nor inside a dialog or popover, which is in the top layer itself and would cover the
 * widget.
 */
export function promoteToTopLayer(root: HTMLElement, element: Raised): void {
  root.removeAttribute('data-raised');
  // In the next frame: reading styles earlier would make the browser compute them before the page's own styles have arrived.
  nextFrame(() => element.isConnected && raise(root, element));
}

function raise(root: HTMLElement, element: Raised): void {
  const isStacked = getComputedStyle(root).getPropertyValue('--osmtalk-z-index') !== '';
  const isRaised = element.layout !== 'inline' && !isStacked && !element.closest('dialog, [popover]');
  root.popover = isRaised ? 'manual' : null;
  // Fixed only from here on. When a fixed box enters the top layer, WebKit does not find its containing block anew, and would
  // leave the box where a transformed ancestor has put it.
  root.setAttribute('data-raised', '');
  // Safari before 17 and Firefox before 125 have no `togglePopover`.
  if (isRaised) (root as Partial<Pick<HTMLElement, 'togglePopover'>>).togglePopover?.(true);
}
