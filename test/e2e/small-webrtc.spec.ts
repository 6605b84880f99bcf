import { speechLine } from '../../demo/backend/speech/speech-lines.js';
import { expect, test } from '../support/backend-fixture.js';
import { timeUntil } from '../support/time-until.js';
import type { WidgetPage } from '../support/widget-page.js';

/** Calls by Pipecat's SmallWebRTC: what its signalling asks of a page, on a server that is as awkward as the real one. */

const KEY = { 'api-key': 'osm_small_webrtc' };

test.use({
  permissions: ['microphone'],
  // What is tried is the page's way back: on a busy machine it takes longer than a server is patient.
  timings: { longestLineMs: 2_000, turnQuietMs: 300, longestTurnMs: 2_000, callerGraceMs: 40_000 },
});

interface Signal {
  method: string;
  status: number;
  asked: Record<string, unknown>;
  answered: Record<string, unknown>;
}

/** What goes over HTTP between the page and the bot. */
function followSignals({ page }: WidgetPage): Signal[] {
  const signals: Signal[] = [];
  page.on('requestfinished', async (request) => {
    if (!request.url().endsWith('/api/offer') || request.method() === 'OPTIONS') return;
    const response = await request.response();
    const asked = request.postDataJSON() as Record<string, unknown>;
    const answered = (await response?.json()) as Record<string, unknown>;
    signals.push({ method: request.method(), status: response?.status() ?? 0, asked, answered });
  });
  return signals;
}

async function finalLines(widget: WidgetPage): Promise<[string, string][]> {
  const entries = await widget.details('osmtalk-transcript');
  return entries.filter(({ final }) => final).map(({ role, text }) => [role, text.trim()]);
}

async function ask(widget: WidgetPage, question: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(question);
  await widget.button('Send').click();
}

test('a conversation: heard both ways, words and states, candidates by PATCH, and the bot is told of the end', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen(KEY);
  const signals = followSignals(widget);
  await widget.startCall();
  const callId = (await widget.callId()) ?? '';
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
  await expect.poll(() => backend.liveCalls.get(callId)?.facts.callerLoudestDb).toBeGreaterThan(-45);
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
  await ask(widget, 'What are your opening hours?');
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('hours').text]);

  const [offer, ...rest] = signals;
  expect(offer).toMatchObject({ method: 'POST', status: 200, asked: { pc_id: null, restart_pc: false } });
  const candidates = rest.filter(({ method }) => method === 'PATCH');
  expect(candidates.length).toBeGreaterThan(0);
  for (const { status, asked } of candidates)
    expect([status, asked.pc_id]).toEqual([200, offer?.answered.pc_id]);

  await widget.button('End call').click();
  await widget.reached('ended');
  await expect.poll(() => backend.calls.get(callId)?.status).toBe('completed');
  await expect.poll(() => widget.openLinks()).toBe(0);
  expect(widget.pageErrors).toEqual([]);
});

test('a bot that leaves ends the call within two seconds', async ({ widget, backend }) => {
  await widget.visitAndOpen(KEY);
  await widget.startCall();
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
  const hook = `${backend.url}/api/demo/calls/${await widget.callId()}/hang-up`;
  expect(await timeUntil(widget, hook, 'ended')).toBeLessThan(2_000);
  expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
});

test('a bot that asks to renegotiate gets another offer on the same connection', async ({
  widget,
  backend,
  request,
}) => {
  await widget.visitAndOpen(KEY);
  const signals = followSignals(widget);
  await widget.startCall();
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
  const id = signals[0]?.answered.pc_id;
  await request.post(`${backend.url}/api/demo/calls/${await widget.callId()}/renegotiate`);
  const again = (): Signal[] => signals.filter(({ method }) => method === 'POST').slice(1);
  await expect.poll(again).toMatchObject([{ status: 200, asked: { pc_id: id, restart_pc: false } }]);
  await ask(widget, 'How much is a cleaning?');
  const { heard } = await widget.energy();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
  expect(await widget.page.evaluate(() => window.seen.peers.length)).toBe(1);
});

test('a network that has changed: told within four seconds, and the call goes on over a new connection', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen(KEY);
  const signals = followSignals(widget);
  await widget.startCall();
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
  const hook = `${backend.url}/api/demo/calls/${await widget.callId()}/change-network`;
  expect(await timeUntil(widget, hook, 'reconnecting')).toBeLessThan(4_000);
  await widget.reached('connected');
  const offers = (): Signal[] => signals.filter(({ method }) => method === 'POST');
  const id = offers()[0]?.answered.pc_id;
  await expect
    .poll(() => offers().at(-1))
    .toMatchObject({ status: 200, asked: { pc_id: id, restart_pc: true } });

  const { heard } = await widget.energy();
  await ask(widget, 'How much is a cleaning?');
  await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('prices').text]);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
  await expect.poll(() => widget.openLinks()).toBe(1);

  await widget.button('End call').click();
  await widget.reached('ended');
  await expect.poll(() => widget.openLinks()).toBe(0);
  expect(widget.pageErrors).toEqual([]);
});
