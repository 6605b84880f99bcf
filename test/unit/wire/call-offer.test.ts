import { describe, expect, it } from 'vitest';
import { readCallOffer } from '../../../src/wire/call-offer.js';

function jwt(claims: object): string {
  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`;
}

const token = jwt({ iss: 'key', video: { room: 'room_1', roomJoin: true } });
const otherToken = jwt({ iss: 'key', r: 'room_1' });
const url = 'wss://media.example';
const livekit = { transport: 'livekit', serverUrl: url, token };

describe('an address with a token that LiveKit gives out is LiveKit', () => {
  it.each<[string, object]>([
    [
      'of LiveKit’s starter apps',
      { serverUrl: url, roomName: 'r', participantName: 'p', participantToken: token },
    ],
    ['of LiveKit’s token endpoint', { server_url: url, participant_token: token }],
    ['of Pipecat’s runner', { url, token, sessionId: 's1' }],
    ['that calls itself "web"', { type: 'web', serverUrl: url, token }],
    ['that calls itself "osmtalk"', { provider: 'osmtalk', url, token }],
    ['that calls itself "voice"', { transport: 'voice', url, accessToken: token }],
    ['inside `livekit`', { callId: 'c', livekit: { url, token } }],
    ['inside `connection`', { type: 'web', connection: { serverUrl: url, participantToken: token } }],
    ['inside `call`', { call: { id: 'c', url, token } }],
    ['inside `session`', { session: { ws_url: url, room_token: token } }],
    ['inside `room`', { room: { url, jwt: token } }],
    ['inside `credentials`', { credentials: { livekit_url: url, livekit_token: token } }],
    ['with its address outside and its token inside', { url, token, credentials: {} }],
    ['by `livekit_url` and `livekit_token`', { livekit_url: url, livekit_token: token }],
    ['by `livekitToken`', { livekitUrl: url, livekitToken: token }],
    ['by `roomToken`', { wsUrl: url, roomToken: token }],
    ['by `jwt`', { url, jwt: token }],
  ])('%s', (_what, answer) => {
    expect(readCallOffer(answer)).toMatchObject(livekit);
  });

  it('has the id of the call, wherever that stands', () => {
    expect(readCallOffer({ call: { id: 'c1', url, token } }).callId).toBe('c1');
    expect(readCallOffer({ call_id: 'c2', livekit: { url, token } }).callId).toBe('c2');
    // A session of the runner is no call of the platform.
    expect(readCallOffer({ url, token, sessionId: 's1' }).callId).toBeNull();
  });
});

describe('plain WebRTC', () => {
  const ice = [{ urls: 'stun:stun.example' }];

  it.each<[string, object, string]>([
    ['`webrtcUrl`', { webrtcUrl: 'https://bot.example/api/offer' }, 'https://bot.example/api/offer'],
    ['one that is relative', { webrtcUrl: '/api/offer' }, 'https://api.example/api/offer'],
    [
      '`webrtcRequestParams`',
      { webrtcRequestParams: { endpoint: 'https://bot.example/api/offer', requestData: {} } },
      'https://bot.example/api/offer',
    ],
    ['a session alone', { sessionId: 's/1' }, 'https://api.example/base/sessions/s%2F1/api/offer'],
    [
      'a session and its ICE servers',
      { sessionId: 's1', iceConfig: { iceServers: ice } },
      'https://api.example/base/sessions/s1/api/offer',
    ],
    ['its name', { transport: 'smallwebrtc', url: 'https://bot.example/offer' }, 'https://bot.example/offer'],
    ['`webrtc`', { webrtc: { url: 'https://bot.example/offer' } }, 'https://bot.example/offer'],
  ])('is known by %s', (_what, answer, expected) => {
    expect(readCallOffer(answer, 'https://api.example/base')).toMatchObject({
      transport: 'webrtc',
      url: expected,
    });
  });

  it('takes the ICE servers of `iceConfig`', () => {
    expect(
      readCallOffer({ sessionId: 's1', iceConfig: { iceServers: ice } }, 'https://api.example'),
    ).toMatchObject({
      iceServers: ice,
    });
  });
});

describe('SmallWebRTC', () => {
  const endpoint = 'https://bot.example/api/offer';

  it.each<[string, object]>([
    ['a session alone', { sessionId: 's1' }],
    ['a session with a place for files', { sessionId: 's1', fileUploadUrl: 'https://bot.example/files' }],
    ['its name', { transport: 'smallwebrtc', url: endpoint }],
    ['Pipecat’s', { provider: 'pipecat', url: endpoint }],
    ['what Pipecat’s client takes', { webrtcRequestParams: { endpoint } }],
  ])('is known by %s', (_what, answer) => {
    const offer = readCallOffer(answer, 'https://api.example');
    expect(offer).toMatchObject({ transport: 'webrtc', small: { headers: {}, requestData: undefined } });
  });

  it('has the headers and the data that go with each offer', () => {
    const headers = { Authorization: 'Bearer x', odd: 5 };
    const request = { endpoint, headers, requestData: { room: 7 } };
    expect(readCallOffer({ callId: 'c', webrtcRequestParams: request })).toMatchObject({
      url: endpoint,
      small: { headers: { Authorization: 'Bearer x' }, requestData: { room: 7 } },
    });
    expect(readCallOffer({ webrtc_request_params: { endpoint, request_data: [1] } })).toMatchObject({
      small: { headers: {}, requestData: [1] },
    });
  });

  it.each<[string, object]>([
    ['plain WebRTC', { transport: 'webrtc', url: endpoint, sessionId: 's1' }],
    ['`webrtcUrl`', { webrtcUrl: endpoint }],
    ['`webrtc`', { webrtc: { url: endpoint } }],
  ])('is not taken for granted with %s: its answer will tell', (_what, answer) => {
    expect(readCallOffer(answer, 'https://api.example')).not.toHaveProperty('small');
  });
});

describe('another engine is named as such, and never taken for LiveKit', () => {
  it.each<[string, object, string]>([
    ['a Daily room', { dailyRoom: 'https://x.daily.co/r', dailyToken: 't' }, 'daily'],
    ['an older one', { room_url: 'https://x.daily.co/r', token: 't' }, 'daily'],
    ['Daily by its host', { url: 'https://x.daily.co/r', token: otherToken }, 'daily'],
    ['Daily by its host, with an id', { callId: 'c', url: 'https://x.daily.co/r', token: 't' }, 'daily'],
    ['Daily by name', { transport: 'DailyTransport', url, token }, 'dailytransport'],
    ['a WebSocket by name', { type: 'websocket', wsUrl: url, token }, 'websocket'],
    ['Pipecat’s WebSocket', { wsUrl: url, sessionId: 's1', token: 'opaque' }, 'unknown'],
    ['one with a token of somebody else', { callId: 'c', wsUrl: url, token: otherToken }, 'unknown'],
    ['Twilio', { provider: 'twilio', url, token }, 'twilio'],
    ['Vapi', { type: 'vapi', url, token }, 'vapi'],
  ])('%s', (_what, answer, name) => {
    expect(readCallOffer(answer)).toMatchObject({ transport: 'foreign', name, raw: answer });
  });
});
