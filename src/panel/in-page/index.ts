import type { KeptHost } from './kept-host.js';
import { keepEvents } from './keep-events.js';
import { keepUsable } from './keep-usable.js';

export { keepElement, type KeptElement } from './keep-element.js';
export type { KeptHost } from './kept-host.js';

/**
 * Lets a visitor use the widget whatever the page listens to, locks or traps. Returns a function to call when the element
 * leaves.
 */
export function settleIn(host: KeptHost, shadowRoot: ShadowRoot): () => void {
  const settled = new AbortController();
  keepEvents(host, shadowRoot, settled.signal);
  keepUsable(host, shadowRoot, settled.signal);
  return () => settled.abort();
}
