import type { BrowserContext, Page } from '@playwright/test';
import { readElementDocs } from '../../.build/element-docs.js';
import { createRelay, osmtalk } from '../../src/relay.js';
import { expect, test as base } from '../support/backend-fixture.js';
import { fromOrigin } from '../support/site.js';
import { openCountedDoor, watchPages, type CountedDoor, type PageWatch } from '../support/watch-page.js';

interface Fixtures {
  watch: PageWatch;
  /** The origin of the API or of the relay, which no page of these tests has. */
  openDoor: (address?: string) => Promise<CountedDoor>;
  /** The origin of a site that has pictures. */
  pictures: CountedDoor;
}

const test = base.extend<Fixtures>({
  watch: async ({ context }, use) => use(await watchPages(context)),
  openDoor: async ({ backend }, use) => {
    const doors: CountedDoor[] = [];
    await use(async (address = backend.url) => {
      const door = await openCountedDoor(address);
      doors.push(door);
      return door;
    });
    await Promise.all(doors.map((door) => door.close()));
  },
  pictures: async ({ openDoor }, use) => use(await openDoor()),
});

test.use({ permissions: ['microphone'] });

/** What a page calls each method with; `registerTool` gets a function, which the page makes itself. */
const ARGUMENTS: Record<string, unknown[]> = {
  show: [],
  close: [],
  toggle: [],
  startCall: [],
  endCall: [],
  mute: [],
  unmute: [],
  sendMessage: ['My diagnosis is private'],
  sendContext: ['My cart is private'],
  requestCallback: ['+4930123456'],
  registerTool: ['get_cart'],
  unregisterTool: ['get_cart'],
  hideTeaser: [],
  showTeaser: ['My appointment is private'],
  runPreflight: [],
  getDiagnostics: [],
  reset: [],
};
const ALL = Object.keys(ARGUMENTS);
/** `reset` also forgets the message that waits. */
const KEEPING = ALL.filter((name) => name !== 'reset');

const CONSENT = {
  'consent-text': 'We record what you say.',
  'terms-url': '/terms',
  'privacy-url': '/privacy',
};

const docs = readElementDocs();

/** Every attribute that takes any text, filled with pictures of somebody else, as an address and as markup. */
function picturesEverywhere({ url }: CountedDoor): Record<string, string> {
  const picture = `${url}/picture.png`;
  const markup = `![a](${picture}) <img src="${picture}"> ${picture}`;
  const names = docs.attributes
    .filter(({ type }) => type?.text === 'string | undefined')
    .map(({ name }) => name)
    .filter((name) => !/-id$|^(?:api-key$|consent-|terms-|privacy-)/.test(name));
  return {
    ...Object.fromEntries(names.map((name) => [name, name.endsWith('-src') ? picture : markup])),
    starters: JSON.stringify([markup]),
  };
}

/** Presses nothing and agrees to nothing, but does all else that a page and a visitor can do. */
async function drive(page: Page, context: BrowserContext, methods: readonly string[]): Promise<void> {
  const hints = await page.evaluate(foreignLinks);
  const launcher = page.locator('osmtalk-widget').getByRole('button', { expanded: false });
  if ((await launcher.count()) > 0) await launcher.hover();
  await callMethods(page, methods);
  await context.setOffline(true);
  await callMethods(page, methods);
  await context.setOffline(false);
  await callMethods(page, methods);
  await page.evaluate(() => {
    for (const name of ['online', 'focus', 'pagehide', 'pageshow', 'visibilitychange'])
      for (const target of [window, document]) target.dispatchEvent(new Event(name));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    return document.querySelector('osmtalk-widget')?.show();
  });
  await expect(page.getByText(CONSENT['consent-text'])).toBeVisible();
  for (const role of ['button', 'link'] as const) {
    for (const each of await page.locator('osmtalk-widget').getByRole(role).all()) {
      const box = await each.boundingBox();
      if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    }
  }
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('Tab');
  await rest(page);
  // No request yet, but it knocks at the door, or would on the next page.
  expect(await page.evaluate(foreignLinks), 'hints of other origins').toEqual(hints);
}

