import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { requireChromium } from '../support/chromium.js';

test.use({ permissions: ['microphone'], timings: { noSoundMs: 1_500 } });

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

test('a strict Content-Security-Policy with Trusted Types: a whole session without one violation', async ({
  widget,
  backend,
  page,
}) => {
  test.slow();
  const violations: string[] = [];
  await page.exposeFunction('violated', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    const { violated } = window as unknown as { violated(what: string): void };
    addEventListener('securitypolicyviolation', (event) => {
      violated(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    new ReportingObserver((reports) => reports.forEach(({ type, url }) => violated(`${type} ${url}`)), {
      types: ['csp-violation'],
      buffered: true,
    }).observe();
  });
  await page.goto(`${backend.url}/strict-policy.html`);
  const set = (attributes: Record<string, string>): Promise<void> =>
    widget.element.evaluate((element, values) => {
      for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    }, attributes);

  await test.step('chat, with Markdown in the reply', async () => {
    await set({ 'agent-id': 'agent_echo', audience: 'tester' });
    await widget.button('Ask us').click();
    await page
      .getByRole('textbox', { name: 'Message' })
      .fill('**bold** `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |');
    await widget.button('Send').click();
    await expect(widget.log.locator('strong', { hasText: 'bold' })).toBeVisible();
    await expect(widget.log.locator('table')).toBeVisible();
  });

  for (const [transport, key] of Object.entries({ LiveKit: 'osm_demo', 'plain WebRTC': 'osm_webrtc' })) {
    await test.step(`a call over ${transport}`, async () => {
      await set({ 'agent-id': 'agent_receptionist', 'api-key': key });
      await widget.startCall();
      await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
      await widget.button('Mute').click();
      const ends = (await widget.details('osmtalk-call-end')).length;
      await widget.button('End call').click();
      await expect.poll(() => widget.details('osmtalk-call-end')).toHaveLength(ends + 1);
    });
  }

  await test.step('a call that fails, its report, the connection check', async () => {
    await set({ 'agent-id': 'agent_missing_record' });
    await widget.startCall();
    await expect(widget.card).toBeVisible({ timeout: 30_000 });
    await widget.button('Copy report').click();
    await widget.button('Check your connection').click();
    await expect(page.getByText('Check finished.')).toBeVisible({ timeout: 15_000 });
    await widget.button('Close the check').click();
    await widget.button('Chat instead').click();
  });

  await test.step('a call to the visitor’s phone', async () => {
    await set({ 'agent-id': 'agent_receptionist', callback: '', 'phone-number-id': 'phone_demo' });
    await widget.button('Call me').click();
    await page.getByRole('textbox', { name: 'Your phone number' }).fill('+49 170 1234567');
    await widget.button('Call me').click();
    await expect(page.getByText('Your phone is ringing')).toBeVisible();
  });

  await widget.button('Close').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await widget.element.evaluate((element) => element.remove());
  expect(violations).toEqual([]);
  expect(widget.pageErrors).toEqual([]);

  // Else nobody knows whether one would have been seen.
  await page.evaluate(() => document.head.append(document.createElement('style')));
  await expect.poll(() => violations).not.toEqual([]);
});

test('the hand on the launcher opens the connection to the API, and sends nothing', async ({
  backend,
}, testInfo) => {
  // Some distributions, and Playwright, forbid what they take for a guess.
  const profile = testInfo.outputPath('profile');
  mkdirSync(`${profile}/Default`, { recursive: true });
  writeFileSync(`${profile}/Default/Preferences`, '{"net":{"network_prediction_options":0}}');
  let connections = 0;
  let bytes = 0;
  const api = createServer((socket) => {
    connections += 1;
    socket.on('data', ({ length }) => (bytes += length)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: requireChromium(),
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--disable-background-networking'],
  });
  try {
    const page = await context.newPage();
    await page.goto(`${backend.url}/script-tag.html`);
    const launcher = page.getByRole('button', { name: 'Ask us' });
    await launcher.waitFor();
    const element = page.locator('osmtalk-widget');
    await element.evaluate((widget, url) => widget.setAttribute('base-url', url), `http://127.0.0.1:${port}`);
    expect(connections).toBe(0);
    await launcher.hover();
    await expect.poll(() => connections).toBe(1);
    expect(bytes).toBe(0);
  } finally {
    await context.close();
    api.close();
  }
});
