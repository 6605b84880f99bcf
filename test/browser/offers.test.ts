import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { conversationKey } from '../../src/visitor/conversation-key.js';
import { deferred } from '../support/deferred.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

interface Behind extends Mounted {
  transport: FakeTransport;
  /** Every request so far, as `METHOD /path`. */
  requests: string[];
  /** The relay has answered, and all that follows from it has happened. */
  settled: () => boolean;
  /** The relay says what it offers. */
  answer: (features: string[], more?: object) => void;
}

/** A widget behind a relay that says what it offers when the test wants it to. */
function mountBehind(properties: Partial<OsmtalkWidget> = {}): Behind {
  const transport = new FakeTransport();
  const requests: string[] = [];
  const { promise, resolve } = deferred<Response>();
  let isSettled = false;
  const send: typeof fetch = (input, init) => {
    const { method, url } = new Request(input, init);
    const { pathname } = new URL(url);
    requests.push(`${method} ${pathname}`);
    if (pathname.endsWith('/features')) return promise;
    if (pathname.endsWith('/connect'))
      return Promise.resolve(json({ callId: 'call_1', token: 'tok_en', transport: 'fake' }));
    if (pathname.endsWith('/outbound')) return Promise.resolve(json({ callId: 'call_1' }));
    if (pathname.endsWith('/calls/call_1')) return Promise.resolve(json({ status: 'failed' }));
    return Promise.resolve(json({ reply: '', mode: 'support', helpRequested: true, sessionId: 's' }));
  };
  const mounted = mountWidget({
    apiKey: undefined,
    fetch: send,
    transports: [transport.loader],
    ...properties,
  });
  const answer = (features: string[], more = {}): void => {
    resolve(json({ features, ...more }));
    requestAnimationFrame(() => requestAnimationFrame(() => (isSettled = true)));
  };
  return { ...mounted, transport, requests, answer, settled: () => isSettled };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const box = () => page.getByRole('textbox', { name: 'Message' });
const root = () => document.querySelector('osmtalk-widget')?.shadowRoot;
const focused = () => root()?.activeElement;

/** What can be pressed or written into, besides the header. */
function controls(): (string | null)[] {
  const all = root()?.querySelectorAll(':is(.controls, .conversation) :is(button, textarea)') ?? [];
  return [...all].map((each) => each.ariaLabel ?? each.textContent.trim());
}

describe('behind a relay', () => {
  test('nothing can be pressed before it has said what it offers; then the focus goes to the message box', async () => {
    const { answer, requests } = mountBehind({ starters: ['Prices?'] });
    expect(requests).toEqual([]);
    await openPanel();
    expect(requests).toEqual(['GET /api/widget/features']);
    expect(controls()).toEqual([]);
    expect(focused()).toHaveAttribute('part', 'panel');
    answer(['voice', 'chat', 'callback']);
    await expect.poll(controls).toEqual(['Prices?', 'Start a call', 'Message', 'Send']);
    expect(focused()).toBe(box().element());
    await expect.element(page.getByText('Talk to our assistant, or write.')).toBeVisible();
  });

  test.each([
    [['chat'], {}, ['Prices?', 'Message', 'Send'], 'Write to our assistant.'],
    [['voice'], {}, ['Start a call'], 'Talk to our assistant. You'],
    [['callback'], { callback: true, phoneNumberId: 'phone_1' }, ['Call me'], 'Leave your number'],
    [['chat', 'voice'], { callback: true }, ['Prices?', 'Start a call', 'Message', 'Send'], 'or write'],
    [['callback'], {}, [], 'We cannot be reached here right now.'],
  ] as const)('that offers %j, a page with %j shows %j', async (features, properties, expected, says) => {
    const { answer } = mountBehind({ starters: ['Prices?'], ...properties });
    answer([...features]);
    await openPanel();
    await expect.element(page.getByText(says)).toBeVisible();
    expect(controls()).toEqual(expected);
  });

  test('that needs no line, "Call me" is there without a phone-number-id, and sends none', async () => {
    const { answer, requests, details, element } = mountBehind({ callback: true });
    answer(['callback'], { phoneNumberIdOptional: true });
    await element.requestCallback('+491701234567');
    await expect.poll(() => requests).toContain('POST /api/widget/calls/outbound');
    expect(details('osmtalk-error')).toEqual([]);
  });

  test('nobody is asked before the visitor agrees; the focus never stands on "Close"', async () => {
    const { answer, requests } = mountBehind({ consentText: 'We record calls.' });
    await openPanel();
    expect(requests).toEqual([]);
    button('I agree').element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => requests).toEqual(['GET /api/widget/features']);
    await expect.element(button('I agree')).not.toBeInTheDocument();
    expect(focused()).toHaveAttribute('part', 'panel');
    answer(['chat']);
    await expect.poll(controls).toEqual(['Message', 'Send']);
    await expect.poll(focused).toBe(box().element());
  });
});

