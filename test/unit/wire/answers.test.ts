import { readCallOffer } from '../../../src/wire/call-offer.js';
import { describe, expect, it } from 'vitest';
import {
  isTerminal,
  readCallPage,
  readCallRecord,
  readList,
  readObject,
  readOutboundCall,
} from '../../../src/wire/call-record.js';

const invalid = expect.objectContaining({ name: 'ApiError', code: 'invalid-response' }) as Error;
const notObjects = [null, undefined, 42, 'text', true, [], [{ callId: 'call_1' }]];
const livekit = { callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token_1' };
const webrtc = { callId: 'call_1', transport: 'webrtc', url: 'https://media.example/whip' };

function without<T extends object>(fields: T, name: keyof T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name)) as Partial<T>;
}

describe('connect, LiveKit', () => {
  it('is read as this project writes it', () => {
    expect(readCallOffer({ ...livekit, roomName: 'room_1' })).toEqual({
      transport: 'livekit',
      callId: 'call_1',
      serverUrl: 'wss://media.example',
      token: 'token_1',
      raw: { ...livekit, roomName: 'room_1' },
    });
  });

  it.each(['callId', 'call_id', 'id'])('takes the id from %s', (name) => {
    const answer = { ...without(livekit, 'callId'), [name]: 'call_7' };
    expect(readCallOffer(answer)).toMatchObject({ transport: 'livekit', callId: 'call_7' });
  });

  it.each(['serverUrl', 'server_url', 'livekitUrl', 'livekit_url', 'wsUrl', 'url'])(
    'takes the server from %s',
    (name) => {
      const answer = { ...without(livekit, 'serverUrl'), [name]: 'wss://other.example' };
      expect(readCallOffer(answer)).toMatchObject({ transport: 'livekit', serverUrl: 'wss://other.example' });
    },
  );

  it.each(['participantToken', 'participant_token', 'token', 'accessToken'])(
    'takes the token from %s',
    (name) => {
      const answer = { ...without(livekit, 'participantToken'), [name]: 'token_7' };
      expect(readCallOffer(answer)).toMatchObject({ transport: 'livekit', token: 'token_7' });
    },
  );

  it('prefers the first name of each list', () => {
    const answer = { ...livekit, id: 'other', call_id: 'other', url: 'wss://other.example', token: 'other' };
    expect(readCallOffer(answer)).toMatchObject({
      callId: 'call_1',
      serverUrl: 'wss://media.example',
      token: 'token_1',
    });
  });

  it('passes over a name that holds nothing', () => {
    const answer = {
      ...livekit,
      callId: '',
      id: 'call_7',
      serverUrl: null,
      url: 'wss://other.example',
      participantToken: '',
      token: 't',
    };
    expect(readCallOffer(answer)).toMatchObject({
      callId: 'call_7',
      serverUrl: 'wss://other.example',
      token: 't',
    });
  });

  it('is read inside `data` as well', () => {
    expect(readCallOffer({ data: livekit })).toMatchObject({ transport: 'livekit', callId: 'call_1' });
  });

  it('may have a number as id', () => {
    expect(readCallOffer({ ...livekit, callId: 12 }).callId).toBe('12');
  });

  it('may have no id', () => {
    expect(readCallOffer(without(livekit, 'callId'))).toMatchObject({ transport: 'livekit', callId: null });
  });

  it.each(['livekit', 'LiveKit', 'LIVEKIT'])('may name itself %s', (transport) => {
    expect(readCallOffer({ ...livekit, transport }).transport).toBe('livekit');
  });

  it.each([
    'ws://localhost:7880',
    'wss://media.example/path',
    'https://media.example',
    'http://localhost:7880',
  ])('may be at %s', (serverUrl) =>
    expect(readCallOffer({ ...livekit, serverUrl })).toMatchObject({ serverUrl }),
  );

  it.each(['media.example', 'javascript:alert(1)', 'ftp://media.example', '/media'])(
    'may not be at %s',
    (serverUrl) => {
      expect(() => readCallOffer({ ...livekit, serverUrl })).toThrow(invalid);
    },
  );
});

