import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, twoFrames } from './mount-widget.js';

const line = () => page.getByText('You are talking to an AI. It can make mistakes.');
const mark = () => page.getByText('AI', { exact: true });

/** What a screen reader reads with this control, besides its name. */
function description(control: Element): string {
  const root = control.getRootNode() as ShadowRoot;
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => root.getElementById(id)?.textContent ?? `no ${id}`).join(' ');
}

test.each<[string, Partial<OsmtalkWidget>]>([
  ['chat and calls', {}],
  ['calls only', { mode: 'voice' }],
  ['chat only', { mode: 'chat' }],
  ['before consent', { consentText: 'We record calls.' }],
  ["with the site's own heading and greeting", { heading: 'Ada', greeting: 'Hello, I am Ada.' }],
])('it says that it is an AI, without a press: %s', async (_name, properties) => {
  mountWidget(properties);
  await openPanel();
  await expect.element(line()).toBeVisible();
  await expect.element(mark()).toBeVisible();
});

test("the site's own header and welcome do not take it away", async () => {
  const { element } = mountWidget();
  for (const slot of ['header', 'empty', 'footer'])
    element.append(Object.assign(document.createElement('p'), { slot, textContent: `own ${slot}` }));
  await openPanel();
  await expect.element(page.getByText('own header')).toBeVisible();
  await expect.element(line()).toBeVisible();
  await expect.element(mark()).toBeVisible();
});

test('an inline widget says it too', async () => {
  mountWidget({ layout: 'inline' });
  await expect.element(line()).toBeVisible();
});

test('the message box and the call button are read with it, and so is the box when letters run out', async () => {
  mountWidget();
  await openPanel();
  const box = page.getByRole('textbox', { name: 'Message' });
  for (const control of [box, page.getByRole('button', { name: 'Start a call' })])
    expect(description(control.element())).toContain('You are talking to an AI');
  await box.fill('x'.repeat(3_900));
  await expect.poll(() => description(box.element())).toContain('100 characters left');
});

test('disclosure="badge": the mark alone is seen, and the sentence is read', async () => {
  mountWidget({ disclosure: 'badge' });
  await openPanel();
  await expect.element(mark()).toBeVisible();
  expect(line().element().getBoundingClientRect().width).toBeLessThan(2);
  const box = page.getByRole('textbox', { name: 'Message' }).element();
  expect(description(box)).toBe('You are talking to an AI. It can make mistakes.');
});

test('disclosure="off" says nothing, and warns the site once', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  mountWidget({ disclosure: 'off' });
  await openPanel();
  await twoFrames();
  await expect.element(line()).not.toBeInTheDocument();
  await expect.element(mark()).not.toBeInTheDocument();
  const box = page.getByRole('textbox', { name: 'Message' }).element();
  expect(box.hasAttribute('aria-describedby')).toBe(false);
  expect(warn.mock.calls.flat().filter((text) => String(text).includes('disclosure'))).toHaveLength(1);
  warn.mockRestore();
});

test('a value that makes no sense still says it', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { element } = mountWidget();
  element.setAttribute('disclosure', 'none');
  await openPanel();
  await expect.element(line()).toBeVisible();
  expect(warn.mock.calls.flat().join()).toContain('expected line, badge, off');
  warn.mockRestore();
});

test('it says so in the language of the page', async () => {
  document.documentElement.lang = 'de';
  const { element } = mountWidget();
  element.show();
  await expect.element(page.getByText('Sie sprechen mit einer KI. Sie kann Fehler machen.')).toBeVisible();
  await expect.element(page.getByText('KI', { exact: true })).toBeVisible();
});

test('it is gone while a person writes, and back with the assistant', async () => {
  const replies = [
    { reply: 'Hello, this is Grace.', mode: 'support' },
    { reply: 'I am back.', mode: 'ai' },
  ];
  mountWidget({ fetch: () => Promise.resolve(json(replies.shift())) });
  await openPanel();
  const say = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await userEvent.keyboard('{Enter}');
  };
  await say('A person, please');
  await expect.element(page.getByText('A person answers from here on.', { exact: false })).toBeVisible();
  await expect.element(line()).not.toBeInTheDocument();
  await expect.element(mark()).not.toBeInTheDocument();
  await say('Thank you');
  await expect.element(page.getByText('The assistant answers again')).toBeVisible();
  await expect.element(line()).toBeVisible();
});

test('it is gone while a person has taken over the call, and back after it', async () => {
  const transport = new FakeTransport();
  const { element } = mountWidget({
    fetch: () => Promise.resolve(json({ callId: 'c', transport: 'fake', status: 'completed' })),
    transports: [transport.loader],
  });
  await element.startCall();
  await expect.element(page.getByRole('button', { name: 'Mute' })).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  await expect.element(line()).toBeVisible();
  transport.emit({ type: 'handed-over', name: 'Grace' });
  await expect.element(line()).not.toBeInTheDocument();
  await element.endCall();
  await expect.element(line()).toBeVisible();
});

test('the form for a callback says that an AI will call', async () => {
  mountWidget({ callback: true, phoneNumberId: 'phone_1' });
  await openPanel();
  await page.getByRole('button', { name: 'Call me' }).click();
  await expect.element(page.getByText('An AI will call you.', { exact: false })).toBeVisible();
  await expect.element(line()).toBeVisible();
});
