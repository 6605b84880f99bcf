import { virtual } from '@guidepup/virtual-screen-reader';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, server, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { LiveLog } from '../support/live-log.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

/**
 * What a screen reader says in ten journeys. What it reads where the visitor goes comes from a simulated reader, which follows the
 * specifications of names and roles; what it is told without being asked, from the live regions. It shows what is said twice or
 * not at all; what a real one makes of it is another matter.
 */
let live: LiveLog | null = null;

afterEach(async () => {
  live?.stop();
  live = null;
  await virtual.stop();
});

async function listen({ element }: Mounted): Promise<void> {
  const root = element.shadowRoot?.querySelector<HTMLElement>('.root') as HTMLElement;
  live = new LiveLog(root);
  await virtual.start({ container: root });
  await virtual.clearSpokenPhraseLog();
}

/** What live regions have said by themselves. */
const announced = (): string[] => live?.said ?? [];
const countOf = (text: string): number => announced().filter((phrase) => phrase.includes(text)).length;

/** What is under the reader's cursor: it follows the focus. */
const current = (): Promise<string> => virtual.lastSpokenPhrase();

/** Reads on from where the cursor is, to the end of what `until` names. */
async function readOn(until: string): Promise<string[]> {
  await virtual.clearSpokenPhraseLog();
  for (let steps = 0; steps < 150; steps++) {
    await virtual.next();
    if ((await current()).startsWith(until)) break;
  }
  return virtual.spokenPhraseLog();
}

async function call(
  properties: Partial<OsmtalkWidget> = {},
): Promise<Mounted & { transport: FakeTransport }> {
  const transport = new FakeTransport();
  const mounted = mountWidget({
    fetch: () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' })),
    transports: [transport.loader],
    ...properties,
  });
  await openPanel();
  await listen(mounted);
  await page.getByRole('button', { name: 'Start a call' }).click();
  await expect.poll(() => mounted.element.callState).toBe('connected');
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  transport.emit({ type: 'agent-state', agentState: 'listening' });
  return { ...mounted, transport };
}

