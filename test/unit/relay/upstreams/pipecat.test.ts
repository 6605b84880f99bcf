import { describe, expect, it, onTestFinished } from 'vitest';
import { readCallOffer } from '../../../../src/wire/call-offer.js';
import { pipecat, type PipecatOptions, type RelayOptions } from '../../../../src/relay.js';
import { PIPECAT_KEY, startPipecatStandIn, type PipecatStandIn } from '../../../support/pipecat-stand-in.js';
import { CALLBACK, fakeUpstream, fromPage, relayOf, statusAndError } from '../start-relay.js';

type Fields = Record<string, unknown>;

const KEY = { Authorization: `Bearer ${PIPECAT_KEY}` };

async function start(
  options: Partial<PipecatOptions> = {},
  site: Partial<RelayOptions> = {},
): Promise<{ bot: PipecatStandIn; relay: (request: Request) => Promise<Response> }> {
  const bot = await startPipecatStandIn();
  onTestFinished(() => bot.close());
  const upstream = pipecat({ startUrl: `${bot.url}/bots/start`, headers: KEY, ...options });
  return { bot, relay: relayOf({ upstream, ...site }) };
}

const connect = (body: Fields = {}): Request => fromPage('/agents/agent_1/connect', { body });

/** A runner on the site's own network, which wants no key. */
async function answerOf(answer: unknown, startUrl = 'https://bots.example/start'): Promise<Response> {
  const bot = fakeUpstream(() => Response.json(answer));
  return relayOf({ upstream: pipecat({ startUrl }), fetch: bot.fetch })(connect());
}

describe('a call', () => {
  it('starts a bot with what the page and the site say', async () => {
    const { bot, relay } = await start({ transport: 'daily' }, { dynamicVariables: () => ({ plan: 'pro' }) });
    await relay(connect({ dynamicVariables: { plan: 'x', name: 'Ada' }, extra: 'unlisted' }));
    expect(bot.starts).toEqual([
      {
        transport: 'daily',
        createDailyRoom: true,
        body: {
          agentId: 'agent_1',
          visitor: expect.stringMatching(/^[\w-]{16}$/),
          dynamicVariables: { plan: 'pro', name: 'Ada' },
        },
      },
    ]);
    const [{ headers } = { headers: {} }] = bot.requests;
    expect(headers).toMatchObject({ authorization: KEY.Authorization });
    expect(Object.keys(headers)).not.toContain('origin');
  });

  it('over SmallWebRTC is offered to the session beside `start`', async () => {
    const iceConfig = { iceServers: [{ urls: ['stun:s.example'], secret: 'x' }] };
    const answer = await (
      await answerOf({ sessionId: 'a b', iceConfig, organization: 'org_1' }, 'https://bots.example/v1/start')
    ).json();
    expect(answer).toEqual({
      callId: null,
      transport: 'webrtc',
      webrtcUrl: 'https://bots.example/v1/sessions/a%20b/api/offer',
      iceConfig: { iceServers: [{ urls: ['stun:s.example'] }] },
    });
    expect(readCallOffer(answer)).toMatchObject({
      transport: 'webrtc',
      url: answer.webrtcUrl,
      iceServers: [{ urls: ['stun:s.example'] }],
    });
  });

  it.each([
    [{ webrtcUrl: 'https://other.example/offer' }, 'https://other.example/offer'],
    [{ webrtcUrl: '/api/offer' }, 'https://bots.example/api/offer'],
    [{ webrtcRequestParams: { endpoint: '/offer', headers: { key: 'k' } } }, 'https://bots.example/offer'],
  ])('over SmallWebRTC goes where the bot says: %o', async (fields, url) => {
    const answer = await (await answerOf(fields)).json();
    expect(readCallOffer(answer)).toMatchObject({ transport: 'webrtc', url });
    expect(JSON.stringify(answer)).not.toContain('"k"');
  });

  it('over LiveKit is the room and the token', async () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e319.c2lnbmF0dXJl';
    const { bot, relay } = await start({ transport: 'livekit' });
    bot.answerStartWith({
      status: 200,
      body: { url: 'wss://l.example', token, sessionId: 's', api_secret: 'no' },
    });
    const answer = await (await relay(connect())).json();
    expect(answer).toEqual({
      callId: null,
      transport: 'livekit',
      serverUrl: 'wss://l.example',
      participantToken: token,
    });
    expect(readCallOffer(answer)).toMatchObject({ transport: 'livekit', token });
  });

  it('over Daily is passed on for a transport of the page’s own', async () => {
    const { relay } = await start({ transport: 'daily' });
    const answer = await (await relay(connect())).json();
    expect(answer).toEqual({
      callId: null,
      transport: 'daily',
      dailyRoom: 'https://site.daily.co/room',
      dailyToken: 'daily-token',
    });
    expect(readCallOffer(answer)).toMatchObject({ transport: 'foreign', name: 'daily' });
    const old = await (await answerOf({ url: 'https://site.daily.co/room', token: 'a.b.c' })).json();
    expect(readCallOffer(old)).toMatchObject({ transport: 'foreign', name: 'daily' });
  });
});

