import { readFileSync } from 'node:fs';
import { launcher, words } from '../../src/i18n/locales/de.js';
import {
  AGENT,
  DATA,
  ELEMENT,
  chats,
  expect,
  inMarkup,
  script,
  settings,
  test,
  type Tag,
} from '../support/tag-fixture.js';

/** Every form of the script tag, from another origin than its page. */

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const hows = ['async', 'defer', ''];
const modes = ['', 'crossorigin'];
const named = (...parts: string[]): string => parts.filter(Boolean).join(', ');

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
      { name: named(path, mode, 'element'), head: script(mode, path), body: ELEMENT },
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

for (const { name, head = '', body = '' } of tags) {
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

for (const [name, head] of [
  ['a tag', script(`async ${DATA}`)],
  ['a tag whose script was moved', script(`async ${DATA}`, 'moved/')],
  ['a tag with an import map after it', `${script(DATA)}<script type="importmap">{"imports":{}}</script>`],
  ['the hashes of all files', readFileSync('dist/sri.html', 'utf8').replaceAll('https://cdn.example', 'CDN')],
] as const) {
  test(`script tag: a page in German, ${name}: launcher and panel are in German`, async ({
    widget,
    visitTag,
    said,
  }) => {
    await visitTag(
      `<script>document.documentElement.lang = 'de'</script>${head}`,
      head.includes(DATA) ? '' : ELEMENT,
    );
    await widget.button(launcher).click();
    await expect(widget.button(words.startCall)).toBeVisible();
    expect(widget.pageErrors).toEqual([]);
    expect(said).toEqual([]);
  });
}

test('script tag: integrity of the script and, by an import map, of its chunks', async ({
  widget,
  visitTag,
}) => {
  const pasted = readFileSync('dist/sri.html', 'utf8').replaceAll('https://cdn.example', 'CDN');
  await visitTag(pasted, ELEMENT);
  await chats(widget);
  await visitTag(pasted.replace(/(\/panel-[^"]*": "sha384-)[^"]*/, `$1${'A'.repeat(64)}`), ELEMENT);
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
        widget.element.evaluateAll((all) =>
          all
            .map((each) => each.getAttribute('agent-id') ?? '')
            .toSorted((one, other) => one.localeCompare(other)),
        ),
      )
      .toEqual(['agent_echo', 'agent_receptionist']);
  });
}
