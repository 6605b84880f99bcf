import { test as base, expect } from '@playwright/test';
import { disposeRtc } from '../../demo/backend/livekit-server/load-rtc.js';
import { scenarios } from '../../demo/backend/scenarios/scenarios.js';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import type { Timings } from '../../demo/backend/timings.js';
import { createRelay, osmtalk } from '../../src/relay.js';
import { startRelayServer, type RelayServer } from './relay-server.js';
import { SecretSearch } from './secret-search.js';
import { SITES } from './page-site.js';
import { startScriptHost, type ScriptHost } from './script-host.js';
import { Site } from './site.js';
import { WidgetPage, relayedAddress, type Address } from './widget-page.js';

export interface SuiteOptions {
  /**
   * The page has no key: a relay on another origin has it, and nothing that the page sends, receives, stores or shows may
   * hold it. For a project of the configuration.
   */
  behindRelay: boolean;
}

interface TestFixtures {
  /** Shorter waits of the backend, for `test.use`. */
  timings: Partial<Timings>;
  backend: Backend;
  widget: WidgetPage;
}

interface WorkerFixtures extends SuiteOptions {
  /** A backend with these waits: a browser lasts longer than a file with its own waits, and costs more than a backend. */
  backendWith: (timings: Partial<Timings>) => Promise<Backend>;
  /** Pages of the backend's origin. Their script comes from another one. */
  site: Site;
  scriptHost: ScriptHost;
  relays: RelayServer;
}

const FEATURES = ['voice', 'chat', 'callback'] as const;

/** Tests with the real backend on a free port, the built widget, and a page object for it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  behindRelay: [false, { option: true, scope: 'worker' }],
  timings: [{}, { option: true }],
  scriptHost: [
    async ({}, use) => {
      const host = await startScriptHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ scriptHost }, use) => {
      const site = new Site();
      site.takeOver(['.cache/demo', 'test/support/pages'], scriptHost.url);
      await use(site);
      site.remove();
    },
    { scope: 'worker' },
  ],
  backendWith: [
    async ({ site }, use) => {
      const started = new Map<string, Promise<Backend>>();
      const start = (timings: Partial<Timings>): Promise<Backend> =>
        startBackend({
          port: 0,
          timings,
          // Some of the pages stand on other hosts.
          openTo: 'anybody',
          staticDirs: [site.directory, '.cache/demo', 'dist', 'test/support/pages', SITES],
        });
      await use((timings) => {
        const key = JSON.stringify(timings);
        const backend = started.get(key) ?? start(timings);
        started.set(key, backend);
        return backend;
      });
      const backends = await Promise.all(started.values());
      for (const backend of backends) await backend.close();
      if (backends.some(({ livekitUrl }) => livekitUrl !== undefined)) await disposeRtc();
    },
    { scope: 'worker' },
  ],
  backend: async ({ backendWith, timings }, use) => use(await backendWith(timings)),
  relays: [
    async ({}, use) => {
      const relays = await startRelayServer();
      await use(relays);
      await relays.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ page, context }, use) => {
    await use(page);
    // A request that a test holds or answers itself may still be under way; its end is no fault of a test that is over.
    for (const each of [page, context])
      await each.unrouteAll({ behavior: 'ignoreErrors' }).catch(() => undefined);
  },
  widget: async ({ page, context, backend, relays, behindRelay }, use) => {
    if (!behindRelay) return use(await WidgetPage.prepare(page, backend));
    const search = new SecretSearch(context);
    const keys = new Set<string>();
    await use(await WidgetPage.prepare(page, backend, addressBehind(backend, relays, keys)));
    if (keys.size > 0) expect(relays.answered(), 'the relay has answered').not.toBe('');
    expect(await search.find([...keys])).toEqual([]);
    for (const key of keys) expect(relays.answered()).not.toContain(key);
    relays.clear();
  },
});

/** Instead of a key, the page gets the address of a relay that holds it. */
function addressBehind(backend: Backend, relays: RelayServer, keys: Set<string>): Address {
  const relayOf = new Map<string, string>();
  return ({ 'api-key': apiKey = 'osm_demo', ...attributes }) => {
    keys.add(apiKey);
    const baseUrl =
      relayOf.get(apiKey) ??
      relays.add(
        createRelay({
          upstream: osmtalk({ apiKey, baseUrl: backend.url }),
          allow: { agents: Object.keys(scenarios), features: FEATURES, destinations: 'any' },
          origins: [backend.url],
          // All visitors of a test sit at one address, and write faster than people.
          rateLimit: false,
        }),
      );
    relayOf.set(apiKey, baseUrl);
    return relayedAddress(backend.url, baseUrl)(attributes);
  };
}

export { expect };
