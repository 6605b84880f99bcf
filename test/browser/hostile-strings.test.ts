import { decodeEntities } from '../../src/markdown/entities.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { HOSTILE_HOST, type HostileString, hostileStrings, hugeStrings } from '../support/hostile-strings.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget } from './mount-widget.js';

const SAFE_PROTOCOLS = ['https:', 'http:', 'mailto:', 'tel:'];
/** The widget's own link is the one to the API. */
const NEVER_THERE =
  'script, iframe, object, embed, img, video, audio, source, link:not([rel=preconnect][href="https://api.test"]), base, meta, form[action], template, math';
/** The size has tests of its own: what is looked for here is the same in a part of it. */
const strings = [
  ...hostileStrings,
  ...hugeStrings.map((each) => ({ ...each, text: each.text.slice(0, 20_000) })),
];
/** So many are shown in one panel. */
const AT_ONCE = 40;

let hacks = 0;
let requests: string[] = [];
let observer: PerformanceObserver;

beforeEach(() => {
  hacks = 0;
  requests = [];
  Object.assign(globalThis, { hacked: () => void hacks++ });
  observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'resource' });
  // Nothing that a page can do about it: the engine itself says what markup was let through.
  addEventListener('error', onError, true);
});

afterEach(() => {
  note(observer.takeRecords());
  observer.disconnect();
  removeEventListener('error', onError, true);
  Reflect.deleteProperty(globalThis, 'hacked');
  expect(hacks).toBe(0);
  expect(requests).toEqual([]);
  expect('polluted' in {}).toBe(false);
});

function note(entries: PerformanceEntryList): void {
  requests.push(...entries.map(({ name }) => name).filter((name) => name.includes(HOSTILE_HOST)));
}

function onError(event: Event): void {
  // Two observers that answer each other take a frame longer: no fault, though browsers report it as one.
  if (event instanceof ErrorEvent && !event.message.startsWith('ResizeObserver loop'))
    requests.push(`error: ${event.message}`);
}

/** Looks at everything in the panel at once. */
function look(element: OsmtalkWidget): { text: string; problems: string[] } {
  const root = element.shadowRoot;
  const problems = [...(root?.querySelectorAll(`${NEVER_THERE}, osmtalk-widget`) ?? [])].map(
    ({ outerHTML }) => outerHTML,
  );
  for (const link of root?.querySelectorAll('a') ?? []) {
    if (!SAFE_PROTOCOLS.includes(link.protocol)) problems.push(link.outerHTML);
    // A place of the page itself is the one thing that opens in it.
    const isWithinPage = link.hash !== '' && link.href.startsWith(`${location.href.split('#', 1)[0]}#`);
    if ((!isWithinPage && link.target !== '_blank') || !link.relList.contains('noopener'))
      problems.push(link.outerHTML);
  }
  for (const node of root?.querySelectorAll('*') ?? [])
    for (const { name } of node.attributes)
      if (/^on|^style$|^srcdoc$/.test(name)) problems.push(node.outerHTML);
  return { text: root?.textContent ?? '', problems };
}

/** Waits until all of them can be read; says what else has become of them. */
async function harmOf(element: OsmtalkWidget, shown: readonly HostileString[]): Promise<string[]> {
  await expect
    .poll(() => shown.filter(({ words }) => !look(element).text.includes(words)).map(({ name }) => name), {
      timeout: 60_000,
    })
    .toEqual([]);
  return look(element).problems;
}

function batches(atOnce = AT_ONCE): HostileString[][] {
  return Array.from({ length: Math.ceil(strings.length / atOnce) }, (_, index) =>
    strings.slice(index * atOnce, (index + 1) * atOnce),
  );
}

async function mountOpen(properties: Partial<OsmtalkWidget>): Promise<OsmtalkWidget> {
  const { element } = mountWidget(properties);
  element.show();
  await expect.poll(() => element.shadowRoot?.querySelector('[part=panel]')).toBeTruthy();
  return element;
}

async function mountInCall(): Promise<{ element: OsmtalkWidget; transport: FakeTransport }> {
  const transport = new FakeTransport();
  const element = await mountOpen({
    fetch: () =>
      Promise.resolve(json({ callId: 'call_1', transport: 'fake', status: 'completed', didConnect: true })),
    transports: [transport.loader],
  });
  void element.startCall();
  await expect.poll(() => element.callState).toBe('connected');
  transport.emit({ type: 'agent-joined' });
  return { element, transport };
}

