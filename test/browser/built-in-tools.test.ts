import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, type Mounted } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const log = () => page.getByRole('log');

async function callAgent(
  properties: Partial<OsmtalkWidget> = { builtInTools: 'offer_choices ask_visitor' },
): Promise<Mounted & { transport: FakeTransport }> {
  const transport = new FakeTransport();
  const mounted = mountWidget({
    fetch: () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' })),
    transports: [transport.loader],
    ...properties,
  });
  await mounted.element.startCall();
  await expect.poll(() => mounted.element.callState).toBe('connected');
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  transport.emit({ type: 'agent-state', agentState: 'listening' });
  return { ...mounted, transport };
}

/** Sets the clock of the page forward. */
function passTime(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

afterEach(() => vi.useRealTimers());

const CHOICES = {
  question: 'When would you like to come?',
  choices: [{ label: 'Today', text: 'Today, please' }, 'Tomorrow'],
};

test('without the attribute the agent finds no such tool', async () => {
  const { transport } = await callAgent({});
  expect(transport.toolNames).toEqual([]);
  await expect(transport.callTool('offer_choices', CHOICES)).rejects.toThrow('no tool');
});

test('an answer that is tapped is the visitor’s own words, once, and its row is gone', async () => {
  const { transport, details } = await callAgent();
  expect(transport.toolNames).toEqual(['offer_choices', 'ask_visitor']);
  await transport.callTool('offer_choices', CHOICES);
  const row = page.getByRole('group', { name: CHOICES.question });
  await expect.element(row).toBeVisible();
  expect(
    row
      .getByRole('button')
      .elements()
      .map(({ textContent }) => textContent),
  ).toEqual(['Today', 'Tomorrow']);
  await button('Today').dblClick();
  await expect.element(row).not.toBeInTheDocument();
  await expect.element(log()).toHaveTextContent('Today, please');
  expect(transport.texts).toEqual(['Today, please']);
  expect(details('osmtalk-choice')).toEqual([{ label: 'Today' }]);
  // What the visitor sees needs no card that says so, and the page is told of the tool all the same.
  expect(details('osmtalk-tool-call').map(({ status }) => status)).toEqual(['running', 'done']);
});

test('an answer by voice takes the row away; a half-said one does not', async () => {
  const { transport } = await callAgent();
  await transport.callTool('offer_choices', CHOICES);
  await expect.element(button('Tomorrow')).toBeVisible();
  passTime(2_000);
  transport.emit({ type: 'transcript', entry: { id: 's', role: 'user', text: 'Tomo', final: false } });
  await expect.element(log()).toHaveTextContent('Tomo');
  await expect.element(button('Tomorrow')).toBeVisible();
  transport.emit({ type: 'transcript', entry: { id: 's', role: 'user', text: 'Tomorrow', final: true } });
  await expect.element(button('Tomorrow')).not.toBeInTheDocument();
  expect(transport.texts).toEqual([]);
});

test('what was said before the offer answers nothing, whether its words have begun to come or come late as a whole', async () => {
  const { transport } = await callAgent();
  const say = (id: string, text: string, final: boolean): void =>
    transport.emit({ type: 'transcript', entry: { id, role: 'user', text, final } });
  say('before', 'I would like', false);
  await expect.element(log()).toHaveTextContent('I would like');
  await transport.callTool('offer_choices', CHOICES);
  say('late', 'An appointment', true);
  passTime(2_000);
  say('before', 'I would like to come', true);
  await expect.element(log()).toHaveTextContent('I would like to come');
  await expect.element(log()).toHaveTextContent('An appointment');
  await expect.element(button('Tomorrow')).toBeVisible();
});

test('a link leads out, and nothing is said; markup in a label is text', async () => {
  const { element, transport, details } = await callAgent();
  element.addEventListener('click', (event) => event.preventDefault(), { capture: true });
  const label = '<b>Prices</b> & more';
  await transport.callTool('offer_choices', { choices: [{ label, href: 'https://clinic.example/prices' }] });
  const link = page.getByRole('link', { name: label });
  await expect.element(link).toHaveAttribute('href', 'https://clinic.example/prices');
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
  await link.click();
  await expect.element(link).not.toBeInTheDocument();
  expect(transport.texts).toEqual([]);
  expect(details('osmtalk-choice')).toEqual([{ label }]);
});

test('what is typed reaches the agent letter by letter, and stands in the conversation', async () => {
  const { element, transport, details } = await callAgent();
  const answer = transport.callTool('ask_visitor', { kind: 'email', label: 'Your e-mail address' });
  const field = page.getByRole('textbox', { name: 'Your e-mail address' });
  await expect.element(field).toHaveAttribute('autocomplete', 'email');
  await expect.element(field).toHaveAttribute('inputmode', 'email');
  await field.fill('anna.o’neill');
  await userEvent.keyboard('{Enter}');
  // The browser says what is wrong with it, and it stays.
  await expect.element(field).toHaveValue('anna.o’neill');
  await field.fill('anna.oneill+x@example.org');
  await userEvent.keyboard('{Enter}');
  await expect(answer).resolves.toBe('{"value":"anna.oneill+x@example.org"}');
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(log()).toHaveTextContent('anna.oneill+x@example.org');
  expect(transport.texts).toEqual([]);
  expect(details('osmtalk-message').map(({ text }) => text)).toEqual(['anna.oneill+x@example.org']);
  expect(element.shadowRoot?.querySelector('.tool')).toBeNull();
});

test('"No" declines, and the next field begins empty', async () => {
  const { transport } = await callAgent();
  const first = transport.callTool('ask_visitor', { kind: 'name', label: 'Your name' });
  const second = transport.callTool('ask_visitor', { kind: 'code', label: 'The code on your card' });
  await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await button('No').click();
  await expect(first).rejects.toThrow('declined');
  const code = page.getByRole('textbox', { name: 'The code on your card' });
  await expect.element(code).toHaveValue('');
  await expect.element(code).toHaveAttribute('autocomplete', 'one-time-code');
  await code.fill('  A-12 ');
  await userEvent.keyboard('{Enter}');
  await expect(second).resolves.toBe('{"value":"A-12"}');
});

test('an agent that waits no longer gets the answer as a message; one that asks again gets what stands there', async () => {
  const { transport } = await callAgent();
  const ask = (waitsMs: number): Promise<string> =>
    transport.callTool('ask_visitor', { kind: 'number', label: 'Your order' }, waitsMs);
  await expect(ask(100)).rejects.toThrow('not answered yet');
  const field = page.getByRole('textbox', { name: 'Your order' });
  await field.fill('4711');
  const again = ask(60_000);
  await expect.element(field).toHaveValue('4711');
  await userEvent.keyboard('{Enter}');
  await expect(again).resolves.toBe('{"value":"4711"}');
  await expect.element(field).not.toBeInTheDocument();

  await expect(ask(100)).rejects.toThrow('not answered yet');
  await field.fill('4712');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => transport.texts).toEqual(['4712']);
});

test('a closed panel opens for what is asked; the end of the call answers the agent', async () => {
  const { element, transport } = await callAgent();
  element.close();
  const answer = transport.callTool('ask_visitor', { label: 'Your name' });
  await expect.element(page.getByRole('textbox', { name: 'Your name' })).toBeVisible();
  const failed = expect(answer).rejects.toThrow('the call is over');
  await button('End call').click();
  await failed;
  await expect.element(page.getByRole('textbox', { name: 'Your name' })).not.toBeInTheDocument();
});

test('at 320 pixels both fit, and axe finds nothing', async () => {
  await page.viewport(320, 568);
  const { element, transport } = await callAgent();
  const answer = transport
    .callTool('ask_visitor', { kind: 'phone', label: 'Your phone number' })
    .catch(() => null);
  await transport.callTool('offer_choices', {
    question: 'Which of these?',
    choices: ['x'.repeat(80), 'A cleaning', 'An appointment for a new patient', 'Something else'],
  });
  await expect.element(button('Something else')).toBeInTheDocument();
  const panel = page.getByRole('dialog').element();
  expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
  const { violations } = await axe.run(element);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  await element.endCall();
  await answer;
  await page.viewport(1280, 720);
});
