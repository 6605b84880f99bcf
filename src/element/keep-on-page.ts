import { whenIdle } from './schedule.js';
import { loadInPage } from './load-panel.js';
import type { KeptElement } from '../panel/in-page/index.js';

/**
 * Keeps the script's element on a page whose content is replaced: by Turbo, Astro, swup and htmx, by a diff, or by React when it
 * hydrates the whole document. The code for it comes at idle, with the panel, or when it has happened.
 */
export function keepOnPage(element: HTMLElement): void {
  const own: KeptElement = { element, isRemoved: false };
  const remove = (): void => {
    own.isRemoved = true;
    Element.prototype.remove.call(element);
  };
  Object.defineProperty(element, 'remove', { configurable: true, value: remove });
  const keep = (): void => {
    // What cannot be had now is tried again at the next occasion.
    loadInPage().then(
      ({ keepElement }) => keepElement(own),
      () => undefined,
    );
  };
  whenIdle(keep);
  element.addEventListener('osmtalk-open', keep);
  const observer = new MutationObserver(() => element.isConnected || keep());
  // Its parent is the body, whatever a form or a picture of that name makes of `document.body`.
  for (const list of [document.documentElement, element.parentNode as Node])
    observer.observe(list, { childList: true });
}
