import { dispose } from '@livekit/rtc-node';
import { afterAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../demo/backend/start-backend.js';
import type { Timings } from '../../../demo/backend/timings.js';
import { RtcCaller } from './rtc-caller.js';
import { callApi, connectTo, startTestBackend } from './start-test-backend.js';

afterAll(() => dispose());

interface Call {
  backend: Backend;
  caller: RtcCaller;
  callId: string;
  record: () => Promise<Record<string, unknown>>;
  facts: () => Promise<{ facts: Record<string, number>; liveCalls: number; callerPacketsPerSecond: number }>;
  hook: (name: string, body?: object) => Promise<Response>;
}

async function startCall(
  agentId: string,
  timings: Partial<Timings> = {},
  dynamicVariables: Record<string, unknown> = {},
): Promise<Call> {
  const backend = await startTestBackend({ timings });
  const body = await (await connectTo(backend, agentId, { body: { dynamicVariables } })).json();
  const caller = await RtcCaller.join(body);
  const demo = `${backend.url}/api/demo/calls/${body.callId}`;
  return {
    backend,
    caller,
    callId: body.callId,
    record: async () => (await callApi(backend, `/calls/${body.callId}`)).json(),
    facts: async () => (await fetch(demo)).json(),
    hook: (name, payload = {}) => fetch(`${demo}/${name}`, { method: 'POST', body: JSON.stringify(payload) }),
  };
}

const until = { timeout: 30_000, interval: 20 };

describe('a call to the receptionist', () => {
  it('is heard both ways, in words too, and ends completed', async () => {
    const { caller, record, facts, backend, callId } = await startCall('agent_receptionist');
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.1);
    await expect.poll(async () => (await facts()).facts['callerLoudestDb'], until).toBeGreaterThan(-20);
    await expect.poll(() => caller.lines[0]?.text, until).toMatch(/^Hello, this is Alder and Finch.*\?$/);
    expect(caller.lines[0]).toMatchObject({
      from: 'agent',
      attributes: {
        'lk.segment_id': expect.any(String),
        'lk.transcribed_track_id': expect.stringMatching(/^TR_/),
      },
    });
    expect(await record()).toMatchObject({ status: 'in_progress', didConnect: true });

    caller.tone = 0;
    await caller.room.localParticipant?.sendText('How much is a cleaning?', { topic: 'lk.chat' });
    await expect.poll(() => caller.lines.some((line) => line.text.includes('eighty')), until).toBe(true);
    expect(caller.states).toEqual(expect.arrayContaining(['listening', 'thinking', 'speaking']));

    await caller.leave();
    await expect.poll(record, until).toMatchObject({ status: 'completed', failureReason: null });
    const { transcript } = (await record()) as { transcript: { role: string; text: string }[] };
    expect(transcript.map(({ role }) => role).slice(0, 2)).toEqual(['agent', 'user']);
    expect(transcript.some(({ text }) => text === 'How much is a cleaning?')).toBe(true);
    expect(backend.liveCalls.get(callId)?.ended).toBe(true);
    expect((await facts()).liveCalls).toBe(0);
  });

  it('takes turns with a caller who speaks, and says what it understood', async () => {
    const { caller } = await startCall('agent_slow_start', {
      slowStartMs: 10,
      longestTurnMs: 400,
      turnQuietMs: 200,
    });
    await caller.speak(0.5);
    await expect
      .poll(() => caller.lines.map((line) => line.text), until)
      .toContainEqual(expect.stringMatching(/^\(you spoke for 0\.\d s\)$/));
    const spoken = caller.lines.find((line) => line.text.startsWith('(you'));
    expect(spoken).toMatchObject({
      from: caller.room.localParticipant?.identity,
      attributes: { 'lk.transcription_final': 'true' },
    });
  });
});

