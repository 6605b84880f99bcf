import { dispose } from '@livekit/rtc-node';
import { afterAll, describe, expect, it } from 'vitest';
import { readServerAddress } from '../../../demo/backend/livekit-server/server-address.js';
import { RtcCaller } from './rtc-caller.js';
import { callApi, connectTo, startTestBackend } from './start-test-backend.js';

const until = { timeout: 30_000, interval: 20 };
const address = readServerAddress(process.env);

// Needs a LiveKit server, named by LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.
describe.skipIf(!address)('calls through a LiveKit server', () => {
  afterAll(() => dispose());

  async function startCall(agentId: string, timings = {}) {
    const backend = await startTestBackend({ env: process.env, timings });
    const call = await (await connectTo(backend, agentId)).json();
    expect(call.serverUrl).toBe(address?.socketUrl);
    const caller = await RtcCaller.join(call);
    const record = async () => (await callApi(backend, `/calls/${call.callId}`)).json();
    return { caller, record };
  }

  it('are heard both ways, in words too', async () => {
    const { caller, record } = await startCall('agent_receptionist', {
      longestTurnMs: 400,
      turnQuietMs: 200,
    });
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.1);
    await expect
      .poll(() => caller.lines, until)
      .toContainEqual({
        from: 'agent',
        text: expect.stringMatching(/^Hello, this is Alder and Finch.*\?$/),
        attributes: expect.objectContaining({ 'lk.transcription_final': 'false' }),
      });
    await expect
      .poll(
        () => caller.lines.find((line) => line.from === caller.room.localParticipant?.identity)?.text,
        until,
      )
      .toMatch(/^\(you spoke for/);
    await caller.room.localParticipant?.sendText('How much is a cleaning?', { topic: 'lk.chat' });
    await expect.poll(() => caller.lines.some((line) => line.text.includes('eighty')), until).toBe(true);
    expect(caller.states).toEqual(expect.arrayContaining(['listening', 'thinking', 'speaking']));
    await caller.leave();
    await expect.poll(record, until).toMatchObject({ status: 'completed', didConnect: true });
  });

  it('give a caller their own voice back', async () => {
    const { caller } = await startCall('agent_echo');
    await caller.speak(0.5);
    await expect.poll(() => caller.loudest, until).toBeGreaterThan(0.3);
  });

  it.each([
    ['agent_silent', 'no_audio_either_direction'],
    ['agent_never_joins', 'bot_startup_failed'],
    ['agent_crashes', 'stale_sweep'],
    ['agent_unknown_failure', 'flux_capacitor_discharged'],
  ])('%s ends with %s, and the room is closed', async (agentId, failureReason) => {
    const { caller, record } = await startCall(agentId, {
      startWindowMs: 500,
      failAfterMs: 10,
      crashAfterMs: 200,
    });
    await expect.poll(record, until).toMatchObject({ status: 'failed', failureReason });
    await expect.poll(() => caller.events, until).toContain('disconnected');
  });

  it('run a tool of the page', async () => {
    const { caller } = await startCall('agent_tools');
    caller.room.localParticipant?.registerRpcMethod('client_tool', async () => '"done"');
    await expect
      .poll(() => caller.lines.map((line) => line.text), until)
      .toContain('Your page has answered: "done"');
    expect(caller.data.map(({ topic }) => topic)).toEqual(['tool_status', 'tool_status']);
  });
});