describe('what the widget cannot use', () => {
  it.each<[string, Fields, RegExp]>([
    [
      'a WebSocket',
      { wsUrl: 'wss://bots.example/ws', token: 'mock_token', sessionId: 's' },
      /by a WebSocket, which the widget does not carry/,
    ],
    ['an empty answer', {}, /neither a session nor a room/],
    ['a room without a token', { url: 'wss://l.example' }, /neither a session nor a room/],
  ])('is refused with the reason: %s', async (_, answer, reason) => {
    const response = await answerOf(answer);
    const body = await response.json();
    expect([response.status, body.error]).toEqual([424, 'unsupported_transport']);
    expect(body.message).toMatch(reason);
  });

  it('is refused with the reason: WebRTC offers that need the key', async () => {
    const { relay } = await start();
    const response = await relay(connect());
    const body = await response.json();
    expect([response.status, body.error]).toEqual([424, 'unsupported_transport']);
    expect(body.message).toMatch(/need the key, which a page must not have/);
    expect(JSON.stringify(body)).not.toContain(PIPECAT_KEY);
  });

  it('is not offered: chat, callbacks, the record of a call', async () => {
    const { bot, relay } = await start();
    expect(await (await relay(fromPage('/features'))).json()).toEqual({ features: ['voice'] });
    const chat = await relay(fromPage('/agents/agent_1/chat', { body: { message: 'Hi' } }));
    expect([chat.status, (await chat.json()).message]).toEqual([
      404,
      'A Pipecat bot is spoken and written to within a call; there is no chat without one.',
    ]);
    const callback = await relay(fromPage('/calls/outbound', { body: CALLBACK }));
    expect(await statusAndError(callback)).toEqual([404, 'not_offered']);
    expect(bot.requests).toEqual([]);
  });
});

describe('keys', () => {
  it.each([KEY.Authorization, PIPECAT_KEY])('an answer with one goes nowhere: %s', async (leak) => {
    const { bot, relay } = await start({ transport: 'livekit' });
    bot.answerStartWith({ status: 200, body: { url: `wss://l.example/${leak}`, token: 'a.b.c' } });
    expect(await statusAndError(await relay(connect()))).toEqual([502, 'bad_answer']);
  });

  it.each([
    [401, 502, 'upstream_denied'],
    [404, 502, 'upstream_error'],
    [400, 502, 'upstream_error'],
    [429, 429, 'rate_limited'],
    [500, 500, 'upstream_error'],
  ])('an error of the bot, %i, is %i %s, without its words', async (status, answered, error) => {
    const { bot, relay } = await start();
    bot.answerStartWith({ status, body: { detail: `No: ${PIPECAT_KEY}` } });
    const response = await relay(connect());
    const body = await response.json();
    expect([response.status, body.error]).toEqual([answered, error]);
    expect(JSON.stringify(body)).not.toContain('No:');
    expect(bot.requests).toHaveLength(1);
  });

  it.each<Partial<PipecatOptions>>([
    { startUrl: 'bots.example/start' },
    { startUrl: 'ws://bots.example/start' },
    { headers: { 'a b': 'x' } },
    { headers: { authorization: '' } },
    { headers: { authorization: 's3cret\n' } },
  ])('options that make no sense are a TypeError that quotes none: %o', (wrong) => {
    const make = (): unknown => pipecat({ startUrl: 'https://bots.example/start', ...wrong });
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(/s3cret/);
  });
});
