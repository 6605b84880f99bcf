import { expect } from '@playwright/test';
import type { RelayHost } from './relay-host.js';
import { HELD_AGENT, type RelayUpstream } from './relay-upstream.js';
import { type Ask, type RelayVisitor, SITE } from './relay-visitor.js';

/** The relay in one host, and whoever is before and behind it. */
interface RelayStage {
  visitor: RelayVisitor;
  upstream: RelayUpstream;
  host: RelayHost;
}

export const RELAY_AGENTS = ['agent_receptionist', 'agent_echo', 'agent_no_answer', HELD_AGENT];
export const RELAY_KEY = 'osm_demo';
export const RELAY_SECRET = 'a secret of the site';

const API = '/osmtalk/api/widget';
const HELD_CHAT = `${API}/agents/${HELD_AGENT}/chat`;
const STREAMED: Ask = { body: { message: 'hi' }, headers: { accept: 'text/event-stream' } };
const CALLBACK = { agentId: 'agent_no_answer', phoneNumberId: 'phone_demo', destination: '+12025550199' };
const CHUNKED = { 'transfer-encoding': 'chunked' };
/** More than the 65,536 bytes that a relay reads by default. */
const GROWING = `4000\r\n${' '.repeat(0x4000)}\r\n`.repeat(5);
/** What one address may ask for in a minute, by default. */
const MOST_REQUESTS = 120;

type RelayCheck = (stage: RelayStage) => Promise<void>;

/** What every host must do, in this order: the first meets a relay that has just started, the last looks back. */
export const relayChecks: readonly (readonly [title: string, check: RelayCheck])[] = [
  ['answers its first visitors, who come all at once', firstVisitors],
  ['is under its path alone', path],
  ['answers a preflight of the site', preflight],
  ['chat, whole', chat],
  ['chat, streamed: a piece is passed on before the next one is there', streamedChat],
  ['a voice call is offered', connect],
  ['a callback, and its record', callback],
  ['a callback to a number that is not allowed is 400', otherNumber],
  ['a forbidden agent is 404', forbiddenAgent],
  ['another origin is 403', otherOrigin],
  ['a visitor who leaves in the middle of a reply ends it upstream', leaveMidStream],
  ['a visitor who leaves before the reply ends it upstream', leaveBeforeReply],
  ['a body that is announced too large is 413, and the end of the connection', announcedBody],
  ['a body that grows too large is 413, and the end of the connection', growingBody],
  ['a body that nobody will read is 404, and the end of the connection', unwantedBody],
  ['counts the requests of each address', rateLimit],
  ['no answer holds the key, and the host has no complaint', lookBack],
];

async function firstVisitors({ visitor }: RelayStage): Promise<void> {
  const messages = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  const answers = await Promise.all(messages.map((message) => visitor.chat('agent_echo', message)));
  expect(answers.map(({ status, json }) => [status, json.reply])).toEqual(
    messages.map((message) => [200, message]),
  );
}

async function path({ visitor }: RelayStage): Promise<void> {
  expect(await visitor.ask(`${API}/features`)).toMatchObject({
    status: 200,
    json: { features: ['voice', 'chat', 'callback'] },
  });
  for (const elsewhere of ['/', '/api/widget/features', '/osmtalkative/api/widget/features'])
    expect((await visitor.start(elsewhere).response).resume().statusCode, elsewhere).toBe(404);
}

async function preflight({ visitor }: RelayStage): Promise<void> {
  const headers = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };
  const ofSite = await visitor.ask(HELD_CHAT, { method: 'OPTIONS', headers });
  expect(ofSite).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': SITE } });
  expect(ofSite.headers['access-control-allow-headers']).toContain('content-type');
}

async function chat({ visitor, upstream }: RelayStage): Promise<void> {
  const first = await visitor.chat('agent_receptionist', 'My name is Ada');
  expect(first.json.reply).toContain('Nice to meet you, Ada');
  expect(first.headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': SITE });
  const second = await visitor.chat('agent_receptionist', 'What is my name?', first.json.sessionId);
  expect(second.json.reply).toBe('You are Ada.');
  for (const { headers } of upstream.arrived) {
    expect(headers.get('x-api-key')).toBe(RELAY_KEY);
    expect([headers.get('cookie'), headers.get('origin')]).toEqual([null, null]);
  }
  expect(upstream.arrived).toHaveLength(2);
}

async function streamedChat({ visitor, upstream }: RelayStage): Promise<void> {
  const response = await visitor.start(HELD_CHAT, STREAMED).response;
  expect(response.headers['content-type']).toContain('text/event-stream');
  const pieces = visitor.pieces(response);
  expect((await pieces.next()).value).toBe('data: {"delta":"first "}\n\n');
  upstream.held[0]?.release();
  let rest = '';
  for await (const piece of pieces) rest += piece;
  expect(rest).toMatch(
    /^data: \{"delta":"last"\}\n\ndata: \{"done":true,"sessionId":"chat_held\.[^"]+"\}\n\n$/,
  );
  expect(upstream.held).toHaveLength(1);
}

async function connect({ visitor }: RelayStage): Promise<void> {
  const { status, json } = await visitor.ask(`${API}/agents/agent_receptionist/connect`, { body: {} });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    serverUrl: expect.stringMatching(/^ws:/),
    participantToken: expect.any(String),
    callId: expect.stringContaining('.'),
  });
}

