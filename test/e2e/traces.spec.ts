import { expect, test } from '../support/backend-fixture.js';
import { findTraces, watchScripts } from '../support/traces.js';

test.use({ permissions: ['microphone'] });

/** Lit counts its own versions; `demo/docs/browsers.md` names them. */
const DOCUMENTED_GLOBALS = new Set(['litHtmlVersions']);

test('after a chat and calls the widget is taken out: nothing is left in the page', async ({
  widget,
  page,
  backend,
}) => {
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${backend.url}/empty.html`);
  const scripts = await watchScripts(devtools, backend.url);
  const before = await findTraces(page, devtools, scripts);
  await page.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        const script = document.createElement('script');
        script.src = '/osmtalk-widget.js';
        script.addEventListener('load', resolve);
        document.head.append(script);
      }),
  );
  await page.evaluate(() => {
    document.querySelector('script')?.remove();
    const element = document.createElement('osmtalk-widget');
    Object.assign(element, {
      agentId: 'agent_receptionist',
      apiKey: 'osm_demo',
      baseUrl: '/',
      persist: 'none',
    });
    document.body.append(element);
  });
  await widget.button('Talk to us').click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  for (const [call, apiKey] of ['osm_demo', 'osm_webrtc'].entries()) {
    await widget.element.evaluate((element, key) => element.setAttribute('api-key', key), apiKey);
    await widget.startCall();
    await widget.button('End call').click();
    await expect.poll(() => widget.details('osmtalk-call-end')).toHaveLength(call + 1);
  }
  // Else the list below would be empty whatever happens.
  expect((await findTraces(page, devtools, scripts)).listeners).toContain('window pagehide');
  await widget.element.evaluate((element) => element.remove());
  await expect.poll(() => widget.openLinks()).toBe(0);

  await expect.poll(async () => (await findTraces(page, devtools, scripts)).listeners).toEqual([]);
  const after = await findTraces(page, devtools, scripts);
  const added = after.globals.filter((name) => !before.globals.includes(name));
  expect(added.filter((name) => !DOCUMENTED_GLOBALS.has(name))).toEqual([]);
  const changed = Object.keys(after.builtIns).filter(
    (name) => after.builtIns[name] !== before.builtIns[name] && !DOCUMENTED_GLOBALS.has(name),
  );
  expect(changed).toEqual([]);
  const { styleSheets, fonts, elements, attributes } = after;
  expect({ styleSheets, fonts, elements, attributes }).toEqual({
    styleSheets: before.styleSheets,
    fonts: before.fonts,
    elements: before.elements,
    attributes: before.attributes,
  });
});
