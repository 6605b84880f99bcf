import { whenIdle } from './schedule.js';
import { loadInPage } from './load-panel.js';
import type { KeptElement } from '../panel/in-page/index.js';

/**
 * Keeps the script's element on a page whose content is replaced: by Turbo, Astro, swup and htmx, by a DOM diff, or by React
 * when it hydrates the whole document. The code for this is loaded at idle, when the panel opens, or once the element has been
 * removed.
 */
export function keepOnPage(element: HTMLElement): void {
  const own: KeptElement = { element, isRemoved: false };
  const remove = (): void => {
    own.isRemoved = true;
    Element.prototype.remove.call(element);
  };
  Object.defineProperty(element, 'remove', { configurable: true, value: remove });
  const keep = (): void => {
    // When loading fails, the next call of `keep` tries again.
    loadInPage().then(
      ({ keepElement }) => keepElement(own),
      () => undefined,
    );
  };
  whenIdle(keep);
  element.addEventListener('osmtalk-open', keep);
  const observer = new MutationObserver(() => element.isConnected || keep());
  // The element's parent is the body. `document.body` is not used: a form or an image named "body" would stand in for it.
  for (const list of [document.documentElement, element.parentNode as Node])
    observer.observe(list, { childList: true });
}
