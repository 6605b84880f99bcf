import { describe, expect, it } from 'vitest';
import type { Backend } from '../../../demo/backend/start-backend.js';
import { ApiError } from '../../../src/wire/api-error.js';
import { WidgetClient } from '../../../src/api/widget-client.js';
import { osmtalk, type RelayOptions } from '../../../src/relay.js';
import { startTestBackend } from '../backend/start-test-backend.js';
import { serveRelay, SITE } from './start-relay.js';

/** Everything the page's client has sent and received. */
interface Traffic {
  client: WidgetClient;
  backend: Backend;
  text: () => string;
}

/** The widget's own client, unchanged and without a key, before a relay before the embedded backend. */
async function startAll(
  apiKey: string,
  agents: string[],
  options: Partial<RelayOptions> = {},
): Promise<Traffic> {
  const backend = await startTestBackend({ staticDirs: [] });
  const relay = await serveRelay({
    upstream: osmtalk({ apiKey, baseUrl: backend.url }),
    allow: { agents, features: ['voice', 'chat', 'callback'], destinations: ['+1'] },
    ...options,
  });
  const seen: string[] = [];
  const client = new WidgetClient({
    baseUrl: relay.url,
    maxRetries: 0,
    fetch: async (input, init = {}) => {
      const headers = new Headers(init.headers);
      seen.push(JSON.stringify([input, Object.fromEntries(headers), init.body]));
      // What a browser would do by itself, on every request to another origin.
      headers.set('origin', SITE);
      const response = await fetch(input, { ...init, headers });
      seen.push(JSON.stringify(Object.fromEntries(response.headers)));
      const [forTest, forClient] = response.body?.tee() ?? [null, null];
      void new Response(forTest).text().then(
        (body) => seen.push(body),
        () => undefined,
      );
      return new Response(forClient, response);
    },
  });
  return { client, backend, text: () => seen.join('\n') };
}

const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : String(error));

describe('the widget’s client, through a relay', () => {
  it('connects, and reads the record of its call', async () => {
    const { client, backend, text } = await startAll('osm_demo', ['agent_receptionist']);
    const offer = await client.connect('agent_receptionist', {
      dynamicVariables: { name: 'Ada' },
      userId: 'u1',
    });
    expect(offer).toMatchObject({ transport: 'livekit', serverUrl: expect.stringMatching(/^wss?:/) });
    const [call] = backend.calls.list();
    expect(offer.callId).toContain(`${call?.id}.`);
    expect(await client.getCall(offer.callId ?? '')).toMatchObject({ callId: offer.callId, channel: 'web' });
    await expect(client.getCall(call?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
    expect(text()).not.toContain('osm_demo');
  });

  it('connects by plain WebRTC', async () => {
    const { client, text } = await startAll('osm_webrtc', ['agent_receptionist']);
    expect(await client.connect('agent_receptionist')).toMatchObject({
      transport: 'webrtc',
      url: expect.stringMatching(/^http/),
      callId: expect.stringContaining('.'),
    });
    expect(text()).not.toContain('osm_webrtc');
  });

  it('chats, in one conversation', async () => {
    const { client, text } = await startAll('osm_demo', ['agent_receptionist']);
    const first = await client.chat('agent_receptionist', { message: 'My name is Ada' });
    expect(first.text).toContain('Nice to meet you, Ada');
    const sessionId = first.sessionId ?? undefined;
    const second = await client.chat('agent_receptionist', { message: 'What is my name?', sessionId });
    expect(second.text).toBe('You are Ada.');
    const stranger = await client.chat('agent_receptionist', { message: 'What is my name?' });
    expect(stranger.text).toBe('You have not told me your name yet.');
    expect(text()).not.toContain('osm_demo');
  });

  it('chats with the reply streamed', async () => {
    const { client, text } = await startAll('osm_demo', ['agent_echo']);
    const pieces: string[] = [];
    const message = 'one two three';
    const reply = await client.chat('agent_echo', { message }, { onText: (soFar) => pieces.push(soFar) });
    expect(reply).toEqual({ text: message, sessionId: expect.stringContaining('.') });
    // What arrives together is told together.
    expect(pieces.at(-1)).toBe(message);
    for (const piece of pieces) expect(message.startsWith(piece)).toBe(true);
    expect(text()).not.toContain('osm_demo');
  });

  it('has somebody phoned, and follows the call to its end', async () => {
    const { client, backend, text } = await startAll('osm_demo', ['agent_no_answer']);
    const { callId } = await client.startOutboundCall({
      agentId: 'agent_no_answer',
      phoneNumberId: 'phone_demo',
      destination: '+12025550199',
    });
    const record = await client.waitUntilEnded(callId, { intervalMs: 10, mayBeMissing: true });
    expect(record).toMatchObject({
      callId,
      status: 'failed',
      failureReason: 'sip_no_answer',
      channel: 'outbound',
    });
    expect(backend.calls.list()).toHaveLength(1);
    expect(text()).not.toContain('osm_demo');
  });

  it('has its message answered once, however often it is sent', async () => {
    const { client, backend } = await startAll('osm_demo', ['agent_receptionist']);
    const ask = () => client.connect('agent_receptionist', {}, { idempotencyKey: 'once' });
    await ask();
    await ask();
    expect(backend.calls.list()).toHaveLength(1);
  });

  it.each([
    ['agent_no_credit', 'no-credit'],
    ['agent_busy', 'too-many-calls'],
    ['agent_rate_limited', 'rate-limited'],
    ['agent_server_error', 'server-error'],
    ['agent_broken_json', 'server-error'],
    ['agent_timeout', 'server-error'],
    ['agent_of_nobody', 'not-found'],
    ['agent_not_named', 'not-found'],
  ])('tells %s by its error: %s', async (agent, code) => {
    const agents = [
      'agent_no_credit',
      'agent_busy',
      'agent_rate_limited',
      'agent_server_error',
      'agent_broken_json',
    ];
    const { client } = await startAll('osm_demo', [...agents, 'agent_timeout', 'agent_of_nobody'], {
      timeoutMs: agent === 'agent_timeout' ? 500 : 15_000,
    });
    for (const ask of [() => client.connect(agent), () => client.chat(agent, { message: 'hi' })]) {
      expect(await ask().then(() => 'answered', codeOf)).toBe(code);
    }
  });

  it.each([['osm_of_nobody'], ['osm_chat_only'], ['osm_broke']])(
    'is not told what is wrong with the key %s',
    async (key) => {
      const { client, text } = await startAll(key, ['agent_receptionist']);
      const code = await client.connect('agent_receptionist').then(() => 'answered', codeOf);
      expect(code).toBe(key === 'osm_broke' ? 'no-credit' : 'server-error');
      expect(text()).not.toMatch(/osm_|API key|scope/i);
    },
  );

  it('reaches neither history nor lines nor numbers', async () => {
    const { client, backend } = await startAll('osm_demo', ['agent_receptionist']);
    for (const ask of [
      client.listCalls(),
      client.getDashboard(),
      client.listPhoneNumbers(),
      client.listAgents(),
    ]) {
      expect(await ask.then(() => 'answered', codeOf)).toBe('not-found');
    }
    expect(backend.requests()).toEqual([]);
  });
});