describe('agents that fail', () => {
  it('silent, and the caller was heard: no_audio_output', async () => {
    const { caller, record } = await startCall('agent_silent', { noSoundMs: 1_500 });
    await caller.speak(0.5);
    await expect
      .poll(record, until)
      .toMatchObject({ status: 'failed', failureReason: 'no_audio_output', didConnect: true });
    await expect.poll(() => caller.events, until).toContain('disconnected');
    expect(caller.loudest).toBeLessThan(0.01);
  });

  it('silent on both sides: no_audio_either_direction', async () => {
    const { record } = await startCall('agent_silent');
    await expect.poll(record, until).toMatchObject({ failureReason: 'no_audio_either_direction' });
  });

  it('never there: bot_startup_failed', async () => {
    const { caller, record } = await startCall('agent_never_joins', { startWindowMs: 4_000 });
    expect(caller.room.remoteParticipants.size).toBe(0);
    await expect
      .poll(record, until)
      .toMatchObject({ failureReason: 'bot_startup_failed', didConnect: false });
    await expect.poll(() => caller.events, until).toContain('disconnected');
  });

  it('gone in the middle of a word: stale_sweep, and only later', async () => {
    const { caller, record } = await startCall('agent_crashes', { crashAfterMs: 300, sweepMs: 4_000 });
    await expect.poll(() => caller.events, until).toContain('participantDisconnected');
    expect(await record()).toMatchObject({ status: 'in_progress' });
    await caller.leave();
    expect(await record()).toMatchObject({ status: 'in_progress' });
    await expect.poll(record, until).toMatchObject({ status: 'failed', failureReason: 'stale_sweep' });
  });

  it.each([
    ['agent_idle', 'idle_timeout'],
    ['agent_provider_storm', 'provider_circuit_open'],
    ['agent_unknown_failure', 'flux_capacitor_discharged'],
    ['agent_hangs_up', null],
  ])(
    '%s ends with %s',
    async (agentId, failureReason) => {
      const timings = { shortIdleMs: 400, providerErrorGapMs: 10, failAfterMs: 10 };
      const { record } = await startCall(agentId, timings);
      await expect.poll(record, { ...until, timeout: 30_000 }).toMatchObject({
        status: failureReason === null ? 'completed' : 'failed',
        failureReason,
      });
    },
    30_000,
  );

  it('whose caller leaves at once: caller_hung_up_silently', async () => {
    const { caller, record } = await startCall('agent_receptionist');
    await expect.poll(record, until).toMatchObject({ status: 'in_progress' });
    await caller.leave();
    await expect.poll(record, until).toMatchObject({ failureReason: 'caller_hung_up_silently' });
  });

  it('whose record comes late, or never', async () => {
    const late = await startCall('agent_late_record', { lateRecordMs: 500 });
    await expect.poll(() => late.caller.events, until).toContain('disconnected');
    expect(await late.record()).toMatchObject({ status: 'in_progress', failureReason: null, endedAt: null });
    await expect
      .poll(late.record, until)
      .toMatchObject({ status: 'failed', failureReason: 'no_audio_either_direction' });

    const missing = await startCall('agent_missing_record');
    expect(await missing.record()).toMatchObject({ error: 'call_not_found' });
  });
});

