import { DATA, ELEMENT, chats, expect, script, test } from '../support/tag-fixture.js';

/** What the owner of a page is told when nothing can be shown. */

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const NOTHING = /^<osmtalk-widget> has nothing to show: .*data-agent-id.*agent-id=.*osmtalkSettings/;
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
    document.body.append(document.createElement('osmtalk-widget'));
  },
  'has its element in a shadow root': (): void => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'closed' }).append(document.createElement('osmtalk-widget'));
    document.body.append(host);
  },
  'had an element and has taken it out': (): void => {
    const element = document.createElement('osmtalk-widget');
    document.body.append(element);
    element.remove();
  },
})) {
  test(`something to show: a page that ${name} is not warned`, async ({ page, visitTag, said }) => {
    await page.clock.install();
    await visitTag(script('defer'));
    await page.clock.runFor(1_500);
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
