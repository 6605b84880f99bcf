import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, twoFrames, type Mounted } from './mount-widget.js';

const box = page.getByRole('textbox', { name: 'Message' });
const log = page.getByRole('log');

interface Asked extends Mounted {
  /** Every request so far: its method, path and body. */
  requests: { url: string; body: Record<string, unknown> }[];
}

function mount(properties: Partial<OsmtalkWidget> = {}): Asked {
  const requests: Asked['requests'] = [];
  const send: typeof fetch = (input, init) => {
    const { method, url } = new Request(input, init);
    const { body } = init ?? {};
    requests.push({
      url: `${method} ${new URL(url).pathname}`,
      body: typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : {},
    });
    if (url.endsWith('/connect')) return Promise.resolve(json({ callId: 'call_1', transport: 'fake' }));
    return Promise.resolve(json({ reply: 'Noted', sessionId: 'session_of_ada' }));
  };
  return Object.assign(mountWidget({ persist: 'local', fetch: send, ...properties }), { requests });
}

async function adaWrites(properties: Partial<OsmtalkWidget> = {}): Promise<Asked> {
  const mounted = mount(properties);
  await openPanel();
  await box.fill('My PIN is 4711');
  await userEvent.keyboard('{Enter}');
  await expect.element(log).toHaveTextContent('Noted');
  await box.fill('And my');
  await expect.poll(kept).toContain('And my');
  return mounted;
}

/** A page that never had its panel: nobody has reached for the launcher. */
async function nextPage(properties: Partial<OsmtalkWidget> = {}): Promise<Asked> {
  document.body.replaceChildren();
  await twoFrames();
  return mount(properties);
}

const kept = (): string => JSON.stringify([localStorage, sessionStorage]);

describe('reset()', () => {
  test.each(['local', 'session'] as const)(
    'forgets what is kept, with persist="%s" and no panel',
    async (persist) => {
      const { element: before } = await adaWrites({ persist });
      before.remove();
      const { element, requests } = await nextPage({ persist });
      element.reset();
      expect(kept()).not.toContain('4711');
      expect(kept()).not.toContain('session_of_ada');
      await openPanel();
      await expect.element(log).not.toHaveTextContent('4711');
      await expect.element(box).toHaveValue('');
      await box.fill('Hello');
      await userEvent.keyboard('{Enter}');
      await expect
        .poll(() => requests.find(({ url }) => url.endsWith('/chat'))?.body)
        .toEqual({ message: 'Hello' });
    },
  );

  test('forgets the call that could be returned to', async () => {
    const { element } = mount();
    sessionStorage.setItem('osmtalk:held-call', JSON.stringify({ agentId: 'agent_1' }));
    element.reset();
    expect(sessionStorage.getItem('osmtalk:held-call')).toBeNull();
  });

  test('forgets the consent', async () => {
    const asked = { consentText: 'We record.', consentKey: 'agreed' };
    const { element, details } = mount(asked);
    const told: unknown[] = [];
    element.addEventListener('osmtalk-consent', ({ detail }) => told.push(detail));
    await openPanel();
    await page.getByRole('button', { name: 'I agree' }).click();
    await expect.element(box).toBeVisible();
    expect(told).toEqual([{ version: localStorage.getItem('agreed'), at: expect.any(Number) }]);
    element.reset();
    expect(localStorage.getItem('agreed')).toBeNull();
    await expect.element(page.getByRole('button', { name: 'I agree' })).toBeVisible();
    expect(details('osmtalk-error')).toEqual([]);
  });

  test('reaches the site’s other tabs', async () => {
    await adaWrites();
    // Of a tab whose panel nobody has opened.
    const other = document.createElement('osmtalk-widget');
    Object.assign(other, { agentId: 'agent_1', baseUrl: 'https://api.test', mode: 'chat' });
    document.body.append(other);
    other.reset();
    await expect.element(log).not.toHaveTextContent('4711');
    await expect.element(box).toHaveValue('');
    await expect.poll(kept).not.toContain('4711');
  });

  test('ends the call, and stops the reply that is under way', async () => {
    const transport = new FakeTransport();
    const { element, details } = mount({ transports: [transport.loader] });
    void element.startCall();
    await expect.poll(() => element.callState).toBe('connected');
    transport.emit({
      type: 'transcript',
      entry: { id: 'a', role: 'agent', text: 'Your IBAN?', final: true },
    });
    await expect.element(log).toHaveTextContent('Your IBAN?');
    element.reset();
    await expect.poll(() => details('osmtalk-call-end')).toHaveLength(1);
    await expect.element(log).not.toHaveTextContent('Your IBAN?');
    expect(element.transcript).toEqual([]);
  });
});

