import { expect, test } from '../support/backend-fixture.js';
import { findTraces } from '../support/traces.js';

test.use({ permissions: ['microphone'] });

/** What the libraries inside leave, and the README names. */
const DOCUMENTED_GLOBALS: string[] = [];

test('after a chat and calls the widget is taken out: nothing is left in the page', async ({
  widget,
  page,
  backend,
}) => {
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${backend.url}/empty.html`);
  // Playwright's own listeners come with its first click.
  await page.locator('html').click();
  const before = await findTraces(page, devtools);
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
  for (const apiKey of ['osm_demo', 'osm_webrtc']) {
    await widget.element.evaluate((element, key) => element.setAttribute('api-key', key), apiKey);
    await widget.startCall();
    await widget.button('End call').click();
    await widget.reached('ended');
  }
  await widget.element.evaluate((element) => element.remove());
  await expect.poll(() => widget.openLinks()).toBe(0);

  await expect
    .poll(async () => (await findTraces(page, devtools)).listeners, { timeout: 15_000 })
    .toEqual(before.listeners);
  const after = await findTraces(page, devtools);
  const added = after.globals.filter((name) => !before.globals.includes(name));
  expect(added).toEqual(DOCUMENTED_GLOBALS);
  const changed = Object.keys(after.builtIns).filter(
    (name) => name in before.builtIns && after.builtIns[name] !== before.builtIns[name],
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