describe('the room', () => {
  it('shows an agent that comes late, with a track to hear', async () => {
    const { caller } = await startCall('agent_slow_start', { slowStartMs: 800 });
    expect(caller.events).toEqual([]);
    await expect.poll(() => caller.events, until).toEqual(['participantConnected', 'trackSubscribed']);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.1);
  });

  it('gives a caller their own voice back', async () => {
    const { caller, facts } = await startCall('agent_echo');
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.3);
    await expect.poll(async () => (await facts()).facts['agentVoicedFrames'], until).toBeGreaterThan(10);
  });

  it('runs a tool of the page', async () => {
    const { caller } = await startCall('agent_tools', {}, { tool_name: 'add', tool_arguments: { a: 1 } });
    let asked: unknown;
    caller.room.localParticipant?.registerRpcMethod('client_tool', async ({ payload }) => {
      asked = JSON.parse(payload);
      return '"two"';
    });
    await expect
      .poll(() => caller.lines.map((line) => line.text), { ...until, timeout: 30_000 })
      .toContain('Your page has answered: "two"');
    expect(asked).toEqual({ name: 'add', arguments: { a: 1 } });
    expect(caller.data).toEqual([
      { topic: 'tool_status', value: { name: 'add', status: 'running', seconds: expect.any(Number) } },
      { topic: 'tool_status', value: { name: 'add', status: 'done', seconds: expect.any(Number) } },
    ]);
    const refused = caller.room.localParticipant?.performRpc({
      destinationIdentity: 'agent',
      method: 'anything',
      payload: '',
    });
    await expect(refused).rejects.toThrow(/not supported/i);
  });

  it('says so when the page has no such tool', async () => {
    const { caller } = await startCall('agent_tools');
    await expect
      .poll(() => caller.data.map(({ value }) => (value as { status: string }).status), {
        ...until,
        timeout: 30_000,
      })
      .toEqual(['running', 'failed']);
  });

  it('takes a caller back whose websocket broke', async () => {
    const { caller, hook, facts } = await startCall('agent_echo');
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.3);
    expect((await hook('drop-websocket')).status).toBe(200);
    const reconnected = new Promise<void>((resolve) => caller.room.once('reconnected', resolve));
    await reconnected;
    const before = (await facts()).facts['callerPackets'] ?? 0;
    await expect.poll(async () => (await facts()).facts['callerPackets'], until).toBeGreaterThan(before + 20);
  });

  it('ends a call whose caller does not come back', async () => {
    const { caller, hook, record } = await startCall('agent_echo', { callerGraceMs: 0 });
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.3);
    await hook('drop-websocket');
    await expect.poll(record, until).toMatchObject({ status: 'completed' });
  });

  it('loses sound while the media is cut', async () => {
    const { caller, hook, facts } = await startCall('agent_echo');
    await caller.speak(0.5);
    await expect.poll(async () => (await facts()).callerPacketsPerSecond, until).toBeGreaterThan(30);
    expect((await hook('cut-media', { ms: 1_500 })).status).toBe(200);
    await expect.poll(async () => (await facts()).callerPacketsPerSecond, until).toBeLessThan(30);
    await expect.poll(async () => (await facts()).callerPacketsPerSecond, until).toBeGreaterThan(30);
    expect((await hook('cut-media')).status).toBe(400);
  });

  it('is closed by the operator', async () => {
    const { caller, hook } = await startCall('agent_echo');
    await hook('hang-up');
    await expect.poll(() => caller.events, until).toContain('disconnected');
  });

  it('refuses a token that is not good, and one whose call is over', async () => {
    const backend = await startTestBackend();
    const call = await (await connectTo(backend, 'agent_receptionist')).json();
    const validate = (token: string): Promise<Response> =>
      fetch(`${backend.url}/rtc/v1/validate?access_token=${token}`);
    expect((await validate(call.participantToken)).status).toBe(200);
    const bad = await validate('a.b.c');
    expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    await expect(RtcCaller.join({ ...call, participantToken: 'a.b.c' })).rejects.toThrow(
      /401|invalid token/i,
    );
    backend.liveCalls.endAll();
    const over = await validate(call.participantToken);
    expect([over.status, await over.text()]).toEqual([404, 'requested room does not exist']);
  });

  it('gives up on a caller who never comes', async () => {
    const backend = await startTestBackend({ timings: { joinWindowMs: 50 } });
    const { callId } = await (await connectTo(backend, 'agent_receptionist')).json();
    await expect
      .poll(() => backend.calls.get(callId), until)
      .toMatchObject({ status: 'failed', failureReason: 'unknown' });
  });
});