async function callback({ visitor }: RelayStage): Promise<void> {
  const started = await visitor.ask(`${API}/calls/outbound`, { body: CALLBACK });
  expect(started.status).toBe(200);
  const record = `${API}/calls/${started.json.callId}`;
  await expect
    .poll(async () => (await visitor.ask(record)).json)
    .toMatchObject({ callId: started.json.callId, status: 'failed', failureReason: 'sip_no_answer' });
  const [unsigned] = String(started.json.callId).split('.');
  expect((await visitor.ask(`${API}/calls/${unsigned}`)).status).toBe(404);
}

async function otherNumber({ visitor, upstream }: RelayStage): Promise<void> {
  const body = { ...CALLBACK, destination: '+4930123456' };
  expect((await visitor.ask(`${API}/calls/outbound`, { body })).status).toBe(400);
  expect(upstream.arrived).toEqual([]);
}

async function forbiddenAgent({ visitor, upstream }: RelayStage): Promise<void> {
  expect(await visitor.chat('agent_slow_chat', 'hi')).toMatchObject({
    status: 404,
    json: { error: 'agent_not_found' },
  });
  expect(upstream.arrived).toEqual([]);
}

async function otherOrigin({ visitor, upstream }: RelayStage): Promise<void> {
  const origin = 'https://evil.example';
  const { status, json, headers } = await visitor.ask(`${API}/agents/agent_echo/chat`, {
    origin,
    body: { message: 'hi' },
  });
  expect([status, json.error]).toEqual([403, 'origin_not_allowed']);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(upstream.arrived).toEqual([]);
}

async function leaveMidStream({ visitor, upstream }: RelayStage): Promise<void> {
  const { response, leave } = visitor.start(HELD_CHAT, STREAMED);
  expect((await visitor.pieces(await response).next()).value).toContain('first');
  leave();
  await expect.poll(() => upstream.held.map(({ isClosed }) => isClosed)).toEqual([true]);
}

async function leaveBeforeReply({ visitor, upstream }: RelayStage): Promise<void> {
  const { response, leave } = visitor.start(HELD_CHAT, { body: { message: 'hi' } });
  const gaveUp = expect(response).rejects.toThrow();
  await expect.poll(() => upstream.held.map(({ isClosed }) => isClosed)).toEqual([false]);
  leave();
  await gaveUp;
  await expect.poll(() => upstream.held.map(({ isClosed }) => isClosed)).toEqual([true]);
}

async function announcedBody({ visitor, upstream }: RelayStage): Promise<void> {
  expectTooLarge(await visitor.sendWithoutEnd(HELD_CHAT, { 'content-length': '50000000' }, '{'), upstream);
}

async function growingBody({ visitor, upstream }: RelayStage): Promise<void> {
  expectTooLarge(await visitor.sendWithoutEnd(HELD_CHAT, CHUNKED, GROWING), upstream);
}

async function unwantedBody({ visitor, upstream }: RelayStage): Promise<void> {
  const answer = await visitor.sendWithoutEnd(`${API}/agents/agent_slow_chat/chat`, CHUNKED, GROWING);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(upstream.arrived).toEqual([]);
}

function expectTooLarge(answer: string, upstream: RelayUpstream): void {
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer.toLowerCase()).toContain(`\r\naccess-control-allow-origin: ${SITE}\r\n`);
  expect(answer).toContain('"error":"body_too_large"');
  expect(upstream.arrived).toEqual([]);
}

async function rateLimit({ visitor, upstream }: RelayStage): Promise<void> {
  const ask = (address: string) => visitor.ask(HELD_CHAT, { body: {}, address });
  let answer = await ask('127.0.0.1');
  for (let sent = 1; sent <= MOST_REQUESTS && answer.status === 400; sent += 1)
    answer = await ask('127.0.0.1');
  expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
  expect((await ask('127.0.0.2')).status).toBe(400);
  expect(upstream.arrived).toEqual([]);
}

async function lookBack({ visitor, host }: RelayStage): Promise<void> {
  expect(visitor.answered.length).toBeGreaterThan(MOST_REQUESTS);
  for (const secret of [RELAY_KEY, RELAY_SECRET])
    expect(visitor.answered.filter((text) => text.includes(secret))).toEqual([]);
  expect(host.complaints()).toBe('');
}
