import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, type Mounted } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const box = () => page.getByRole('textbox', { name: 'Message' });

afterEach(() => page.viewport(1280, 720));

async function callAgent(
  properties: Partial<OsmtalkWidget> = {},
): Promise<Mounted & { transport: FakeTransport; part: (selector: string) => Element | null }> {
  const transport = new FakeTransport();
  const mounted = mountWidget({
    fetch: (input) => {
      const isConnect = new Request(input).url.endsWith('/connect');
      return Promise.resolve(
        json(
          isConnect
            ? { callId: `call_${transport.connects}`, transport: 'fake' }
            : { status: 'completed', didConnect: true },
        ),
      );
    },
    transports: [transport.loader],
    ...properties,
  });
  await begin(mounted.element, transport);
  return {
    ...mounted,
    transport,
    part: (selector) => mounted.element.shadowRoot?.querySelector(selector) ?? null,
  };
}

async function begin(element: OsmtalkWidget, transport: FakeTransport): Promise<void> {
  await element.startCall();
  await expect.poll(() => element.callState).toBe('connected');
  await expect.element(button('Mute')).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  transport.emit({ type: 'agent-state', agentState: 'listening' });
}

let ids = 0;
function say(transport: FakeTransport, role: 'agent' | 'user', text: string): void {
  ids += 1;
  transport.emit({ type: 'transcript', entry: { id: `line_${ids}`, role, text, final: true } });
}

const captions = ({ shadowRoot }: OsmtalkWidget): (string | undefined)[] =>
  [...(shadowRoot?.querySelectorAll<HTMLElement>('.caption') ?? [])].map(({ dataset }) => dataset['text']);

const opacityOfConversation = ({ shadowRoot }: OsmtalkWidget): string =>
  getComputedStyle(shadowRoot?.querySelector('.conversation') as Element).opacity;

test('a call shows a picture and the last two lines; a screen reader finds all lines in the log', async () => {
  const { element, transport, part } = await callAgent();
  for (const [role, text] of [
    ['agent', 'Good morning'],
    ['user', 'Are you open today?'],
    ['agent', 'Until six'],
  ] as const)
    say(transport, role, text);
  await expect.poll(() => captions(element)).toEqual(['Are you open today?', 'Until six']);
  expect(part('.captions')?.getAttribute('aria-hidden')).toBe('true');
  expect(opacityOfConversation(element)).toBe('0');
  const log = page.getByRole('log');
  for (const line of ['Good morning', 'Are you open today?', 'Until six'])
    await expect.element(log).toHaveTextContent(line);
  // Found once.
  await expect.element(page.getByText('Until six')).toBeVisible();
  const { width, height } = part('svg.visual')?.getBoundingClientRect() ?? new DOMRect();
  expect(Math.min(width, height)).toBeGreaterThan(100);
});

test('"Conversation" brings it back and puts it away again, and keeps the focus', async () => {
  const { element, transport, part } = await callAgent();
  say(transport, 'agent', 'Good morning');
  const toggle = button('Conversation');
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
  await toggle.click();
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'true');
  expect(opacityOfConversation(element)).toBe('1');
  expect(part('.captions')).toBeNull();
  expect(element.shadowRoot?.activeElement).toBe(toggle.element());
  await userEvent.keyboard('{Enter}');
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
  expect(opacityOfConversation(element)).toBe('0');
  expect(element.shadowRoot?.activeElement).toBe(toggle.element());
});

test('what is written in the call, by either side, shows the conversation; the next call begins without it', async () => {
  const { element, transport } = await callAgent();
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'false');
  await box().fill('My number is 5');
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'true');
  await expect.poll(() => element.shadowRoot?.activeElement?.localName).toBe('textarea');
  await button('Conversation').click();
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'false');
  transport.emit({ type: 'message', id: 'm1', text: 'See https://clinic.example/prices' });
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'true');
  await element.endCall();
  await expect.poll(() => element.callState).toBe('ended');
  await begin(element, transport);
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'false');
  // Nothing has been said in this call yet.
  expect(captions(element)).toEqual([]);
});

test('a chat before the call does not keep its view away', async () => {
  const transport = new FakeTransport();
  const mounted = mountWidget({
    fetch: (input) =>
      Promise.resolve(
        json(
          new Request(input).url.endsWith('/chat')
            ? { reply: 'Written before', sessionId: 's' }
            : { callId: 'call_1', transport: 'fake' },
        ),
      ),
    transports: [transport.loader],
  });
  mounted.element.show();
  await mounted.element.sendMessage('Hello');
  await expect.element(page.getByRole('log')).toHaveTextContent('Written before');
  await begin(mounted.element, transport);
  await expect.element(button('Conversation')).toHaveAttribute('aria-expanded', 'false');
  expect(captions(mounted.element)).toEqual([]);
});

test('the picture grows with the voice of either side', async () => {
  const { transport, part } = await callAgent();
  const radius = (side: string): number => Number(part(`.visual [data-level=${side}]`)?.getAttribute('r'));
  await expect.poll(() => radius('agent')).toBe(37);
  transport.totals = { ...transport.totals, agentEnergy: 3 };
  await expect.poll(() => radius('agent')).toBeGreaterThan(50);
  transport.totals = { ...transport.totals, callerEnergy: 3 };
  await expect.poll(() => radius('caller')).toBeGreaterThan(50);
  await expect.poll(() => radius('agent')).toBe(37);
});

