import type { PanelHost } from '../contract/panel-host.js';
import type { Consent } from '../visitor/consent.js';

/**
 * Opens the connection to the API's origin ahead of the first request, which then saves two or three round trips; once per
 * origin. The `<link>` stands in the shadow tree, since the head of the page belongs to the page.
 */
export function preconnect(
  { shadowRoot, config }: Pick<PanelHost, 'shadowRoot' | 'config'>,
  consent: Pick<Consent, 'needed'>,
): void {
  // Where the site asks for consent, nothing connects to the API before it is given.
  if (consent.needed(config)) return;
  const { origin, protocol } = URL.parse?.(config.baseUrl, location.href) ?? location;
  if (origin === location.origin || !protocol.startsWith('http')) return;
  for (const link of shadowRoot.querySelectorAll('link')) if (link.href === `${origin}/`) return;
  const link = document.createElement('link');
  link.rel = 'preconnect';
  // Requests carry no cookies: the browser uses other connections for those that may.
  link.crossOrigin = 'anonymous';
  link.href = origin;
  shadowRoot.append(link);
}