/** Runs in the page. */
function foreignLinks(): string[] {
  const roots = [document, document.querySelector('osmtalk-widget')?.shadowRoot];
  return roots
    .flatMap((root) => [...(root?.querySelectorAll('link') ?? [])])
    .map(({ href }) => href)
    .filter((href) => href !== 'data:,' && !href.startsWith(location.origin));
}

async function callMethods(page: Page, methods: readonly string[]): Promise<void> {
  await page.evaluate(
    async (calls) => {
      const element = document.querySelector('osmtalk-widget');
      for (const [name, given] of calls) {
        const method = Reflect.get(element ?? {}, name) as (...all: unknown[]) => unknown;
        await Reflect.apply(method, element, name === 'registerTool' ? [...given, () => 1] : given);
      }
    },
    methods.map((name) => [name, ARGUMENTS[name] ?? []] as const),
  );
}

/**
 * What follows in a later task, or when the browser has nothing else to do, has followed. Chromium sometimes lets a page that
 * was reloaded wait for ever for its idle time: two seconds stand for it then.
 */
async function rest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise(requestAnimationFrame);
      await new Promise((done) => requestIdleCallback(done, { timeout: 2_000 }));
    }
  });
}

/** Takes what was sent so far, and leaves out the page itself and the widget's own script and chunks. */
function takeForeign({ sent }: PageWatch, site: string, scripts: string): string[] {
  const isOwn = (line: string): boolean =>
    line.startsWith(`GET ${site}/page-`) ||
    line === `GET ${scripts}/osmtalk-widget.js` ||
    line.startsWith(`GET ${scripts}/chunks/`);
  return sent.splice(0).filter((line) => !isOwn(line));
}

function pageWith(attributes: Record<string, string>): string {
  const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escape(value)}"`);
  return `<!doctype html><html lang="en"><head><title>A site</title><link rel="icon" href="data:,">
    <script async src="/osmtalk-widget.js"></script></head>
    <body><h1>A site</h1><osmtalk-widget ${written.join(' ')}></osmtalk-widget></body></html>`;
}

test('every public method is among those that are called here', () => {
  const methods = docs.members.filter(({ kind }) => kind === 'method').map(({ name }) => name);
  expect(methods.toSorted()).toEqual(ALL.toSorted());
});

const WAYS: Record<string, Record<string, string>> = {
  'a key in the page': { 'api-key': 'osm_demo' },
  'a relay, inline': { layout: 'inline' },
};

for (const [way, settings] of Object.entries(WAYS)) {
  test(`${way}: until the visitor agrees, nothing is sent and no device looked at`, async ({
    context,
    watch,
    openDoor,
    pictures,
    backend,
    relays,
    site,
    scriptHost,
  }) => {
    const relay = createRelay({
      upstream: osmtalk({ apiKey: 'osm_demo', baseUrl: backend.url }),
      allow: { agents: ['agent_receptionist'], features: ['voice', 'chat', 'callback'], destinations: 'any' },
      origins: [backend.url],
      rateLimit: false,
    });
    const api = await openDoor('api-key' in settings ? backend.url : relays.add(relay));
    const own = {
      'agent-id': 'agent_receptionist',
      'base-url': api.url,
      persist: 'local',
      callback: '',
      ...settings,
    };
    const put = (attributes: Record<string, string>): string =>
      backend.url + site.put(fromOrigin(pageWith(attributes), scriptHost.url));
    const foreign = (): string[] => takeForeign(watch, backend.url, scriptHost.url);

    // On a page of the site that did not ask yet, a message has waited for the connection.
    const before = await context.newPage();
    await before.goto(put(own));
    await before.locator('osmtalk-widget').evaluate((element) => element.setAttribute('open', ''));
    const box = before.getByRole('textbox', { name: 'Message' });
    await box.waitFor();
    await rest(before);
    await context.setOffline(true);
    await box.fill('I waited');
    await before.keyboard.press('Enter');
    await expect.poll(() => before.evaluate(() => JSON.stringify(localStorage))).toContain('I waited');
    // A page that is closed is online for a moment before it goes, and would send the message.
    await before.goto('about:blank');
    await before.close();
    await context.setOffline(false);
    foreign();
    watch.looks.length = 0;
    // A connection that the browser kept would serve the next page, and would not be counted.
    api.closeConnections();
    const knocks = api.connections();

    const page = await context.newPage();
    await page.goto(put({ ...own, ...picturesEverywhere(pictures), ...CONSENT }));
    await page.waitForFunction(() => customElements.get('osmtalk-widget') !== undefined);
    await drive(page, context, KEEPING);
    expect(await page.evaluate(foreignLinks)).toEqual([]);
    await page.reload();
    await drive(page, context, KEEPING);
    await page.goto('about:blank');
    await page.goBack();
    await drive(page, context, KEEPING);
    expect(foreign()).toEqual([]);
    expect(watch.looks).toEqual([]);
    expect(api.connections()).toBe(knocks);
    expect(pictures.connections()).toBe(0);

    await page.getByRole('button', { name: 'I agree' }).click();
    await expect(page.getByRole('log')).toContainText('I waited');
    await expect.poll(() => api.connections()).toBeGreaterThan(knocks);
    await expect.poll(() => pictures.connections()).toBeGreaterThan(0);
    await expect.poll(() => watch.sent.filter((line) => /^POST .*\/chat$/.test(line))).toHaveLength(1);
    await page.getByRole('button', { name: 'Start a call' }).click();
    await expect.poll(() => watch.looks).toContain('getUserMedia');
    await expect.poll(() => watch.sent.some((line) => line.startsWith('WEBSOCKET'))).toBe(true);

    // A logout takes the agreement back.
    await callMethods(page, ['endCall', 'reset']);
    await expect(page.getByText(CONSENT['consent-text'])).toBeVisible();
    await rest(page);
    foreign();
    watch.looks.length = 0;
    await drive(page, context, ALL);
    await page.reload();
    await drive(page, context, ALL);
    expect(foreign()).toEqual([]);
    expect(watch.looks).toEqual([]);
  });
}

