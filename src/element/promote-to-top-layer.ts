import { nextFrame } from './schedule.js';

interface Raised extends Element {
  readonly layout: 'floating' | 'inline';
}

/**
 * Lifts the floating layout into the top layer, where no transform, clip or z-index of the page reaches it. Not where the
 * owner stacks it, nor inside a dialog or popover, which is in that layer itself and would cover it.
 */
export function promoteToTopLayer(root: HTMLElement, element: Raised): void {
  root.removeAttribute('data-raised');
  // In a frame: an earlier look at styles would make the browser compute them before the page's own have arrived.
  nextFrame(() => element.isConnected && raise(root, element));
}

function raise(root: HTMLElement, element: Raised): void {
  const isStacked = getComputedStyle(root).getPropertyValue('--osmtalk-z-index') !== '';
  const isRaised = element.layout === 'floating' && !isStacked && !element.closest('dialog, [popover]');
  root.popover = isRaised ? 'manual' : null;
  // Fixed from here on. WebKit does not look again for what a fixed box is measured against when that enters the top layer, and
  // would leave it where a transformed ancestor has put it.
  root.setAttribute('data-raised', '');
  // Not in Safari before 17, nor in Firefox before 125.
  if (isRaised) (root as Partial<Pick<HTMLElement, 'togglePopover'>>).togglePopover?.(true);
}
