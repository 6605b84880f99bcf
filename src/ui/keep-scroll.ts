/**
 * Hides scrolling in the panel from the page: a page that scrolls smoothly, or locks itself, must not react to it. The style
 * sheet keeps the page from scrolling on at the panel's edge.
 */
export function keepScroll(container: HTMLElement, signal: AbortSignal): void {
  for (const type of ['wheel', 'touchmove'])
    container.addEventListener(type, (event) => event.stopPropagation(), { passive: true, signal });
}
