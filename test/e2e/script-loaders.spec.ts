import { DATA, chats, expect, script, settings, QUERY, test, type Tag } from '../support/tag-fixture.js';

/** What tag managers and optimizers make of the tag, and what a page sets for them. */

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

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

for (const { name, head = '', body = '' } of loaders) {
  test(`script tag: ${name}: one widget opens and chats`, async ({ widget, visitTag, said }) => {
    await visitTag(head, body);
    await chats(widget);
    await expect(widget.element).toHaveCount(1);
    expect(widget.pageErrors).toEqual([]);
    expect(said).toEqual([]);
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