describe('another user of the site', () => {
  test.each(['bob', undefined])(
    '%s: reads nothing of the last one, and continues nothing',
    async (userId) => {
      const { element, requests } = await adaWrites({ userId: 'ada' });
      element.userId = userId;
      await expect.element(log).not.toHaveTextContent('4711');
      await expect.element(box).toHaveValue('');
      expect(kept()).not.toContain('4711');
      await box.fill('What was my PIN?');
      await userEvent.keyboard('{Enter}');
      await expect.poll(() => requests.at(-1)?.body.message).toBe('What was my PIN?');
      expect(requests.at(-1)?.body).not.toHaveProperty('sessionId');
      expect(requests.at(-1)?.body.userId).toBe(userId);
    },
  );

  test('ends the call of the last one', async () => {
    const transport = new FakeTransport();
    const { element, details } = mount({ userId: 'ada', transports: [transport.loader] });
    void element.startCall();
    await expect.poll(() => element.callState).toBe('connected');
    element.userId = 'bob';
    await expect.poll(() => details('osmtalk-call-end')).toHaveLength(1);
  });

  test('another API is another conversation', async () => {
    const { element, requests } = await adaWrites();
    element.baseUrl = 'https://other.test';
    await expect.element(log).not.toHaveTextContent('4711');
    await box.fill('x');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => requests.at(-1)?.body).toEqual({ message: 'x' });
  });
});

describe('before the visitor has agreed', () => {
  const asked = { consentText: 'We record.', consentKey: 'agreed' };

  test('a message that waited for the connection does not go out, and goes out then', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { element } = mount();
    await openPanel();
    await box.fill('My diagnosis is');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => kept()).toContain('offline');
    element.remove();
    const { requests } = await nextPage(asked);
    await openPanel();
    await expect.element(page.getByRole('button', { name: 'I agree' })).toBeVisible();
    online.mockReturnValue(true);
    dispatchEvent(new Event('online'));
    const second = document.querySelector('osmtalk-widget');
    await second?.sendMessage('too early');
    await second?.getDiagnostics();
    expect(requests).toEqual([]);
    await page.getByRole('button', { name: 'I agree' }).click();
    await expect.poll(() => requests.map(({ body }) => body.message)).toEqual(['My diagnosis is']);
  });

  test('a preflight looks at no device and asks nobody', async () => {
    const look = vi.spyOn(navigator.mediaDevices, 'enumerateDevices');
    const { element, requests } = mount(asked);
    const report = await element.runPreflight();
    expect(report?.results.map(({ check }) => check)).toContain('secure-context');
    expect(requests).toEqual([]);
    expect(look).not.toHaveBeenCalled();
  });

  test('a picture of somebody else is not fetched', async () => {
    const { element } = mount({ ...asked, avatarSrc: 'https://pictures.test/a.png' });
    await openPanel();
    const picture = () => element.shadowRoot?.querySelector('.avatar') ?? null;
    expect(picture()).toBeNull();
    await page.getByRole('button', { name: 'I agree' }).click();
    await expect.poll(picture).not.toBeNull();
  });
});