describe('an answer that comes late', () => {
  test('leaves a running call alone; after it there is no other', async () => {
    const { element, transport, answer, settled } = mountBehind();
    await element.startCall();
    await expect.element(button('Mute')).toBeVisible();
    transport.emit({ type: 'agent-joined' });
    answer(['chat']);
    await expect.poll(settled).toBe(true);
    await expect.element(button('Mute')).toBeVisible();
    expect(element.callState).toBe('connected');
    await button('End call').click();
    await expect.poll(() => element.callState).toBe('ended');
    expect(controls()).toEqual(['Message', 'Send']);
    await element.startCall();
    expect(element.callState).toBe('ended');
  });

  test('takes the ways of a call from the card of one that failed', async () => {
    const { element, transport, answer } = mountBehind({ audience: 'tester' });
    await element.startCall();
    await expect.element(button('Mute')).toBeVisible();
    transport.emit({ type: 'agent-joined' });
    answer(['chat']);
    transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(button('Chat instead')).toBeVisible();
    const ways = [...(root()?.querySelectorAll('.actions button') ?? [])];
    expect(ways.map((each) => each.textContent.trim())).toEqual(['Chat instead']);
  });

  test('takes no message box away that somebody writes in', async () => {
    const { answer, settled } = mountBehind();
    await openPanel();
    await box().fill('Half a sen');
    answer(['voice']);
    await expect.poll(settled).toBe(true);
    await userEvent.keyboard('tence');
    await expect.element(box()).toHaveValue('Half a sentence');
    expect(controls()).toEqual(['Start a call', 'Message', 'Send']);
  });

  test('leaves the draft of a conversation where it is', async () => {
    sessionStorage.setItem(
      conversationKey({ agentId: 'agent_1', baseUrl: 'https://api.test' }) ?? '',
      JSON.stringify({ version: 2, at: Date.now(), messages: [], draft: 'Half a sentence' }),
    );
    const { element, answer } = mountBehind({ persist: 'session' });
    answer(['voice']);
    await openPanel();
    await expect.poll(controls).toEqual(['Start a call']);
    element.apiKey = 'osm_1';
    await expect.element(box()).toHaveValue('Half a sentence');
  });
});

test('a person answers: it is said in the log, once, and nobody seems to be writing', async () => {
  const { element, answer, details } = mountBehind();
  answer(['chat']);
  await openPanel();
  await box().fill('A person, please');
  await userEvent.keyboard('{Enter}');
  const log = page.getByRole('log');
  await expect.element(log).toHaveTextContent('You have asked for a person');
  await expect.element(log).toHaveTextContent('A person answers from here on');
  await element.sendMessage('Are you there?');
  await expect.poll(() => details('osmtalk-message')).toHaveLength(2);
  await expect.element(button('Stop the answer')).not.toBeInTheDocument();
  expect(root()?.querySelector('.replying')).toBeNull();
  expect(log.getByRole('listitem').elements()).toHaveLength(4);
  expect(details('osmtalk-error')).toEqual([]);
});
