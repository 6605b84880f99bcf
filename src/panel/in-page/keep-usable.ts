import type { KeptHost } from './kept-host.js';

/** What a modal of the page puts on all the rest of it. */
const SHUT_OUT = ['inert', 'aria-hidden'];

/** The floating layout stands above a modal of the page, and can be used there as well. */
export function keepUsable(host: KeptHost, shadowRoot: ShadowRoot, signal: AbortSignal): void {
  const look = (): void => {
    if (host.layout !== 'inline') for (const name of SHUT_OUT) host.removeAttribute(name);
  };
  const observer = new MutationObserver(look);
  observer.observe(host, { attributeFilter: SHUT_OUT });
  signal.addEventListener('abort', () => observer.disconnect());
  look();
  // A listener that is older than the widget sees the host alone: at least it sees that somebody writes.
  Object.defineProperty(host, 'isContentEditable', {
    configurable: true,
    get: () => Boolean(shadowRoot.activeElement?.matches('input, textarea')),
  });
}