test('a call that was left on a page which did not ask is not entered before the visitor agrees', async ({
  page,
  watch,
  backend,
  site,
  scriptHost,
  openDoor,
  widget,
}) => {
  const api = await openDoor();
  // As from the address bar, which announces nothing.
  const keeping = { 'keep-call': 'always' };
  const own = { 'agent-id': 'agent_echo', 'api-key': 'osm_demo', 'base-url': api.url, ...keeping };
  const [plain, asking] = [own, { ...own, ...CONSENT }].map(
    (attributes) => backend.url + site.put(fromOrigin(pageWith(attributes), scriptHost.url)),
  ) as [string, string];
  await page.goto(plain);
  await widget.button('Talk to us').click();
  await widget.startCall();
  // What the end of that page still sends is its own.
  await page.goto(`${backend.url}/empty.html`);
  takeForeign(watch, backend.url, scriptHost.url);
  watch.looks.length = 0;
  await page.goto(asking);
  await widget.button('Return to your call').waitFor();
  await widget.button('Return to your call').click();
  await expect(page.getByText(CONSENT['consent-text'])).toBeVisible();
  await rest(page);
  expect(takeForeign(watch, backend.url, scriptHost.url)).toEqual([]);
  expect(watch.looks).toEqual([]);
});

test('what watches sees each way out of a page', async ({ page, watch, openDoor, backend }) => {
  const door = await openDoor();
  await page.goto(`${backend.url}/empty.html`);
  watch.sent.length = 0;
  await page.evaluate(() => navigator.mediaDevices.enumerateDevices());
  await expect.poll(() => watch.looks).toEqual(['enumerateDevices']);
  expect(watch.sent).toEqual([]);
  expect(door.connections()).toBe(0);
  await page.evaluate(async (url) => {
    navigator.sendBeacon(`${url}/beacon`, 'x');
    new Image().src = `${url}/image`;
    const frame = document.createElement('iframe');
    frame.src = `${url}/frame`;
    document.body.append(frame);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`);
    socket.addEventListener('error', () => undefined);
    await fetch(`${url}/fetch`).catch(() => null);
  }, door.url);
  for (const way of ['POST beacon', 'GET image', 'GET frame', 'WEBSOCKET socket', 'GET fetch']) {
    const [method, path] = way.split(' ');
    await expect
      .poll(() => watch.sent.map((line) => line.replace(/ .*\//, ' ')))
      .toContain(`${method} ${path}`);
  }
  expect(door.connections()).toBeGreaterThan(0);
});