function countMessages(element: OsmtalkWidget, role: string): number {
  return element.shadowRoot?.querySelectorAll(`[part=message][data-role=${role}]`).length ?? 0;
}

/** Two underscores mean strong there, a backslash keeps a marker from meaning anything, and an entity is a letter. */
function asMarkdown(shown: readonly HostileString[]): HostileString[] {
  return shown.map((each) => ({
    ...each,
    words: decodeEntities(each.words.replace(/__(\w+?)__|\\(.)/g, '$1$2')),
  }));
}

test('there are enough of them, and the trap works', () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(100);
  const button = document.createElement('button');
  button.setAttribute('onclick', 'hacked()');
  button.click();
  expect(hacks).toBe(1);
  hacks = 0;
});

test('what the agent replies', async () => {
  for (const batch of batches()) {
    const replies = [...batch];
    const element = await mountOpen({ fetch: () => Promise.resolve(json({ reply: replies.shift()?.text })) });
    for (const [index] of batch.entries()) void element.sendMessage(`question ${index}`);
    await expect.poll(() => countMessages(element, 'agent'), { timeout: 60_000 }).toBe(batch.length);
    await expect.poll(() => element.shadowRoot?.querySelectorAll('.markdown').length).toBe(batch.length);
    expect(await harmOf(element, asMarkdown(batch))).toEqual([]);
    element.remove();
  }
}, 240_000);

test('what the visitor writes', async () => {
  for (const batch of batches()) {
    const sent: unknown[] = [];
    const element = await mountOpen({
      fetch: async (input, init) => {
        sent.push(((await new Request(input, init).json()) as { message: string }).message);
        return json({ reply: '' });
      },
    });
    for (const { text } of batch) void element.sendMessage(text);
    expect(await harmOf(element, batch)).toEqual([]);
    expect(element.shadowRoot?.querySelector('.markdown')).toBeNull();
    element.remove();
  }
}, 240_000);

test('what was kept over a reload', async () => {
  for (const batch of batches()) {
    const replies = [...batch];
    const properties: Partial<OsmtalkWidget> = {
      persist: 'session',
      fetch: () => Promise.resolve(json({ reply: replies.shift()?.text })),
    };
    const before = await mountOpen(properties);
    for (const { text } of batch) void before.sendMessage(text);
    await expect.poll(() => countMessages(before, 'agent'), { timeout: 60_000 }).toBe(batch.length);
    before.remove();
    await expect.poll(() => sessionStorage.length).toBeGreaterThan(0);
    const after = await mountOpen(properties);
    await expect.poll(() => countMessages(after, 'agent')).toBe(batch.length);
    expect(await harmOf(after, asMarkdown(batch))).toEqual([]);
    after.reset();
    after.remove();
    sessionStorage.clear();
  }
}, 240_000);

test('what is said in a call', async () => {
  const { element, transport } = await mountInCall();
  for (const batch of batches()) {
    for (const [index, { name, text }] of batch.entries())
      transport.emit({
        type: 'transcript',
        entry: { id: name, role: index % 2 === 0 ? 'agent' : 'user', text, final: true },
      });
    // What the visitor says is shown as it stands.
    const shown = batch.flatMap((each, index) => (index % 2 === 0 ? asMarkdown([each]) : each));
    expect(await harmOf(element, shown)).toEqual([]);
    element.reset();
    await expect.poll(() => element.callState).toBe('idle');
    void element.startCall();
    await expect.poll(() => element.callState).toBe('connected');
    transport.emit({ type: 'agent-joined' });
  }
}, 240_000);

test('the names of tools', async () => {
  const { element, transport } = await mountInCall();
  // No more of them are in sight at once.
  for (const batch of batches(8)) {
    // A name is cut after 200 characters.
    const named = batch
      .filter(({ text, words }) => text.slice(0, 200).includes(words))
      .map((each) => ({ ...each, words: each.words.replaceAll('_', ' ') }));
    for (const { text } of batch)
      transport.emit({ type: 'tool-status', tool: { name: text, status: 'failed', seconds: 1 } });
    expect(await harmOf(element, named)).toEqual([]);
  }
}, 240_000);

test('what the site has set: heading, greeting, starters, label', async () => {
  for (const batch of batches()) {
    const [first] = batch;
    const element = await mountOpen({
      heading: first?.text,
      greeting: first?.text,
      launcherLabel: first?.text,
      starters: batch.map(({ text }) => text),
    });
    expect(await harmOf(element, batch)).toEqual([]);
    element.remove();
  }
}, 240_000);
