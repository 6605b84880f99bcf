import { speechLine } from '../../demo/backend/speech/speech-lines.js';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/**
 * What every transport must do, through the element. The key decides which one carries the call. `test:livekit` runs the
 * LiveKit part against a real server.
 */
const TRANSPORTS = [
  { name: 'LiveKit', key: 'osm_demo' },
  { name: 'plain WebRTC', key: 'osm_webrtc' },
];

/** Tests that use drop-websocket and cut-media, which only the embedded backend has. */
const NEEDS_HOOKS = ['a dead network of 3 s'];
const isServer = Boolean(process.env.LIVEKIT_URL);

/** The pause of `caller.wav` between its end and its beginning has 2.2 s. */
const LONGEST_PAUSE_MS = 2_500;

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

test.use({
  permissions: ['microphone'],
  // Long enough for a cut in the middle of a line.
  timings: {
    longestLineMs: 2_000,
    turnQuietMs: 300,
    longestTurnMs: 2_000,
    joinWindowMs: 15_000,
    sweepMs: 500,
  },
});

test.beforeEach(() => {
  test.skip(isServer && NEEDS_HOOKS.includes(test.info().title), 'not on a real LiveKit server');
});

for (const { name, key } of TRANSPORTS) {
  test.describe(name, () => {
    test('a conversation: heard both ways, every word once, agent state, typed text; the end releases everything', async ({
      widget,
      backend,
    }) => {
      await widget.visitAndOpen({ 'api-key': key });
      await widget.startCall();
      const callId = (await widget.callId()) ?? '';
      const facts = () => backend.liveCalls.get(callId)?.facts;
      await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
      await expect.poll(() => facts()?.callerLoudestDb).toBeGreaterThan(-45);
      await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);

      await widget.page.getByRole('textbox', { name: 'Message' }).fill('What are your opening hours?');
      await widget.button('Send').click();
      await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('hours').text]);
      await expectWordsOnce(widget);
      expect(await agentStates(widget)).toEqual(
        expect.arrayContaining(['listening', 'thinking', 'speaking']),
      );

      await widget.button('End call').click();
      await widget.reached('ended');
      await expectNothingOpen(widget);
      await expect.poll(() => backend.calls.get(callId)?.status).toBe('completed');
      expect(backend.calls.get(callId)?.transcript).toContainEqual(
        expect.objectContaining({ role: 'user', text: 'What are your opening hours?' }),
      );
      expect(widget.pageErrors).toEqual([]);
    });

    test('an echo: muted, no sound reaches the agent or comes back; unmuted, it does again', async ({
      widget,
      backend,
    }) => {
      await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_echo' });
      await widget.startCall();
      const callId = (await widget.callId()) ?? '';
      const voiced = (): number => backend.liveCalls.get(callId)?.facts.agentVoicedFrames ?? 0;
      await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);

      await widget.button('Mute').click();
      const heard = async (): Promise<number> => (await widget.energy()).heard;
      await expect.poll(() => growth(heard, 300)).toBeLessThan(0.001);
      const atMute = voiced();
      expect(await growth(heard, LONGEST_PAUSE_MS)).toBeLessThan(0.001);
      expect(voiced()).toBe(atMute);

      await widget.button('Unmute').click();
      const before = await heard();
      await expect.poll(voiced).toBeGreaterThan(atMute + 10);
      await expect.poll(heard).toBeGreaterThan(before + 0.005);
    });

    test('tools of the page: unknown, throwing, answering, hanging, and the call goes on', async ({
      widget,
    }) => {
      await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_tools' });
      await widget.startCall();
      await expect.poll(() => finalTexts(widget)).toContain('has no tool');

      const askAgain = async (): Promise<void> => {
        await widget.page.getByRole('textbox', { name: 'Message' }).fill('Again, please');
        await widget.button('Send').click();
      };
      await widget.element.evaluate((element) => {
        const answers = [
          () => Promise.reject(new Error('no title today')),
          () => ({ title: `Ünïcode — ${document.title}` }),
          () => new Promise(() => undefined),
        ];
        (element as WidgetElement).registerTool('get_page_title', () => answers.shift()?.());
      });
      await askAgain();
      await expect.poll(() => finalTexts(widget)).toContain('no title today');
      await askAgain();
      await expect
        .poll(() => finalTexts(widget))
        .toContain('Your page has answered: {"title":"Ünïcode — osmtalk-widget demo"}');
      await askAgain();
      await expect.poll(() => finalTexts(widget), { timeout: 20_000 }).toContain('did not answer within');

      const told = (await widget.details('osmtalk-tool-call')).map((tool) => `${tool.name} ${tool.status}`);
      expect(new Set(told)).toEqual(
        new Set(['get_page_title running', 'get_page_title failed', 'get_page_title done']),
      );
      expect(await widget.details('osmtalk-call-end')).toEqual([]);
      expect(await callState(widget)).toBe('connected');
    });

    test('the platform hangs up: told once, and nothing stays open', async ({ widget, backend, request }) => {
      await widget.visitAndOpen({ 'api-key': key });
      await widget.startCall();
      await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
      await request.post(`${backend.url}/api/demo/calls/${await widget.callId()}/hang-up`);
      await widget.reached('ended');
      expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
      await expectNothingOpen(widget);
    });

    test('the agent’s process dies: it is seen to leave, and the platform’s reason is told', async ({
      widget,
    }) => {
      await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_crashes' });
      await widget.startCall();
      await widget.reached('failed');
      expect((await widget.details('osmtalk-failure')).at(-1)).toMatchObject({ reason: 'stale_sweep' });
      await expectNothingOpen(widget);
    });

    test('a dead network of 3 s', async ({ widget, backend, request }) => {
      await widget.visitAndOpen({ 'api-key': key });
      await widget.startCall();
      const hooks = `${backend.url}/api/demo/calls/${await widget.callId()}`;
      await expect.poll(async () => (await widget.details('osmtalk-transcript')).length).toBeGreaterThan(2);
      await Promise.all([
        request.post(`${hooks}/cut-media`, { data: { ms: 3_000 } }),
        request.post(`${hooks}/drop-websocket`),
      ]);
      await widget.reached('reconnecting');
      await widget.reached('connected');
      await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
      await expectWordsOnce(widget);

      const { heard } = await widget.energy();
      await widget.page.getByRole('textbox', { name: 'Message' }).fill('How much is a cleaning?');
      await widget.button('Send').click();
      await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
      expect(await widget.details('osmtalk-call-end')).toEqual([]);
    });

    test('given up at every step of connecting: nothing stays open, here or there', async ({
      widget,
      backend,
    }) => {
      await widget.visitAndOpen({ 'api-key': key });
      for (const step of ['microphone', 'connect request', 'connect answer', 'peer connection', 'offer']) {
        const ends = (await widget.details('osmtalk-call-end')).length;
        await widget.element.evaluate(endAt, step);
        await expect
          .poll(async () => (await widget.details('osmtalk-call-end')).length, { message: step })
          .toBe(ends + 1);
        await expectNothingOpen(widget);
      }
      expect(await widget.details('osmtalk-call-connected')).toEqual([]);
      expect(await widget.details('osmtalk-failure')).toEqual([]);
      await expect.poll(() => backend.liveCalls.count()).toBe(0);
      expect(widget.pageErrors).toEqual([]);
    });
  });
}

