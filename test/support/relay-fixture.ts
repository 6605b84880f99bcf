import { createRelay, dialnexa, osvi, type Upstream } from '../../src/relay.js';
import { expect, test as base } from './backend-fixture.js';
import {
  DIALNEXA_AGENT,
  DIALNEXA_KEY,
  startDialnexaStandIn,
  type DialnexaStandIn,
} from './dialnexa-stand-in.js';
import { OSVI_AGENT, OSVI_TOKEN, startOsviStandIn, type OsviStandIn } from './osvi-stand-in.js';
import { SecretSearch } from './secret-search.js';
import { WidgetPage, relayedAddress, type Address } from './widget-page.js';

/** What a page never gets: nor what the platforms say that is not for pages. */
const SECRETS = [
  OSVI_TOKEN,
  OSVI_AGENT,
  DIALNEXA_KEY,
  DIALNEXA_AGENT,
  'Not for the page',
  'not-for-the-page',
];

/** Tests with the other platforms behind a real relay: what they forbid a page to have, the page never gets. */
export const test = base.extend<{
  osviPlatform: OsviStandIn;
  dialnexaPlatform: DialnexaStandIn;
  /** A page behind a relay to this platform. */
  behind: (upstream: Upstream) => Promise<WidgetPage>;
}>({
  osviPlatform: async ({}, use) => {
    const platform = await startOsviStandIn();
    await use(platform);
    await platform.close();
  },
  dialnexaPlatform: async ({}, use) => {
    const platform = await startDialnexaStandIn();
    await use(platform);
    await platform.close();
  },
  behind: async ({ page, context, backend, relays }, use) => {
    const search = new SecretSearch(context);
    await use((upstream) => {
      const relay = createRelay({
        upstream,
        allow: {
          agents: ['agent_site'],
          features: ['voice', 'chat', 'callback'],
          destinations: ['+49', '+1'],
          variables: ['name'],
        },
        origins: [backend.url],
      });
      return WidgetPage.prepare(page, backend, addressBehind(backend.url, relays.add(relay)));
    });
    expect(relays.answered(), 'the relay has answered').not.toBe('');
    expect(await search.find(SECRETS)).toEqual([]);
    for (const secret of SECRETS) expect(relays.answered()).not.toContain(secret);
    relays.clear();
  },
});

/** A page whose widget speaks to the relay at this address. */
export function addressBehind(site: string, baseUrl: string): Address {
  return (attributes) => relayedAddress(site, baseUrl)({ 'agent-id': 'agent_site', ...attributes });
}

export function osviAt(baseUrl: string): Upstream {
  return osvi({ apiToken: OSVI_TOKEN, agentUuid: OSVI_AGENT, baseUrl });
}

export function dialnexaAt(baseUrl: string): Upstream {
  return dialnexa({ apiKey: DIALNEXA_KEY, agentId: DIALNEXA_AGENT, baseUrl });
}