test('visual: bars stand up with either voice, a ring, or nothing but large words', async () => {
  const { element, transport, part } = await callAgent({ visual: 'bars' });
  const height = (): number => Number(part('.visual .bar:nth-child(4)')?.getAttribute('height'));
  await expect.poll(height).toBe(8);
  transport.totals = { ...transport.totals, callerEnergy: 3 };
  await expect.poll(height).toBeGreaterThan(50);
  element.visual = 'ring';
  await expect.poll(() => part('.visual .agent-level')).not.toBeNull();
  element.visual = 'none';
  await expect.poll(() => part('.visual')).toBeNull();
  say(transport, 'agent', 'Good morning');
  await expect.poll(() => captions(element)).toEqual(['Good morning']);
  const size = (of: Element | null): number => parseFloat(getComputedStyle(of as Element).fontSize);
  expect(size(part('.caption'))).toBeGreaterThan(1.3 * size(part('.root')));
});

test('the voices move the picture, and not a heading that the agent has written', async () => {
  const { transport, part } = await callAgent();
  transport.emit({ type: 'message', id: 'm1', text: '## Our prices' });
  await expect.poll(() => part('.heading')?.getAttribute('data-level')).toBe('2');
  transport.totals = { ...transport.totals, agentEnergy: 3 };
  await expect.poll(() => Number(part('circle[data-level=agent]')?.getAttribute('r'))).toBeGreaterThan(10.5);
  expect(
    part('.heading')
      ?.getAttributeNames()
      .filter((name) => /^(?:y|height)$/.test(name)),
  ).toEqual([]);
});

test('the state of the agent changes the picture, not only its colour', async () => {
  const { transport, part } = await callAgent();
  const dots = (): string => getComputedStyle(part('.visual .dots') as Element).visibility;
  await expect.poll(dots).toBe('hidden');
  transport.emit({ type: 'agent-state', agentState: 'thinking' });
  await expect.poll(dots).toBe('visible');
  await button('Mute').click();
  await expect.poll(() => part('.visual')?.hasAttribute('data-muted')).toBe(true);
});

test('an element that is taken out in a call and put back later shows its conversation', async () => {
  const { element } = await callAgent();
  expect(opacityOfConversation(element)).toBe('0');
  element.remove();
  await expect.poll(() => element.callState).toBe('idle');
  document.body.append(element);
  element.show();
  await expect.element(button('Start a call')).toBeVisible();
  expect(opacityOfConversation(element)).toBe('1');
});

test('the focus of a keyboard brings the conversation into sight', async () => {
  const { element } = await callAgent();
  element.shadowRoot?.querySelector<HTMLElement>('.conversation')?.focus();
  await expect.poll(() => opacityOfConversation(element)).toBe('1');
  element.shadowRoot?.querySelector<HTMLElement>('textarea')?.focus();
  await expect.poll(() => opacityOfConversation(element)).toBe('0');
});

test('a long line shows its end in whole lines and whole characters; markup is text', async () => {
  const { element, transport, part } = await callAgent();
  say(transport, 'user', '<img src=x onerror=alert(1)>');
  say(transport, 'agent', `${'🙂'.repeat(5_000)} the end`);
  await expect.poll(() => captions(element)[1]?.endsWith(' the end')).toBe(true);
  expect(captions(element)[0]).toBe('<img src=x onerror=alert(1)>');
  // Throws where a character is cut in two.
  expect(() => encodeURIComponent(captions(element)[1] ?? '')).not.toThrow();
  expect(captions(element)[1]?.length).toBeLessThan(310);
  const area = part('.captions')?.getBoundingClientRect() ?? new DOMRect();
  const [, last] = part('.captions')?.querySelectorAll('.caption') ?? [];
  expect(last?.getBoundingClientRect().bottom).toBeLessThanOrEqual(area.bottom + 0.5);
});

test.each([
  [1280, 720],
  [375, 667],
  [320, 568],
  [667, 375],
])('at %i × %i all controls are in sight, and axe finds nothing', async (width, height) => {
  await page.viewport(width, height);
  const { element, transport } = await callAgent();
  say(transport, 'agent', 'Hello, this is Alder and Finch, the small dental clinic by the river.');
  for (const name of ['Conversation', 'Mute', 'End call', 'Send']) {
    await expect.element(button(name)).toBeVisible();
    const found = button(name).element();
    const { left, top, right, bottom } = found.getBoundingClientRect();
    expect(left, name).toBeGreaterThanOrEqual(0);
    expect(top, name).toBeGreaterThanOrEqual(0);
    expect(right, name).toBeLessThanOrEqual(width);
    expect(bottom, name).toBeLessThanOrEqual(height);
    const hit = element.shadowRoot?.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    expect(hit && found.contains(hit), `${name} is covered`).toBe(true);
  }
  const { violations } = await axe.run(element);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
