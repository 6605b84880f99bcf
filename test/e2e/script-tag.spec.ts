import { readFileSync } from 'node:fs';
import { expect, test as base } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/** Every form of the script tag, and what is made of it, from another origin than its page. */

interface TagFixtures {
  /** Opens a page with this in its head and body: `CDN` is the origin of the script, `SITE` that of the page, `CODE` the script itself. */
  visitTag: (head: string, body?: string) => Promise<void>;
  /** What the widget said on the console. */
  said: string[];
}

const test = base.extend<TagFixtures>({
  visitTag: async ({ page, site, scriptHost, backend }, use) => {
    site.add('jquery.js', readFileSync('node_modules/jquery/dist/jquery.min.js', 'utf8'));
    const fill = (markup: string): string =>
      markup
        .replaceAll('CDN', scriptHost.url)
        .replaceAll('SITE', backend.url)
        .replaceAll('CODE', () => readFileSync('dist/osmtalk-widget.js', 'utf8'));
    await use(async (head, body = '') => {
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title><link rel="icon" href="data:,">${head}</head>
        <body><h1>A site</h1>${body}</body></html>`;
      await page.goto(backend.url + site.put(fill(html)));
    });
  },
  said: async ({ page }, use) => {
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('<osmtalk-widget>')) said.push(message.text());
    });
    await use(said);
  },
});

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const AGENT = { 'agent-id': 'agent_receptionist', 'api-key': 'osm_demo', 'base-url': '/' };
const ELEMENT = `<osmtalk-widget ${inMarkup(AGENT)}></osmtalk-widget>`;
const DATA = inMarkup(AGENT, 'data-');
const QUERY = String(new URLSearchParams(AGENT));

interface Tag {
  name: string;
  head?: string;
  body?: string;
  /** A file below the CDN. */
  path?: string;
}

const script = (attributes: string, path = ''): string =>
  `<script ${attributes} src="CDN/${path}osmtalk-widget.js"></script>`;

const hows = ['async', 'defer', ''];
const modes = ['', 'crossorigin'];
const named = (...words: string[]): string => words.filter(Boolean).join(', ');

const tags: Tag[] = [
  ...hows.flatMap((how) =>
    modes.flatMap((mode): Tag[] => [
      { name: named(how, mode, 'data in the head'), head: script(`${how} ${mode} ${DATA}`) },
      { name: named(how, mode, 'data at the end'), body: script(`${how} ${mode} ${DATA}`) },
      { name: named(how, mode, 'before its element'), head: script(`${how} ${mode}`), body: ELEMENT },
      { name: named(how, mode, 'after its element'), body: ELEMENT + script(`${how} ${mode}`) },
      { name: named(how, mode, 'both'), head: script(`${how} ${mode} ${DATA}`), body: ELEMENT },
    ]),
  ),
  ...['npm/osmtalk-widget@0.1.0/dist/', 'latest/', 'moved/'].flatMap((path) =>
    modes.flatMap((mode): Tag[] => [
      { name: named(path, mode, 'data'), head: script(`async ${mode} ${DATA}`, path) },
      { name: named(path, mode, 'element'), head: script(`${mode}`, path), body: ELEMENT },
    ]),
  ),
  {
    name: 'a query and a fragment',
    head: `<script async src="CDN/v1/osmtalk-widget.js?ver=6.7&cb=1#top" ${DATA}></script>`,
  },
  {
    name: 'a base element for another place',
    head: `<base href="https://elsewhere.example/deep/">${script(`async ${inMarkup({ ...AGENT, 'base-url': 'SITE' }, 'data-')}`)}`,
  },
  {
    name: 'another base element after it',
    head: `${script(inMarkup({ ...AGENT, 'base-url': 'SITE' }, 'data-'))}<script>document.head.append(Object.assign(document.createElement('base'), { href: 'https://elsewhere.example/' }))</script>`,
  },
  { name: 'a module with data', head: script(`type="module" ${DATA}`) },
  { name: 'an async module with data', head: script(`type="module" async ${DATA}`) },
  { name: 'a module with an element', head: script('type="module"'), body: ELEMENT },
  {
    name: 'imported by a module',
    head: `<script type="module">import 'CDN/v1/osmtalk-widget.js'</script>`,
    body: ELEMENT,
  },
  {
    name: 'injected with data',
    body: `<script>
      const tag = document.createElement('script');
      tag.src = 'CDN/osmtalk-widget.js';
      Object.assign(tag.dataset, { agentId: 'agent_receptionist', apiKey: 'osm_demo', baseUrl: '/' });
      document.head.append(tag);
    </script>`,
  },
  {
    name: 'written with document.write',
    head: `<script>document.write('<script ${DATA} src="CDN/osmtalk-widget.js"><\\/script>')</script>`,
  },
  { name: 'twice', head: script(`async ${DATA}`) + script(`async ${DATA}`) },
  { name: 'twice, one after the other', head: script(DATA), body: script(DATA) },
  { name: 'twice, from two places', head: script(`defer ${DATA}`), body: script(`async ${DATA}`, 'v1/') },
  { name: 'twice, as a module and not', head: script(DATA) + script(`type="module" ${DATA}`) },
  { name: 'with an import map', head: `<script type="importmap">{"imports":{}}</script>${script(DATA)}` },
  {
    name: 'taken out of the page at once',
    head: `${script(DATA)}<script>document.querySelector('script[src]').remove()</script>`,
  },
  {
    name: 'under a policy with a nonce',
    head: `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-abc' 'strict-dynamic'">${script(`nonce="abc" ${DATA}`)}`,
  },
  {
    name: 'under a policy that names the CDN, with Trusted Types',
    head: `<meta http-equiv="Content-Security-Policy" content="script-src CDN; require-trusted-types-for 'script'; trusted-types lit-html">${script(`async ${DATA}`)}`,
  },
];

const settings = `window.osmtalkSettings = { agentId: 'agent_receptionist', apiKey: 'osm_demo', 'base-url': '/' };`;

/** What tag managers and optimizers make of the tag. */
const loaders: Tag[] = [
  { name: 'settings of the page before the script', head: `<script>${settings}</script>${script('async')}` },
  { name: 'settings of the page after the script', head: script(''), body: `<script>${settings}</script>` },
  {
    name: 'settings of the page long after the script',
    head: `${script('')}<script>addEventListener('load', () => setTimeout(() => { ${settings} }, 700))</script>`,
  },
  {
    name: 'settings of the page, script injected without data, as Google Tag Manager does',
    body: `<script>${settings} (() => { const tag = document.createElement('script'); tag.async = true; tag.src = 'CDN/osmtalk-widget.js'; document.body.append(tag); })()</script>`,
  },
  {
    name: 'the query of the address',
    head: `<script async src="CDN/v1/osmtalk-widget.js?${QUERY}&amp;ver=1"></script>`,
  },
  {
    name: 'the query of the address of a module',
    head: `<script type="module" src="CDN/v1/osmtalk-widget.js?${QUERY}"></script>`,
  },
  {
    name: 'WP Rocket: delayed until the visitor moves',
    body: `<script type="rocketlazyloadscript" data-rocket-src="CDN/osmtalk-widget.js" ${DATA}></script>
      <script>setTimeout(() => { const old = document.querySelector('[data-rocket-src]'), tag = document.createElement('script');
        for (const { name, value } of old.attributes) if (name !== 'type' && name !== 'data-rocket-src') tag.setAttribute(name, value);
        tag.src = old.getAttribute('data-rocket-src'); old.replaceWith(tag); }, 100)</script>`,
  },
  {
    name: 'WP Rocket: delayed, as a tag without its data',
    body: `<script type="rocketlazyloadscript" data-rocket-src="CDN/osmtalk-widget.js" ${DATA}></script>
      <script>setTimeout(() => { const tag = document.createElement('script'); tag.src = 'CDN/osmtalk-widget.js'; document.head.append(tag); }, 100)</script>`,
  },
  {
    name: 'LiteSpeed: the tag stays, the code runs from a blob',
    body: `<script type="litespeed/javascript" data-src="CDN/osmtalk-widget.js" ${DATA}></script>
      <script>fetch('CDN/osmtalk-widget.js').then((response) => response.blob()).then((blob) => {
        const tag = document.createElement('script'); tag.src = URL.createObjectURL(blob); document.head.append(tag); })</script>`,
  },
  {
    name: 'Rocket Loader: another type, and a currentScript of its own',
    body: `<script type="a1b2c3-text/javascript" src="CDN/osmtalk-widget.js" ${DATA} data-cf-settings="a1b2c3-|49"></script>
      <script>fetch('CDN/osmtalk-widget.js').then((response) => response.text()).then((code) => {
        const current = document.querySelector('[type^=a1b2c3]');
        Object.defineProperty(document, 'currentScript', { configurable: true, get: () => current });
        (0, eval)(code); delete document.currentScript; })</script>`,
  },
  {
    name: 'Autoptimize: one file of all scripts, and chunkBase',
    head: `<script>${settings} osmtalkSettings.chunkBase = 'CDN/v1'</script><script defer src="CDN/combined/all.js"></script>`,
  },
  {
    name: 'Autoptimize: one file of all scripts, chunkBase names the chunks',
    head: `<script>${settings} osmtalkSettings.chunkBase = 'CDN/v1/chunks/'</script><script defer src="CDN/combined/all.js"></script>`,
  },
  {
    name: 'one file of all scripts, with the chunks beside it',
    head: `<script>${settings}</script><script defer src="CDN/cache/all.js"></script>`,
  },
  {
    name: 'one file of all scripts, while our tag still stands in the page',
    body: `<script type="text/plain" data-src="CDN/v1/osmtalk-widget.js" ${DATA}></script><script defer src="CDN/combined/all.js"></script>`,
  },
  {
    name: 'the code inside the page, and chunkBase',
    body: `<script>osmtalkSettings = { chunkBase: 'CDN/' }</script><script ${DATA}>CODE</script>`,
  },
  {
    name: 'the code inside the page as a module, and chunkBase',
    body: `<script>osmtalkSettings = { chunkBase: 'CDN/' }</script><script type="module" ${DATA}>CODE</script>`,
  },
  {
    name: 'the code evaluated, as jQuery does with what it fetched: known from what the browser loaded',
    body: `<script>${settings}; const request = new XMLHttpRequest(); request.open('GET', '/osmtalk-widget.js');
      request.onload = () => { const tag = document.createElement('script'); tag.text = request.responseText; document.head.append(tag); };
      request.send()</script>`,
  },
  {
    name: 'jQuery.getScript',
    body: `<script src="/jquery.js"></script><script>${settings} jQuery.getScript('CDN/osmtalk-widget.js')</script>`,
  },
  {
    name: 'jQuery.globalEval',
    body: `<script src="/jquery.js"></script><script>${settings} osmtalkSettings.chunkBase = 'CDN/';
      fetch('CDN/osmtalk-widget.js').then((response) => response.text()).then((code) => jQuery.globalEval(code))</script>`,
  },
];

for (const { name, head = '', body = '' } of [...tags, ...loaders]) {
  test(`script tag: ${name}: one widget opens and chats`, async ({ widget, visitTag, said }) => {
    await visitTag(head, body);
    await chats(widget);
    await expect(widget.element).toHaveCount(1);
    expect(widget.pageErrors).toEqual([]);
    expect(said).toEqual([]);
  });
}

for (const [name, head, body] of [
  ['data', script(`async ${DATA}`), ''],
  ['element', script('defer', 'moved/'), ELEMENT],
  ['settings of the page', `<script>${settings}</script>${script('type="module"')}`, ''],
] as const) {
  test(`script tag: ${name}: a call from another origin is heard`, async ({ widget, visitTag }) => {
    await visitTag(head, body);
    await widget.button('Talk to us').click();
    await widget.startCall();
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
    await widget.button('End call').click();
    await expect.poll(() => widget.details('osmtalk-call-end')).toMatchObject([{ connected: true }]);
  });
}

test('script tag: added late, by code', async ({ widget, page, visitTag, scriptHost, said }) => {
  await visitTag('');
  const add = (src: string): Promise<void> =>
    page.evaluate(
      ([address, agent]) => {
        const tag = document.createElement('script');
        tag.src = address;
        for (const [name, value] of Object.entries(agent)) tag.setAttribute(`data-${name}`, value);
        const loaded = new Promise<void>((resolve) => tag.addEventListener('load', () => resolve()));
        document.head.append(tag);
        return loaded;
      },
      [src, AGENT] as const,
    );
  await add(`${scriptHost.url}/osmtalk-widget.js`);
  await chats(widget);
  await add(`${scriptHost.url}/v1/osmtalk-widget.js?again`);
  await expect(widget.element).toHaveCount(1);
  expect(said).toEqual([]);
});

test('script tag: one request before the launcher, and all code from where the script came from', async ({
  widget,
  visitTag,
  page,
  scriptHost,
}) => {
  scriptHost.paths.length = 0;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/chunks/**', async (route) => {
    await held;
    await route.continue();
  });
  await visitTag(script(`async ${DATA}`, 'only-here/'));
  await expect(widget.button('Talk to us')).toBeVisible();
  expect(scriptHost.paths).toEqual(['/only-here/osmtalk-widget.js']);
  letGo();
  await chats(widget);
  const chunks = widget.requests.filter((request) => request.includes('/chunks/'));
  expect(chunks.length).toBeGreaterThan(0);
  expect(chunks.filter((request) => !request.startsWith('GET /only-here/chunks/'))).toEqual([]);
});

test('script tag: integrity of the script and, by an import map, of its chunks', async ({
  widget,
  visitTag,
}) => {
  const hashes = JSON.parse(readFileSync('dist/sri.json', 'utf8')) as Record<string, string>;
  const map = (wrong: boolean): string => {
    const integrity = Object.entries(hashes).map(([file, hash]) => [
      `CDN/${file}`,
      wrong && file.includes('/panel-') ? hashes['osmtalk-widget.js'] : hash,
    ]);
    return `<script type="importmap">${JSON.stringify({ integrity: Object.fromEntries(integrity) as object })}</script>`;
  };
  const tag = script(`async crossorigin integrity="${hashes['osmtalk-widget.js']}" ${DATA}`);
  await visitTag(map(false) + tag);
  await chats(widget);
  await visitTag(map(true) + tag);
  await widget.button('Talk to us').click();
  await expect.poll(() => widget.details('osmtalk-error')).toMatchObject([{ code: 'load-failed' }]);
});

for (const [name, head, body] of [
  ['two tags', script(`async ${DATA}`) + script(`defer ${DATA.replace('receptionist', 'echo')}`), ''],
  [
    'two modules',
    script(`type="module" ${DATA}`) + script(`type="module" ${DATA.replace('receptionist', 'echo')}`),
    '',
  ],
  [
    'a tag and settings of the page',
    `<script>${settings}</script>${script(DATA.replace('receptionist', 'echo'))}${script('')}`,
    '',
  ],
  ['a tag and an element', script(DATA), ELEMENT.replace('receptionist', 'echo')],
] as const) {
  test(`script tag: two agents are two widgets: ${name}`, async ({ widget, visitTag }) => {
    await visitTag(head, body);
    await expect
      .poll(() =>
        widget.element.evaluateAll((all) => all.map((each) => each.getAttribute('agent-id')).toSorted()),
      )
      .toEqual(['agent_echo', 'agent_receptionist']);
  });
}

test('settings of the page: texts, switches, objects and functions, by either name', async ({
  widget,
  visitTag,
  said,
}) => {
  await visitTag(
    `<script>window.osmtalkSettings = { 'agent-id': 'agent_receptionist', apiKey: 'osm_demo', baseUrl: '/', agentVersion: 3, callback: false, open: true,
      starters: ['Prices?'], 'dynamic-variables': { 'first name': 'Ada' }, metadata: '{"plan":"gold"}', strings: { launcher: 'Ask us' },
      describeFailure: () => null, theme: null, heading: undefined, onclick: 'alert(1)', style: 'color: red', innerHTML: '<b>no</b>', unknown: 1 }</script>${script(DATA.replace('receptionist', 'receptionist" data-heading="Front desk'))}`,
  );
  await expect(widget.page.getByRole('dialog', { name: 'Front desk' })).toBeVisible();
  await expect(widget.button('Prices?')).toBeVisible();
  const set = await widget.element.evaluate((each) => {
    const element = each as HTMLElementTagNameMap['osmtalk-widget'];
    return {
      names: element.getAttributeNames().toSorted(),
      children: element.childNodes.length,
      values: [
        element.agentVersion,
        element.callback,
        element.dynamicVariables,
        element.metadata,
        element.theme,
      ],
      functions: typeof element.describeFailure,
      launcher: element.strings?.launcher,
    };
  });
  expect(set).toEqual({
    names: ['agent-id', 'agent-version', 'api-key', 'base-url', 'heading', 'metadata', 'open'],
    children: 0,
    values: [3, false, { 'first name': 'Ada' }, { plan: 'gold' }, 'auto'],
    functions: 'function',
    launcher: 'Ask us',
  });
  expect(said).toEqual([]);
});

test('data attributes: those of the widget, and no handler, style or name of another', async ({
  widget,
  visitTag,
  page,
}) => {
  await visitTag(
    script(
      `${DATA} data-lang="de" data-id="desk" data-class="ours" data-slot="aside" data-onfocus="window.ran = true" data-onanimationstart="window.ran = true" data-style="color: red" data-is="x-y" data-cfasync="false" data-autofocus data-tabindex="0" data-open`,
    ),
  );
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await widget.element.evaluate((element) => element.getAttributeNames().toSorted())).toEqual([
    'agent-id',
    'api-key',
    'base-url',
    'class',
    'id',
    'lang',
    'open',
    'slot',
  ]);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

const EVIL =
  'data-agent-id="agent_evil" data-open data-onfocus="window.ran = true" data-base-url="https://evil.example"';
for (const [name, clobber] of Object.entries({
  'a picture': `<img name="currentScript" ${EVIL}>`,
  'two pictures': `<img name="currentScript" ${EVIL}><img name="currentScript" ${EVIL}>`,
  'a form': `<form name="currentScript" ${EVIL}></form>`,
  'an embed': `<embed name="currentScript" ${EVIL}>`,
  'a frame': `<iframe name="currentScript" srcdoc="" ${EVIL}></iframe>`,
  'a body': '<img name="body">',
  'settings by anchors': `<a id="osmtalkSettings"></a><a id="osmtalkSettings" name="chunkBase" href="https://evil.example/"></a><a id="osmtalkSettings" name="agent-id" href="https://evil.example/"></a>`,
  'settings by a form': `<form id="osmtalkSettings"><input name="chunkBase" value="https://evil.example/"><input name="baseUrl" value="https://evil.example/"></form>`,
  'settings by a frame': `<iframe name="osmtalkSettings" srcdoc="<script>var chunkBase = 'https://evil.example/', baseUrl = 'https://evil.example/', agentId = 'agent_evil'</script>"></iframe>`,
  'settings by a frame of another origin': `<iframe name="osmtalkSettings" src="CDN/nowhere"></iframe>`,
  'what looks as if it were loaded': `<img src="https://evil.example/osmtalk-widget.js"><link rel="preload" as="script" href="https://evil.example/osmtalk-widget.js">`,
})) {
  for (const [form, tag] of [
    ['data', script(DATA)],
    ['module', script(`type="module" ${DATA}`)],
    ['element', ELEMENT + script('defer')],
  ] as const) {
    test(`markup of a visitor: ${name}, and ${form}: the widget is the site’s own`, async ({
      widget,
      visitTag,
      page,
    }) => {
      const strange: string[] = [];
      await page.route('https://evil.example/**', (route) => {
        if (!['image', 'other'].includes(route.request().resourceType())) strange.push(route.request().url());
        return route.abort();
      });
      await visitTag('', clobber + tag);
      await chats(widget);
      expect(
        await widget.element.evaluateAll((all) => all.map((each) => each.getAttribute('agent-id'))),
      ).toEqual(['agent_receptionist']);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(strange.filter((url) => !url.endsWith('/osmtalk-widget.js'))).toEqual([]);
    });
  }
}

const NOTHING = /^<osmtalk-widget> has nothing to show: .*data-agent-id.*agent-id=.*window\.osmtalkSettings/;
for (const [name, head] of Object.entries({
  'a tag without its data': script('async'),
  'a tag with a key alone': script('async data-api-key="osm_demo"'),
  'settings of the page without an agent': `<script>osmtalkSettings = { apiKey: 'osm_demo' }</script>${script('')}`,
  'a module': script('type="module"'),
  'the same tag twice': script('async') + script('defer'),
  'one file of all scripts': '<script defer src="CDN/combined/all.js"></script>',
  'the code inside the page': '<script>CODE</script>',
})) {
  test(`nothing to show: ${name}: one line says what is missing`, async ({ widget, visitTag, said }) => {
    await visitTag(head);
    await expect.poll(() => said).toEqual([expect.stringMatching(NOTHING)]);
    await expect(widget.element).toHaveCount(0);
    expect(widget.pageErrors).toEqual([]);
  });
}

for (const [name, code] of Object.entries({
  'adds its element after it has loaded': (): void => {
    setTimeout(() => document.body.append(document.createElement('osmtalk-widget')), 1_500);
  },
  'has its element in a shadow root': (): void => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'closed' }).append(document.createElement('osmtalk-widget'));
    document.body.append(host);
  },
  'had an element and has taken it out': (): void => {
    const element = document.createElement('osmtalk-widget');
    document.body.append(element);
    setTimeout(() => element.remove(), 100);
  },
})) {
  test(`something to show: a page that ${name} is not warned`, async ({ page, visitTag, said }) => {
    await page.clock.install();
    await visitTag(script('defer'));
    await page.evaluate(code);
    await page.clock.runFor(30_000);
    expect(said.filter((line) => NOTHING.test(line))).toEqual([]);
  });
}

for (const [name, tag] of Object.entries({
  data: script(`async ${DATA}`, 'no-cors/'),
  element: ELEMENT + script('', 'no-cors/'),
})) {
  test(`a CDN without CORS: ${name}: one line says what to send, however often the visitor presses`, async ({
    widget,
    visitTag,
    said,
  }) => {
    await visitTag('', tag);
    for (const count of [1, 2, 3]) {
      await widget.button('Talk to us').click();
      await expect.poll(() => widget.details('osmtalk-error')).toHaveLength(count);
    }
    expect(await widget.details('osmtalk-error')).toMatchObject([
      { code: 'load-failed', retryable: true },
      { code: 'load-failed' },
      { code: 'load-failed' },
    ]);
    expect(said).toEqual([expect.stringMatching(/could not load its panel.*Access-Control-Allow-Origin/)]);
    await expect(widget.element).not.toHaveAttribute('open');
  });
}

test('code inside the page, and no address: one line names chunkBase; set then, the next press opens', async ({
  widget,
  visitTag,
  said,
  page,
  scriptHost,
}) => {
  await visitTag('', `<script ${DATA}>CODE</script>`);
  await widget.button('Talk to us').click();
  await expect.poll(() => said).toEqual([expect.stringMatching(/could not load its panel: .*chunkBase/)]);
  await page.evaluate(
    (chunkBase) => Object.assign(window, { osmtalkSettings: { chunkBase } }),
    scriptHost.url,
  );
  await chats(widget);
});

async function chats(widget: WidgetPage): Promise<void> {
  await widget.button('Talk to us').click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
}

function inMarkup(attributes: Record<string, string>, prefix = ''): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${prefix}${name}="${value}"`)
    .join(' ');
}
