/** Scrolling is the browser's own here: a page that scrolls smoothly, or locks itself, must not hear of it. Its end is the style sheet's. */
export function keepScroll(container: HTMLElement, signal: AbortSignal): void {
  for (const type of ['wheel', 'touchmove'])
    container.addEventListener(type, (event) => event.stopPropagation(), { passive: true, signal });
}
