import type { PanelHost } from '../contract/panel-host.js';
import type { Consent } from '../visitor/consent.js';

/**
 * Opens the connection to another origin ahead of the first request, which then saves two or three round trips. Once per
 * origin. In the shadow tree: the head of the page stays the page's own.
 */
export function preconnect(
  { shadowRoot, config }: Pick<PanelHost, 'shadowRoot' | 'config'>,
  consent: Pick<Consent, 'needed'>,
): void {
  // Before an agreement that the site asks for, the API must not even be knocked at.
  if (consent.needed(config)) return;
  const { origin, protocol } = URL.parse?.(config.baseUrl, location.href) ?? location;
  if (origin === location.origin || !protocol.startsWith('http')) return;
  for (const link of shadowRoot.querySelectorAll('link')) if (link.href === `${origin}/`) return;
  const link = document.createElement('link');
  link.rel = 'preconnect';
  // Requests carry no cookies: a connection that may is another one.
  link.crossOrigin = 'anonymous';
  link.href = origin;
  shadowRoot.append(link);
}