describe('connect, plain WebRTC', () => {
  it('is read as this project writes it', () => {
    const iceServers = [
      { urls: 'stun:stun.example' },
      { urls: ['turn:turn.example'], username: 'u', credential: 'c' },
    ];
    const answer = { ...webrtc, token: 'token_1', iceServers };
    expect(readCallOffer(answer)).toEqual({
      transport: 'webrtc',
      callId: 'call_1',
      url: 'https://media.example/whip',
      token: 'token_1',
      iceServers,
      raw: answer,
    });
  });

  it('needs neither token nor ICE servers', () => {
    expect(readCallOffer(webrtc)).toMatchObject({ transport: 'webrtc', token: null, iceServers: [] });
  });

  it('drops ICE servers without an address', () => {
    const iceServers = [null, 'stun:x', {}, { urls: 'stun:stun.example' }];
    expect(readCallOffer({ ...webrtc, iceServers })).toMatchObject({
      iceServers: [{ urls: 'stun:stun.example' }],
    });
    expect(readCallOffer({ ...webrtc, iceServers: 'stun:x' })).toMatchObject({ iceServers: [] });
  });

  it.each([undefined, '', 'wss://media.example', 'javascript:alert(1)', '/whip', 7])(
    'may not be at %j',
    (url) => {
      expect(() => readCallOffer({ ...webrtc, url })).toThrow(invalid);
    },
  );
});

describe('connect, something else', () => {
  it.each([
    ['transport', { transport: 'Daily', url: 'https://daily.example', token: 't' }, 'daily'],
    ['provider', { provider: 'twilio', roomSid: 'room_1' }, 'twilio'],
  ])('is left to the transports of the site, with everything it said: %s', (_name, fields, name) => {
    const answer = { callId: 'call_1', ...fields };
    expect(readCallOffer(answer)).toEqual({ transport: 'foreign', callId: 'call_1', name, raw: answer });
  });

  it.each([
    ['has no token', without(livekit, 'participantToken')],
    ['has no server', without(livekit, 'serverUrl')],
    ['has names of its own', { call: 'call_1', room: 'room_1' }],
  ])('is foreign without a name when it %s', (_what, answer) => {
    expect(readCallOffer(answer)).toMatchObject({ transport: 'foreign', name: 'unknown', raw: answer });
  });

  it.each([...notObjects, {}])('is unreadable when it is %j', (answer) => {
    expect(() => readCallOffer(answer)).toThrow(invalid);
  });
});

describe('a call record', () => {
  const record = {
    callId: 'call_1',
    status: 'failed',
    failureReason: 'no_audio_output',
    didConnect: true,
    durationSeconds: 12.5,
    transcript: [{ role: 'user', text: 'Hello', at: '2026-11-21T10:00:00Z' }],
    recordingUrl: 'https://media.example/call_1.wav',
    startedAt: '2026-11-21T10:00:00Z',
    endedAt: '2026-11-21T10:00:12Z',
    channel: 'web',
    agentId: 'agent_1',
  };

  it('is read as documented', () => {
    expect(readCallRecord(record)).toEqual(record);
  });

  it('is read inside `data` as well', () => {
    expect(readCallRecord({ data: record })).toEqual(record);
  });

  it('is read with underscores as well', () => {
    const underscored = {
      call_id: 'call_1',
      status: 'failed',
      failure_reason: 'no_audio_output',
      did_connect: true,
      duration_seconds: 12.5,
      transcript: record.transcript,
      recording_url: record.recordingUrl,
      started_at: record.startedAt,
      ended_at: record.endedAt,
      channel: 'web',
      agent_id: 'agent_1',
    };
    expect(readCallRecord(underscored)).toEqual(record);
  });

  it('needs nothing but a status', () => {
    expect(readCallRecord({ status: 'ringing' })).toEqual({
      callId: null,
      status: 'ringing',
      failureReason: null,
      didConnect: null,
      durationSeconds: null,
      transcript: [],
      recordingUrl: null,
      startedAt: null,
      endedAt: null,
      channel: null,
      agentId: null,
    });
  });

  it('may call its status a state', () => {
    expect(readCallRecord({ state: 'ringing' }).status).toBe('ringing');
  });

  it('does not believe values of a wrong kind', () => {
    const wrong = {
      status: 'failed',
      didConnect: 'yes',
      durationSeconds: '12',
      transcript: 'Hello',
      recordingUrl: 7,
    };
    expect(readCallRecord(wrong)).toMatchObject({
      didConnect: null,
      durationSeconds: null,
      transcript: [],
      recordingUrl: null,
    });
  });

  it.each(['made_up_reason', 42, ['x'], { code: 1 }])(
    'keeps a reason as it was sent: %j',
    (failureReason) => {
      expect(readCallRecord({ status: 'failed', failureReason }).failureReason).toEqual(failureReason);
    },
  );

  it.each([
    ['COMPLETED', 'completed'],
    ['in-progress', 'in_progress'],
    ['No-Answer', 'no_answer'],
  ])('writes the status %s as %s', (status, expected) =>
    expect(readCallRecord({ status }).status).toBe(expected),
  );

  it.each([...notObjects, {}, { status: '' }, { status: 7 }])('is unreadable when it is %j', (answer) => {
    expect(() => readCallRecord(answer)).toThrow(invalid);
  });
});

