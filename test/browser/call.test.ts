import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

/** A widget whose calls go over a transport in the test's hand; the record says what `record` says. */
function mountWithTransport(
  record: unknown = { status: 'completed', didConnect: true },
  properties: Partial<OsmtalkWidget> = {},
): Mounted & { transport: FakeTransport } {
  const transport = new FakeTransport();
  const fetchFake: typeof fetch = (input) =>
    Promise.resolve(
      new Request(input).url.endsWith('/connect')
        ? json({ callId: 'call_1', transport: 'fake' })
        : json(record),
    );
  const mounted = mountWidget({ fetch: fetchFake, transports: [transport.loader], ...properties });
  return { ...mounted, transport };
}

async function startCall(): Promise<void> {
  await openPanel();
  await page.getByRole('button', { name: 'Start a call' }).click();
  await expect.element(page.getByRole('button', { name: 'Mute' })).toBeVisible();
}

test('what the agent does is shown: waiting, listening, thinking, speaking', async () => {
  const { element, transport, details } = mountWithTransport();
  await startCall();
  const controls = page.getByRole('group', { name: 'Call in progress' });
  await expect.element(controls).toHaveTextContent('One moment');
  transport.emit({ type: 'agent-joined' });
  for (const [agentState, words] of [
    ['listening', 'Listening'],
    ['thinking', 'Thinking'],
    ['speaking', 'Speaking'],
  ] as const) {
    transport.emit({ type: 'agent-state', agentState });
    await expect.element(controls).toHaveTextContent(words);
    expect(element.agentState).toBe(agentState);
  }
  expect(details('osmtalk-state-change').at(-1)).toEqual({ callState: 'connected', agentState: 'speaking' });
});

test('the transcript grows in place and is kept as one list', async () => {
  const { element, transport, details } = mountWithTransport();
  await startCall();
  transport.emit({ type: 'agent-joined' });
  transport.emit({ type: 'transcript', entry: { id: 's1', role: 'agent', text: 'Good', final: false } });
  transport.emit({
    type: 'transcript',
    entry: { id: 's1', role: 'agent', text: 'Good morning', final: true },
  });
  transport.emit({ type: 'transcript', entry: { id: 's2', role: 'user', text: 'Hi', final: true } });
  await expect
    .poll(() =>
      page
        .getByRole('listitem')
        .elements()
        .map((item) => item.textContent?.replace(/\s+/g, ' ').trim())
        .slice(1),
    )
    .toEqual(['Assistant (spoken): Good morning', 'You (spoken): Hi']);
  expect(element.transcript.map(({ role, text, final }) => [role, text, final])).toEqual([
    ['agent', 'Good morning', true],
    ['user', 'Hi', true],
  ]);
  expect(details('osmtalk-transcript')).toHaveLength(3);
});

test('mute silences the track itself, not only a flag', async () => {
  const { element, transport } = mountWithTransport();
  await startCall();
  await page.getByRole('button', { name: 'Mute' }).click();
  await expect.element(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
  expect(transport.microphone?.enabled).toBe(false);
  expect(transport.muted).toBe(true);
  expect(element.muted).toBe(true);
  await element.unmute();
  expect(transport.microphone?.enabled).toBe(true);
});

test('held-back sound: "Tap to hear" plays it and goes away', async () => {
  const { transport } = mountWithTransport();
  await startCall();
  transport.emit({ type: 'playback', blocked: true });
  await page.getByRole('button', { name: 'Tap to hear' }).click();
  await expect.element(page.getByRole('button', { name: 'Tap to hear' })).not.toBeInTheDocument();
  expect(transport.playbackStarts).toBe(1);
});

test('a weak connection is shown, and so is its return', async () => {
  const { element, transport } = mountWithTransport();
  await startCall();
  transport.emit({ type: 'reconnecting' });
  await expect
    .element(page.getByRole('group', { name: 'Call in progress' }))
    .toHaveTextContent('Reconnecting');
  expect(element.callState).toBe('reconnecting');
  transport.emit({ type: 'reconnected' });
  await expect.poll(() => element.callState).toBe('connected');
});

test('a tool that the agent uses is an event', async () => {
  const { transport, details } = mountWithTransport();
  await startCall();
  transport.emit({ type: 'tool-status', tool: { name: 'calendar', status: 'running', seconds: 1 } });
  expect(details('osmtalk-tool-call')).toEqual([{ name: 'calendar', status: 'running', seconds: 1 }]);
});

test('of many tools at once the newest eight are shown, and a flood of them is drawn once a frame', async () => {
  const { transport, details } = mountWithTransport();
  await startCall();
  let drawn = 0;
  const log = page.getByRole('dialog').element();
  new MutationObserver(() => drawn++).observe(log, { subtree: true, childList: true, characterData: true });
  for (let index = 0; index < 2_000; index++) {
    transport.emit({
      type: 'tool-status',
      tool: { name: `tool ${index}`, status: index % 2 ? 'done' : 'running', seconds: 1 },
    });
    await Promise.resolve();
    await Promise.resolve();
  }
  await expect.poll(() => page.getByRole('dialog').element().textContent).toContain('tool 1999');
  const shown = page
    .getByRole('dialog')
    .element()
    .textContent?.match(/tool \d+/g);
  expect(shown).toEqual([1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999].map((index) => `tool ${index}`));
  expect(drawn).toBeLessThan(500);
  expect(details('osmtalk-tool-call')).toHaveLength(2_000);
});

test('a lost link after the agent was heard: connection-lost, one end event, a way on', async () => {
  const { transport, details } = mountWithTransport({ status: 'failed', failureReason: 'a_new_word' });
  await startCall();
  transport.emit({ type: 'agent-joined' });
  transport.totals = { agentEnergy: 1, agentPackets: 50, callerEnergy: 1, callerPackets: 50 };
  transport.emit({ type: 'disconnected', end: 'lost', detail: 'test' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The connection was lost');
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(details('osmtalk-call-end')).toMatchObject([
    { callId: 'call_1', connected: true, failure: { reason: 'connection-lost', source: 'device' } },
  ]);
  expect(transport.disconnects).toBe(1);
});

test('a site’s own describeFailure gives the words', async () => {
  const { transport } = mountWithTransport(
    { status: 'failed', failureReason: 'no_audio_output' },
    {
      describeFailure: (reason) => ({
        title: `Ours: ${String(reason)}`,
        cause: 'c',
        likelyBlame: 'carrier',
        whatToTry: 'w',
        retryable: false,
      }),
    },
  );
  await startCall();
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('Ours: no_audio_output');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Carrier');
  await expect.element(page.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
});

test('two presses of Enter start a call and do not end it', async () => {
  const { element } = mountWithTransport();
  await openPanel();
  page.getByRole('button', { name: 'Start a call' }).element().focus();
  await userEvent.keyboard('{Enter}{Enter}');
  await expect.poll(() => element.callState).toBe('connected');
});

test('the visitor who ends a call at once is not bothered with a card', async () => {
  const { details } = mountWithTransport({ status: 'failed', failureReason: 'caller_hung_up_silently' });
  await startCall();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect.poll(() => details('osmtalk-call-end')).toMatchObject([{ connected: false, failure: null }]);
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});
