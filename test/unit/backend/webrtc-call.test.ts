import dns from 'node:dns';
import { isIP } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WebRtcAccess } from '../../../demo/backend/media/media-server.js';
import type { Backend } from '../../../demo/backend/start-backend.js';
import type { Timings } from '../../../demo/backend/timings.js';
import { callApi, connectTo, startTestBackend } from './start-test-backend.js';
import { postOffer, WebRtcCaller } from './webrtc-caller.js';

const until = { timeout: 30_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

interface Connected {
  backend: Backend;
  access: WebRtcAccess & { callId: string };
  record: () => Promise<Record<string, unknown>>;
  hook: (name: string, body?: object) => Promise<Response>;
}

async function connect(
  agentId: string,
  timings: Partial<Timings> = {},
  dynamicVariables: Record<string, unknown> = {},
): Promise<Connected> {
  const backend = await startTestBackend({ timings });
  const answer = await connectTo(backend, agentId, { key: 'osm_webrtc', body: { dynamicVariables } });
  const access = await answer.json();
  const demo = `${backend.url}/api/demo/calls/${access.callId}`;
  return {
    backend,
    access,
    record: async () => (await callApi(backend, `/calls/${access.callId}`, { key: 'osm_webrtc' })).json(),
    hook: (name, payload = {}) => fetch(`${demo}/${name}`, { method: 'POST', body: JSON.stringify(payload) }),
  };
}

describe('the way in', () => {
  it('is what connect answers for the key osm_webrtc', async () => {
    const { access, backend } = await connect('agent_receptionist');
    expect(access).toEqual({
      callId: expect.stringMatching(/^call_/),
      transport: 'webrtc',
      url: `${backend.url}/webrtc/${access.callId}`,
      token: expect.stringMatching(/^[\w-]{32}$/),
      iceServers: [],
    });
  });

  it('is open to pages of any origin, who may read where to leave', async () => {
    const { access } = await connect('agent_echo');
    const preflight = await fetch(access.url, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type');
    expect(preflight.headers.get('access-control-allow-methods')).toMatch(/PATCH.*DELETE/);
    const refused = await postOffer(access, {}, 'wrong');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toBe('location');
  });

  it('refuses what is no offer, other methods, and a call that is over', async () => {
    const { access, hook } = await connect('agent_echo');
    const status = async (body: unknown): Promise<number> => (await postOffer(access, body)).status;
    expect(await status({})).toBe(400);
    expect(await status({ type: 'answer', sdp: 'v=0' })).toBe(400);
    expect(await status({ type: 'offer', sdp: 'rubbish' })).toBe(400);
    const headers = { authorization: `Bearer ${access.token}` };
    expect((await fetch(access.url, { method: 'PUT', headers })).status).toBe(405);
    expect((await fetch(`${access.url}/nobody`, { method: 'DELETE', headers })).status).toBe(404);
    await hook('hang-up');
    await expect.poll(() => status({}), until).toBe(404);
  });

  it('is closed to a caller whose media never comes', async () => {
    const { access, record } = await connect('agent_receptionist', { mediaWindowMs: 100 });
    const sdp = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'c=IN IP4 0.0.0.0',
      'a=mid:0',
      'a=sendrecv',
      'a=rtcp-mux',
      'a=rtpmap:111 opus/48000/2',
      'a=ice-ufrag:abcd',
      'a=ice-pwd:abcdefghijklmnopqrstuv',
      `a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`,
      'a=setup:actpass',
      '',
    ].join('\r\n');
    const answered = await postOffer(access, { type: 'offer', sdp });
    expect([answered.status, await answered.json()]).toEqual([
      201,
      { type: 'answer', sdp: expect.stringContaining('a=candidate') },
    ]);
    await expect.poll(record, until).toMatchObject({ status: 'failed' });
  });
});

describe('a call by plain WebRTC', () => {
  it('has sound, words, states and typed text, and ends when it is left', async () => {
    const { access, record } = await connect('agent_receptionist');
    const caller = await WebRtcCaller.join(access);
    await expect.poll(() => caller.packets, until).toBeGreaterThan(20);
    await expect.poll(() => caller.lines[0], until).toMatch(/^Hello, this is Alder and Finch.*\?$/);
    expect(caller.types.slice(0, 3)).toEqual(['agent_joined', 'agent_state', 'agent_state']);
    const pieces = caller.messages
      .filter(({ type }) => type === 'transcript')
      .map(({ text }) => String(text));
    expect(pieces.length).toBeGreaterThan(3);
    for (const [index, piece] of pieces.entries()) expect(piece).toContain(pieces[index - 1] ?? '');

    caller.send({ type: 'text', text: 'How much is a cleaning?' });
    await expect.poll(() => caller.lines.some((line) => line.includes('eighty')), until).toBe(true);
    expect(caller.messages.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['initializing', 'speaking', 'listening', 'thinking']),
    );
    expect((await caller.leave()).status).toBe(204);
    expect(await record()).toMatchObject({ status: 'completed', didConnect: true });
    await expect.poll(async () => (await caller.leave()).status, until).toBe(404);
  });

  it('asks no server for addresses: none is named, and werift would ask one of its own', async () => {
    const lookups = [vi.spyOn(dns, 'lookup'), vi.spyOn(dns.promises, 'lookup')];
    onTestFinished(() => lookups.forEach((lookup) => lookup.mockRestore()));
    const { access } = await connect('agent_echo');
    await WebRtcCaller.join(access);
    const names = lookups.flatMap(({ mock }) => mock.calls.map(([name]) => name));
    expect(names.filter((name) => isIP(name) === 0 && name !== 'localhost')).toEqual([]);
    expect(names).not.toEqual([]);
  });

  it('gives a caller their own packets back', async () => {
    const { access } = await connect('agent_echo');
    const caller = await WebRtcCaller.join(access);
    let sent = 0;
    await expect
      .poll(() => {
        caller.speakFrame((sent += 1));
        return caller.packets;
      }, until)
      .toBeGreaterThan(5);
  });

  it.each([
    ['a result', { result: '"two"' }, 'Your page has answered: "two"', 'done'],
    ['an error', { error: 'no, sorry' }, 'Your page did not answer my question: no, sorry', 'failed'],
  ])('runs a tool of the page and takes %s', async (_, outcome, said, status) => {
    const variables = { tool_name: 'add', tool_arguments: { a: 1 } };
    const { access } = await connect('agent_tools', {}, variables);
    const caller = await WebRtcCaller.join(access);
    const asked = () => caller.messages.find(({ type }) => type === 'client_tool');
    await expect.poll(asked, until).toMatchObject({ name: 'add', arguments: { a: 1 } });
    caller.send({ type: 'client_tool_result', id: 'another', result: '"wrong"' });
    caller.send({ type: 'client_tool_result', id: String(asked()?.['id']), ...outcome });
    await expect.poll(() => caller.lines, until).toContain(said);
    const told = caller.messages.filter(({ type }) => type === 'tool_status').map((tool) => tool['status']);
    expect(told).toEqual(['running', status]);
  });

  it('is told that the platform hung up, and is not waited for', async () => {
    const { access, hook, record } = await connect('agent_echo');
    const caller = await WebRtcCaller.join(access);
    await hook('hang-up');
    await expect.poll(() => caller.messages.at(-1), until).toEqual({ type: 'end', reason: 'ended' });
    expect(await record()).toMatchObject({ endedAt: expect.any(String) });
    await expect.poll(async () => (await caller.leave()).status, until).toBe(404);
  });

  it('sees the agent leave', async () => {
    const { access } = await connect('agent_crashes', { crashAfterMs: 100 });
    const caller = await WebRtcCaller.join(access);
    await expect.poll(() => caller.types, until).toContain('agent_left');
    expect(caller.types.slice(caller.types.indexOf('agent_left') + 1)).not.toContain('transcript');
  });

  it('ends when the caller vanishes without a word', async () => {
    const { access, record } = await connect('agent_echo', { callerGraceMs: 1_500 });
    const caller = await WebRtcCaller.join(access);
    await caller.vanish();
    await expect.poll(record, until).toMatchObject({ endedAt: expect.any(String) });
  });

  it('goes on with another connection of the same caller, and the first is told', async () => {
    const { access, record } = await connect('agent_receptionist');
    const first = await WebRtcCaller.join(access);
    const second = await WebRtcCaller.join(access);
    expect(first.messages).toContainEqual({ type: 'end', reason: 'replaced' });
    expect((await first.leave()).status).toBe(404);
    await expect.poll(() => second.types, until).toContain('agent_joined');
    await expect.poll(() => second.packets, until).toBeGreaterThan(20);
    expect(await record()).toMatchObject({ status: 'in_progress' });
  });

  it('loses no word while the network is dead, and no sound is heard meanwhile', async () => {
    const { access, hook } = await connect('agent_receptionist', { longestLineMs: 1_500 });
    const caller = await WebRtcCaller.join(access);
    await expect.poll(() => caller.types, until).toContain('transcript');
    await hook('cut-media', { ms: 2_000 });
    const { packets } = caller;
    await expect.poll(() => caller.lines[0], until).toMatch(/^Hello, this is Alder and Finch.*\?$/);
    await expect.poll(() => caller.packets, until).toBeGreaterThan(packets + 20);
    expect((await hook('drop-websocket')).status).toBe(501);
  });

  it('restarts ICE on the connection that there is, and nowhere else', async () => {
    const { access, record } = await connect('agent_receptionist');
    const caller = await WebRtcCaller.join(access);
    await expect.poll(() => caller.packets, until).toBeGreaterThan(20);
    const restarted = await caller.restartIce();
    expect(restarted.status).toBe(200);
    const answer = await restarted.json();
    expect(answer.type).toBe('answer');
    expect(ufragOf(answer.sdp)).not.toBe(ufragOf(caller.answer));
    expect(fingerprintOf(answer.sdp)).toBe(fingerprintOf(caller.answer));
    expect(await record()).toMatchObject({ status: 'in_progress' });

    const patch = (url: string, token: string, body: unknown): Promise<Response> =>
      fetch(url, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const offer = { type: 'offer', sdp: 'rubbish' };
    expect((await patch(caller.location, access.token, offer)).status).toBe(400);
    expect((await patch(caller.location, 'wrong', offer)).status).toBe(401);
    expect((await patch(`${access.url}/nobody`, access.token, offer)).status).toBe(404);
    expect((await patch(access.url, access.token, offer)).status).toBe(405);
    await caller.leave();
    expect((await patch(caller.location, access.token, offer)).status).toBe(404);
  });

  it('does not mind messages that are none', async () => {
    const { access } = await connect('agent_echo');
    const caller = await WebRtcCaller.join(access);
    for (const data of [
      ' ',
      '{',
      'null',
      '[]',
      '{"type":"text"}',
      '{"type":"text","text":5}',
      '{"type":"end"}',
    ])
      caller.sendRaw(data);
    caller.sendRaw(Buffer.from([0xff, 0x00]));
    caller.send({ type: 'text', text: 'Still here' });
    await expect.poll(() => caller.lines, until).toContain('Still here');
  });
});

function ufragOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.+)$/m.exec(sdp)?.[1];
}