describe('a transcript item', () => {
  const readItems = (...transcript: unknown[]) =>
    readCallRecord({ status: 'completed', transcript }).transcript;

  it.each([
    ['user', 'user'],
    ['agent', 'agent'],
    ['assistant', 'agent'],
    ['bot', 'agent'],
  ])('of %s is said by the %s', (role, expected) => {
    expect(readItems({ role, text: 'Hi' })).toEqual([{ role: expected, text: 'Hi', at: null }]);
  });

  it.each([
    [{ role: 'user', text: 'Hi', at: '10:00' }, '10:00'],
    [{ role: 'user', content: 'Hi', timestamp: '10:01' }, '10:01'],
  ])('is read from %j', (item, at) => expect(readItems(item)).toEqual([{ role: 'user', text: 'Hi', at }]));

  it.each([null, 'Hi', 7, [], {}, { role: 'user' }, { role: 'user', text: '' }, { role: 'user', text: 7 }])(
    'without words is dropped: %j',
    (item) =>
      expect(readItems(item, { role: 'user', text: 'Hi' })).toEqual([{ role: 'user', text: 'Hi', at: null }]),
  );

  it.each(['system', 'tool', 'function'])('of the role %s is nobody’s words', (role) => {
    expect(readItems({ role, text: 'You are a helpful agent.' })).toEqual([]);
  });
});

describe('a status is terminal', () => {
  it.each([
    ['completed', true],
    ['failed', true],
    ['cancelled', true],
    ['canceled', true],
    ['no_answer', true],
    ['busy', true],
    ['queued', false],
    ['ringing', false],
    ['connecting', false],
    ['in_progress', false],
    ['something_new', false],
  ])('%s: %s', (status, expected) => expect(isTerminal({ status })).toBe(expected));
});

describe('an outbound call', () => {
  it.each(['callId', 'call_id', 'id'])('has its id in %s', (name) => {
    expect(readOutboundCall({ [name]: 'call_1' })).toEqual({ callId: 'call_1' });
    expect(readOutboundCall({ data: { [name]: 'call_1' } })).toEqual({ callId: 'call_1' });
  });

  it.each([...notObjects, {}, { callId: '' }, { callId: null }])('is unreadable when it is %j', (answer) => {
    expect(() => readOutboundCall(answer)).toThrow(invalid);
  });
});

describe('a list', () => {
  it.each([
    ['bare', [{ id: 'a' }, { id: 'b' }]],
    ['under `data`', { data: [{ id: 'a' }, { id: 'b' }] }],
    ['with items that are none', [{ id: 'a' }, null, 'x', [], { id: 'b' }]],
  ])('may come %s', (_how, answer) => expect(readList(answer)).toEqual([{ id: 'a' }, { id: 'b' }]));

  it.each([null, 7, 'text', {}, { data: {} }, { data: null }])('is unreadable when it is %j', (answer) => {
    expect(() => readList(answer)).toThrow(invalid);
  });
});

describe('a page of the history', () => {
  it('keeps its position', () => {
    const answer = { data: [{ id: 'call_1', status: 'completed' }], total: 41, limit: 20, offset: 40 };
    expect(readCallPage(answer)).toMatchObject({
      data: [{ callId: 'call_1' }],
      total: 41,
      limit: 20,
      offset: 40,
    });
  });

  it.each([
    ['bare', [{ status: 'completed' }]],
    ['without numbers', { data: [{ status: 'completed' }] }],
    ['with wrong numbers', { data: [{ status: 'completed' }], total: '9', limit: null, offset: 'x' }],
  ])('counts itself when it comes %s', (_how, answer) => {
    expect(readCallPage(answer)).toMatchObject({
      data: [{ status: 'completed' }],
      total: 1,
      limit: 1,
      offset: 0,
    });
  });
});

it('reads the dashboard as the object it is', () => {
  expect(readObject({ calls: 7 })).toEqual({ calls: 7 });
  expect(readObject({ data: { calls: 7 } })).toEqual({ calls: 7 });
  for (const answer of notObjects) expect(() => readObject(answer)).toThrow(invalid);
});

it('a number without an end is no id, no duration and no name', () => {
  const record = readCallRecord(JSON.parse('{"status":"completed","id":1e999,"durationSeconds":1e999}'));
  expect([record.callId, record.durationSeconds]).toEqual([null, null]);
  expect(readCallOffer(JSON.parse('{"callId":1e999,"transport":"other"}')).callId).toBeNull();
});