/** Runs in the page: starts a call and ends it as soon as this step has begun. */
async function endAt(element: Node, step: string): Promise<void> {
  const widget = element as WidgetElement;
  const peers = window.seen.peers.length;
  const lastPeer = (): RTCPeerConnection | undefined => window.seen.peers.slice(peers).at(-1);
  const hasBegun: Record<string, () => boolean> = {
    microphone: () => widget.callState === 'requesting-microphone',
    'connect request': () => widget.callState === 'connecting',
    'connect answer': () => widget.callState === 'connecting' && widget.callId !== null,
    'peer connection': () => lastPeer() !== undefined,
    offer: () => lastPeer()?.signalingState === 'have-local-offer',
  };
  void widget.startCall();
  while (!hasBegun[step]?.()) await new Promise((resolve) => requestAnimationFrame(resolve));
  await widget.endCall();
}

async function finalLines(widget: WidgetPage): Promise<[role: string, text: string][]> {
  const entries = await widget.details('osmtalk-transcript');
  return entries.filter((entry) => entry.final).map(({ role, text }) => [role, text.trim()]);
}

async function finalTexts(widget: WidgetPage): Promise<string> {
  return (await finalLines(widget)).map(([, text]) => text).join('\n');
}

/** A line only ever grows, is final once, and no two lines say the same. */
async function expectWordsOnce(widget: WidgetPage): Promise<void> {
  const entries = await widget.details('osmtalk-transcript');
  const lines = new Map<string, string>();
  for (const { id, text } of entries) {
    expect(text.startsWith(lines.get(id) ?? '')).toBe(true);
    lines.set(id, text);
  }
  const finals = entries.filter((entry) => entry.final);
  expect(finals.map(({ id }) => id)).toEqual([...new Set(finals.map(({ id }) => id))]);
  const agentLines = finals.filter(({ role }) => role === 'agent').map(({ text }) => text);
  expect(agentLines).toEqual([...new Set(agentLines)]);
}

async function agentStates(widget: WidgetPage): Promise<string[]> {
  return (await widget.details('osmtalk-state-change')).map(({ agentState }) => agentState);
}

function callState(widget: WidgetPage): Promise<string> {
  return widget.element.evaluate((element) => (element as WidgetElement).callState);
}

/** By how much a value grows in a while. */
async function growth(read: () => Promise<number>, forMs: number): Promise<number> {
  const before = await read();
  const until = performance.now() + forMs;
  let after = before;
  await expect
    .poll(async () => {
      after = await read();
      return performance.now();
    })
    .toBeGreaterThan(until);
  return after - before;
}

async function expectNothingOpen(widget: WidgetPage): Promise<void> {
  await expect.poll(() => widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
}