// The same in every engine, and slow.
describe.skipIf(server.browser !== 'chromium')('a screen reader', () => {
  test('the closed launcher: one button, that says what it opens', async () => {
    const mounted = mountWidget();
    await expect.element(page.getByRole('button', { name: 'Talk to us' })).toBeVisible();
    await listen(mounted);
    await userEvent.tab();
    await expect.poll(current).toBe('button, Talk to us, not expanded, has popup dialog');
    expect(announced()).toEqual([]);
  });

  test('the opened panel: the dialog by its name, and the message box with what answers', async () => {
    const mounted = mountWidget();
    await listen(mounted);
    await openPanel();
    await expect
      .poll(() => virtual.spokenPhraseLog())
      .toContain(
        'textbox, Message, You are talking to an AI. It can make mistakes., placeholder Write a message',
      );
    expect(await virtual.spokenPhraseLog()).toContain('dialog, How can we help?');
    expect(announced()).toEqual([]);
  });

  test('a chat: each message once, the reply as it is meant and not as it is written', async () => {
    const mounted = mountWidget({
      fetch: () =>
        Promise.resolve(json({ sessionId: 's', reply: 'At **nine**, [see here](https://a.example).' })),
    });
    await openPanel();
    await listen(mounted);
    await page.getByRole('textbox', { name: 'Message' }).fill('When do you open?');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => countOf('At nine, see here.')).toBe(1);
    expect(announced().filter((phrase) => phrase !== 'Assistant is writing')).toEqual([
      'You: When do you open?',
      'Assistant: At nine, see here.',
    ]);
    const all = await readOn('end of log');
    expect(all).toEqual(expect.arrayContaining(['link, see here', 'button, Good answer, not pressed']));
  });

  test('a reply that comes word by word is said once, whole, at its end', async () => {
    const encoder = new TextEncoder();
    let push = (_event: object): void => undefined;
    let close = (): void => undefined;
    const body = new ReadableStream({
      start: (controller) => {
        push = (event) => controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
        close = () => controller.close();
      },
    });
    const headers = { 'content-type': 'text/event-stream' };
    const mounted = mountWidget({ fetch: () => Promise.resolve(new Response(body, { headers })) });
    await openPanel();
    await listen(mounted);
    void mounted.element.sendMessage('A question');
    for (const delta of ['We ', 'open ', 'at ', 'nine.']) {
      push({ delta });
      await expect.element(page.getByRole('log')).toHaveTextContent(delta.trim());
    }
    const before = [...announced()];
    push({ done: true, sessionId: 's' });
    close();
    await expect.poll(() => countOf('We open at nine.')).toBe(1);
    expect(before).toEqual(['You: A question', 'Assistant is writing']);
    expect(announced().filter((phrase) => phrase.includes('nine'))).toHaveLength(1);
  });

  test('a message that cannot be sent: what happened, and a button that belongs to it', async () => {
    const mounted = mountWidget({ fetch: () => Promise.resolve(json({}, 500)) });
    await openPanel();
    await listen(mounted);
    await mounted.element.sendMessage('A question');
    await expect.element(page.getByText('Not sent.')).toBeVisible();
    const all = await readOn('end of log');
    expect(all.filter((phrase) => phrase.includes('Not sent.'))).toHaveLength(1);
    expect(all).toContain('button, Try again');
  });

  test('a call: that it runs, each side’s words once and whole, and the buttons by their names', async () => {
    const { transport } = await call();
    const say = (role: 'agent' | 'user', text: string, final: boolean): void =>
      transport.emit({ type: 'transcript', entry: { id: role, role, text, final } });
    say('agent', 'Hello, how', false);
    say('agent', 'Hello, how can I help?', true);
    say('user', 'I need', false);
    say('user', 'I need an appointment', true);
    await expect.poll(() => countOf('I need an appointment')).toBe(1);
    expect(countOf('Hello, how')).toBe(1);
    expect(countOf('I need')).toBe(1);
    // No state is said twice in a row.
    expect(announced().filter((phrase, index, all) => phrase === all[index - 1])).toEqual([]);
    const all = await readOn('end of dialog');
    for (const name of ['Mute', 'End call'])
      expect(all.filter((phrase) => phrase.startsWith(`button, ${name}`))).toHaveLength(1);
    await page.getByRole('button', { name: 'End call' }).click();
  });

  test('muted: said once, and the button says what it does now', async () => {
    await call();
    await page.getByRole('button', { name: 'Mute' }).click();
    await expect.poll(() => countOf('You are muted')).toBeGreaterThan(0);
    await expect.element(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
    expect(countOf('You are muted')).toBe(1);
    expect(await readOn('end of dialog')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^button, Unmute/)]),
    );
    await page.getByRole('button', { name: 'End call' }).click();
  });

  test('a failed call: an alert with what happened and what to do, once, and the ways on as buttons', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const mounted = mountWidget({ fetch: () => Promise.resolve(json({ error: 'no' }, 503)) });
    await openPanel();
    await listen(mounted);
    await page.getByRole('button', { name: 'Start a call' }).click();
    await expect.poll(() => countOf('Something broke on our side')).toBeGreaterThan(0);
    const [said, ...again] = announced().filter((phrase) => phrase.includes('Something broke on our side'));
    expect(again).toEqual([]);
    expect(said).toMatch(/^now: .*Try again in a moment\./);
    const card = [await current(), ...(await readOn('end of alert'))];
    const names = card.flatMap((phrase) => /^button, ([^,]+)/.exec(phrase)?.[1] ?? []);
    expect(names).toEqual(expect.arrayContaining(['Try again', 'Chat instead']));
    vi.restoreAllMocks();
  });

  test('a teaser is said once, and its two buttons say what they do', async () => {
    const mounted = mountWidget();
    await listen(mounted);
    mounted.element.showTeaser('Questions? Ask me.');
    await expect.poll(announced).toEqual(['Questions? Ask me.']);
    await userEvent.tab();
    await expect.poll(current).toBe('button, Questions? Ask me.');
    await userEvent.tab();
    await expect.poll(current).toBe('button, Close');
  });

  test('a reply while the panel is closed: that there are new messages, once for each', async () => {
    const mounted = mountWidget({
      fetch: () => Promise.resolve(json({ sessionId: 's', reply: 'At nine.' })),
    });
    await mounted.element.runPreflight();
    await listen(mounted);
    await mounted.element.sendMessage('When do you open?');
    await expect.poll(announced).toEqual(['New messages: 1']);
    await mounted.element.sendMessage('And on Sunday?');
    await expect.poll(announced).toEqual(['New messages: 1', 'New messages: 2']);
  });
});
