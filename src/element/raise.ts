/**
 * Lifts the floating layout into the top layer, where no transform, clip or z-index of the page reaches it. Not where the
 * owner stacks it, nor inside a dialog or popover, which is in that layer itself and would cover it.
 */
export function raise(root: HTMLElement, element: Element & { layout: string }): void {
  const isStacked = getComputedStyle(root).getPropertyValue('--osmtalk-z-index') !== '';
  const isRaised = element.layout === 'floating' && !isStacked && !element.closest('dialog, [popover]');
  root.popover = isRaised ? 'manual' : null;
  // Not in Safari before 17, nor in Firefox before 125.
  if (isRaised) (root as Partial<Pick<HTMLElement, 'togglePopover'>>).togglePopover?.(true);
}
