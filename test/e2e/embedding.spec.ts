import { expect, test } from '../support/backend-fixture.js';

test.use({ permissions: ['microphone'] });

test('no LiveKit code is loaded before the visitor reaches for the call', async ({ widget }) => {
  const voice = (): string[] => widget.requests.filter((request) => request.includes('livekit'));
  await widget.visitAndOpen();
  await expect(widget.button('Start a call')).toBeVisible();
  await widget.page.waitForLoadState('networkidle');
  expect(voice()).toEqual([]);
  await widget.button('Start a call').hover();
  await expect.poll(() => voice().length).toBe(1);
});

test('script tag with data attributes: one line makes a working widget', async ({ widget, backend }) => {
  await widget.page.goto(`${backend.url}/script-tag.html`);
  await widget.button('Ask us').click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  expect(await widget.page.locator('body > osmtalk-widget').count()).toBe(1);
});

test('the script twice on a page, in the head and late: one registration, no error', async ({
  widget,
  backend,
}) => {
  await widget.page.goto(`${backend.url}/twice.html`);
  await expect(widget.button('Talk to us')).toBeVisible();
  await widget.page.evaluate(() => {
    const script = document.createElement('script');
    script.src = '/osmtalk-widget.js';
    document.head.append(script);
    return new Promise((resolve) => script.addEventListener('load', resolve));
  });
  expect(widget.pageErrors).toEqual([]);
  await expect(widget.button('Talk to us')).toHaveCount(1);
});

test('properties set before the upgrade count, whatever the order', async ({ widget, backend }) => {
  await widget.page.goto(`${backend.url}/early-properties.html`);
  await expect(widget.button('Set early')).toBeVisible();
  await widget.button('Set early').click();
  await expect(widget.page.getByRole('dialog', { name: 'Early heading' })).toBeVisible();
  expect(await widget.element.evaluate((element) => Object.keys(element))).toEqual([]);
});

test('open and close: attribute, methods, events, Escape and focus agree', async ({ widget, page }) => {
  await widget.visitAndOpen();
  await expect(widget.element).toHaveAttribute('open', '');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(widget.button('Talk to us')).toBeFocused();
  await widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).show());
  await widget.button('Close').click();
  await expect(widget.element).not.toHaveAttribute('open');
  const names = await page.evaluate(() => window.seen.events.map((event) => event.name));
  expect(names.filter((name) => name === 'osmtalk-open' || name === 'osmtalk-close')).toEqual([
    'osmtalk-open',
    'osmtalk-close',
    'osmtalk-open',
    'osmtalk-close',
  ]);
});

test('a strict Content-Security-Policy with Trusted Types: open, chat and call without one violation', async ({
  widget,
  backend,
}) => {
  const violations: string[] = [];
  await widget.page.exposeFunction('violated', (what: string) => violations.push(what));
  await widget.page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { violated(what: string): void }).violated(
        `${event.violatedDirective} ${event.blockedURI}`,
      );
    });
  });
  await widget.page.goto(`${backend.url}/strict-policy.html`);
  await widget.button('Ask us').click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard, { timeout: 8_000 }).toBeGreaterThan(0.01);
  await widget.button('End call').click();
  await widget.reached('ended');
  expect(violations).toEqual([]);
  expect(widget.pageErrors).toEqual([]);
});
