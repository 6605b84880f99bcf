import type { Page } from '@playwright/test';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { expect, test as base } from '../support/backend-fixture.js';
import { addressBehind, dialnexaAt, osviAt, test } from '../support/relay-fixture.js';
import { SecretSearch } from '../support/secret-search.js';
import { WidgetPage } from '../support/widget-page.js';

test.use({ locale: 'de-DE' });

const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const lines = (page: Page) => page.getByRole('log').getByRole('listitem');

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

async function callMe(widget: WidgetPage): Promise<void> {
  await widget.button('Call me').click();
  await widget.page.getByRole('textbox', { name: 'Your phone number' }).fill('0170 1234567');
  await widget.button('Call me').click();
}

test('OSVI: a chat in one session, until a person answers, which is said once', async ({
  behind,
  osviPlatform: platform,
  page,
}) => {
  const widget = await behind(osviAt(platform.url));
  await widget.visitAndOpen();
  await expect(box(page)).toBeFocused();
  await expect(widget.button('Start a call')).toHaveCount(0);
  await expect(widget.button('Call me')).toHaveCount(0);

  await write(page, 'Hello');
  await expect(lines(page)).toContainText(['Hello', 'You said: Hello']);
  await write(page, 'Again');
  await expect(lines(page)).toHaveCount(4);
  await write(page, 'A person, please');
  await expect(widget.log.getByText('You have asked for a person')).toBeVisible();
  await expect(widget.log.getByText('A person answers from here on')).toBeVisible();
  await page.reload();
  await widget.button('Talk to us').click();
  await write(page, 'Are you there?');
  await expect
    .poll(() => platform.sessions.map(({ heard }) => heard))
    .toEqual([['Hello', 'Again', 'A person, please', 'Are you there?']]);
  await expect(widget.button('Stop the answer')).toHaveCount(0);
  // Four of the visitor, two replies, two lines about who answers.
  await expect(lines(page)).toHaveCount(8);
  await expect(widget.button('Try again')).toHaveCount(0);
  expect(await widget.details('osmtalk-error')).toEqual([]);
  expect(platform.sessions[0]?.customerId).toMatch(/^visitor_[\w-]{16}$/);
  expect(widget.requests.filter((request) => request.endsWith('/features'))).toHaveLength(2);
  expect(widget.pageErrors).toEqual([]);
});

test('OSVI: a call to the visitor’s phone, one that is talked in and one that nobody takes', async ({
  behind,
  osviPlatform: platform,
  page,
}) => {
  const widget = await behind(osviAt(platform.url));
  await widget.visitAndOpen({ callback: '' });
  await callMe(widget);
  await expect(page.getByText('You are talking on your phone')).toBeVisible();
  const [call] = platform.calls.values();
  expect(call).toMatchObject({ phoneNumber: '1701234567', countryCode: 'DE' });
  if (call) call.status = 'picked';
  await expect(page.getByText('The call has ended')).toBeVisible();
  await widget.button('Done').click();

  await callMe(widget);
  await expect.poll(() => platform.calls.size).toBe(2);
  for (const each of platform.calls.values()) each.status = 'not_picked';
  await expect(widget.card).toContainText('Nobody picked up');
  expect(await widget.details('osmtalk-failure')).toMatchObject([
    { reason: 'sip_no_answer', source: 'server' },
  ]);
  await expect(widget.button('Chat instead')).toBeVisible();
  expect(await widget.details('osmtalk-error')).toEqual([]);
});

test('DialNexa: calls to the visitor’s phone, and nothing else', async ({
  behind,
  dialnexaPlatform: platform,
  page,
}) => {
  const widget = await behind(dialnexaAt(platform.url));
  await widget.visitAndOpen({ callback: '' });
  await expect(widget.button('Call me')).toBeVisible();
  await expect(page.getByText('Leave your number, and we call you.')).toBeVisible();
  await expect(widget.button('Start a call')).toHaveCount(0);
  await expect(box(page)).toHaveCount(0);
  await expect(widget.button('What are your opening hours?')).toHaveCount(0);

  await callMe(widget);
  await expect(page.getByText('We are calling you')).toBeVisible();
  await expect.poll(() => platform.calls.size).toBe(1);
  const [call] = platform.calls.values();
  expect(call?.number).toBe('+491701234567');
  if (call) call.status = 'busy';
  await expect(widget.card).toContainText('Nobody picked up');
  await expect(widget.button('Try again')).toBeVisible();
  await expect(widget.button('Chat instead')).toHaveCount(0);
});

test('a relay that is down: the panel opens with all there is, and says what happened on use', async ({
  page,
  backend,
}) => {
  // A port that nobody listens on.
  const widget = await WidgetPage.prepare(page, backend, addressBehind(backend.url, 'http://127.0.0.1:9'));
  await widget.visitAndOpen({ callback: '', 'phone-number-id': 'phone_1' });
  await expect(widget.button('Start a call')).toBeVisible();
  await expect(widget.button('Call me')).toBeVisible();
  await expect(widget.card).toHaveCount(0);
  expect(await widget.details('osmtalk-error')).toEqual([]);
  await write(page, 'Is anybody there?');
  await expect(page.getByText('Not sent.')).toBeVisible();
  await page.context().grantPermissions(['microphone'], { origin: backend.url });
  await widget.button('Start a call').click();
  await expect(widget.card).toBeVisible();
  expect((await widget.details('osmtalk-failure')).map(({ source }) => source)).toEqual(['device']);
  expect(widget.pageErrors).toEqual([]);
});

base(
  'where a key is in the page, the search finds it, wherever it went',
  async ({ widget, page, context }) => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    sockets.on('connection', (socket) =>
      socket.on('message', (data) => socket.send(data, { binary: false })),
    );
    await once(sockets, 'listening');
    const search = new SecretSearch(context);
    await context.addCookies([{ name: 'key', value: 'osm_demo', url: widget.backend.url }]);
    await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
    await write(page, 'osm_demo');
    await expect(lines(page)).toHaveCount(2);
    await page.evaluate(
      async (port) => {
        localStorage.setItem('key', 'osm_demo');
        console.log('osm_demo');
        const socket = new WebSocket(`ws://127.0.0.1:${port}/?key=osm_demo`);
        await new Promise((resolve) => socket.addEventListener('open', resolve));
        socket.send('osm_demo');
        await new Promise((resolve) => socket.addEventListener('message', resolve));
        await fetch('/empty.html?key=osm_demo');
        history.replaceState('osm_demo', '');
      },
      (sockets.address() as AddressInfo).port,
    );
    // What is written is kept a moment later.
    await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).toContain('osm_demo');
    const places = (await search.find(['osm_demo'])).map((place) => place.replace(/ \S*:\/\/\S*$/, ''));
    expect([...new Set(places)].toSorted()).toEqual([
      'DOM',
      'address of',
      'address of the socket',
      'body from',
      'body to',
      'console',
      'cookies',
      'events',
      'frame from',
      'frame to',
      'headers to',
      'history',
      'localStorage',
      'sessionStorage',
    ]);
    sockets.close();
  },
);
