import type { KeptHost } from './kept-host.js';

/** The attributes that a modal of the page puts on everything outside it. */
const SHUT_OUT = ['inert', 'aria-hidden'];

/** Keeps the floating layout usable above a modal of the page. */
export function keepUsable(host: KeptHost, shadowRoot: ShadowRoot, signal: AbortSignal): void {
  const look = (): void => {
    if (host.layout !== 'inline') for (const name of SHUT_OUT) host.removeAttribute(name);
  };
  const observer = new MutationObserver(look);
  observer.observe(host, { attributeFilter: SHUT_OUT });
  signal.addEventListener('abort', () => observer.disconnect());
  look();
  // A listener that is older than the widget sees only the host: by this it sees at least that the visitor is typing.
  Object.defineProperty(host, 'isContentEditable', {
    configurable: true,
    get: () => Boolean(shadowRoot.activeElement?.matches('input, textarea')),
  });
}
