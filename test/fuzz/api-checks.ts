import { expect } from 'vitest';
import * as fc from 'fast-check';
import { ApiError } from '../../src/wire/api-error.js';
import { readCallOffer } from '../../src/wire/call-offer.js';
import {
  readCallPage,
  readCallRecord,
  readList,
  readObject,
  readOutboundCall,
} from '../../src/wire/call-record.js';
import { readChatEvent, readChatPiece, readChatReply } from '../../src/wire/chat-reply.js';
import {
  EventStreamParser,
  LineEventParser,
  type EventParser,
  type StreamEvent,
} from '../../src/wire/event-stream.js';
import { readChatAnswer } from '../../src/api/read-chat-answer.js';
import { LONGEST_ID } from '../../src/wire/fields.js';
import { readRelayFeatures } from '../../src/wire/relay-features.js';
import type { ChatReply } from '../../src/wire/chat-reply.js';
import { parseRetryAfter } from '../../src/wire/retry-after.js';
import { describeFailureReason } from '../../src/failures/describe-failure-reason.js';
import { check, orDocumented, type Check } from './check.js';
import { inPieces, jsonOf, longTextOf, textOf } from './given.js';

const isUnreadable = (error: unknown): boolean =>
  error instanceof ApiError && ['invalid-response', 'server-error'].includes(error.code);

const JWT = `e30.${btoa('{"video":{"room":"r"}}')}.sig`;

const CONNECT_NAMES =
  'data callId call_id id transport type provider serverUrl server_url livekitUrl url wsUrl participantToken token accessToken jwt livekit connection call session room webrtc credentials dailyRoom room_url webrtcUrl webrtcRequestParams endpoint sessionId pcId iceConfig iceServers urls'.split(
    ' ',
  );
const ADDRESSES = [
  'wss://media.example',
  'ws://media.example:7880/rtc?a=b',
  'https://api.example/offer',
  'http://user:secret@api.example',
  '/offer',
  '//evil.example/offer',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://a.example/b',
  'file:///etc/passwd',
  'https://acme.daily.co/room',
  'https:\\\\evil.example',
  ' wss://a.example',
  'https://',
];
const CONNECT_TEXTS = [
  ...ADDRESSES,
  JWT,
  'e30.e30.sig',
  'a.b.c',
  'opaque',
  'livekit',
  'webrtc',
  'smallwebrtc',
  'daily',
  'sip',
  'LiveKit',
];

const RECORD_NAMES =
  'data callId id status state failureReason didConnect durationSeconds transcript role text content at timestamp recordingUrl startedAt endedAt channel agentId total limit offset'.split(
    ' ',
  );
const RECORD_TEXTS = [
  'completed',
  'failed',
  'in_progress',
  'NO-ANSWER',
  'user',
  'agent',
  'assistant',
  'system',
  'Hello',
  'no_audio_output',
];

const CHAT_NAMES =
  'data reply response text content message choices delta error done type mode helpRequested sessionId session_id conversationId'.split(
    ' ',
  );
const CHAT_TEXTS = [
  'Hello',
  'support',
  'agent',
  'done',
  'message_stop',
  'error',
  'response.failed',
  'tool_call',
  'thinking',
  'text',
  'session_1',
  '[DONE]',
];

function expectId(id: string | null): void {
  if (id !== null) expect(id.length).toBeLessThanOrEqual(LONGEST_ID);
}

function expectReply({ text, sessionId, mode, helpRequested }: ChatReply): void {
  expect(typeof text).toBe('string');
  expectId(sessionId);
  expect([undefined, 'agent', 'support']).toContain(mode);
  expect(['undefined', 'boolean']).toContain(typeof helpRequested);
}

/** Half a character, which UTF-8 cannot say. */
const LONE_SURROGATE = /\p{Cs}/u;

const STREAM_WORDS = [
  'data:',
  'data: ',
  'data',
  'event: error',
  'event: done',
  'event:',
  'id: 1',
  'retry: 9',
  ': comment',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\r\n\r\n',
  ' ',
  '{"delta":"Hello"}',
  '{"text":" you","sessionId":"s"}',
  '{"delta":',
  '[DONE]',
  'x',
  '<html>',
  '{',
  '[',
  '\ufeff',
  'ж',
  '😀',
];
const CONTENT_TYPES = [
  'text/event-stream',
  'TEXT/Event-Stream; charset=utf-8',
  'application/json',
  'application/x-ndjson',
  'text/plain',
  'text/html',
  '',
];

function parseAll(parser: EventParser, pieces: readonly string[]): StreamEvent[] | string {
  try {
    return [...pieces.flatMap((piece) => [...parser.read(piece)]), ...parser.end()];
  } catch (error) {
    if (isUnreadable(error)) return 'unreadable';
    throw error;
  }
}

async function answerTo(pieces: readonly Uint8Array[], type: string): Promise<ChatReply | string> {
  const told: string[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const response = new Response(body, { headers: type === '' ? {} : { 'content-type': type } });
  if (type === '') response.headers.delete('content-type');
  try {
    const reply = await readChatAnswer(response, {
      onPiece: () => undefined,
      onText: (text) => told.push(text),
    });
    expectReply(reply);
    if (told.length > 0) expect(told.at(-1)).toBe(reply.text);
    return reply;
  } catch (error) {
    if (error instanceof ApiError && ['network', 'server-error', 'invalid-response'].includes(error.code))
      return error.code;
    throw error;
  } finally {
    for (const [at, text] of told.slice(1).entries()) expect(text.startsWith(told[at] ?? '')).toBe(true);
  }
}

export const apiChecks: Check[] = [
  check(
    'the answer of connect names a place that a call can go to, or is unreadable',
    fc.tuple(
      jsonOf(CONNECT_NAMES, CONNECT_TEXTS),
      fc.constantFrom(undefined, 'https://api.example/v1', '/relay'),
    ),
    ([text, baseUrl]) => {
      const offer = orDocumented(() => readCallOffer(JSON.parse(text), baseUrl), isUnreadable);
      if (!offer) return;
      expectId(offer.callId);
      if (offer.transport === 'livekit') {
        expect(['ws:', 'wss:', 'http:', 'https:']).toContain(new URL(offer.serverUrl).protocol);
        expect(offer.token).not.toBe('');
      }
      if (offer.transport === 'webrtc') {
        expect(['http:', 'https:']).toContain(new URL(offer.url).protocol);
        for (const server of offer.iceServers) expect(server.urls).toBeDefined();
      }
    },
  ),
  check('a call record is read whole, or is unreadable', jsonOf(RECORD_NAMES, RECORD_TEXTS), (written) => {
    const json: unknown = JSON.parse(written);
    const record = orDocumented(() => readCallRecord(json), isUnreadable);
    for (const read of [readOutboundCall, readCallPage, readList, readObject, readRelayFeatures] as const)
      orDocumented<unknown>(() => read(json), isUnreadable);
    if (!record) return;
    expectId(record.callId);
    expect(record.status).toMatch(/^[^A-Z-]+$/s);
    expect(record.durationSeconds === null || Number.isFinite(record.durationSeconds)).toBe(true);
    for (const { role, text } of record.transcript) {
      expect(['user', 'agent']).toContain(role);
      expect(text).not.toBe('');
    }
    const guidance = describeFailureReason(record.failureReason);
    expect([typeof guidance.title, typeof guidance.whatToTry]).toEqual(['string', 'string']);
  }),
  check('an answer of chat is a reply, or is unreadable', jsonOf(CHAT_NAMES, CHAT_TEXTS), (written) => {
    const json: unknown = JSON.parse(written);
    const reply = orDocumented(() => readChatReply(json), isUnreadable);
    if (reply) expectReply(reply);
    const piece = orDocumented(() => readChatPiece(json), isUnreadable);
    if (!piece) return;
    expect(typeof piece.delta).toBe('string');
    expectId(piece.sessionId);
  }),
  check(
    'an event of a streamed reply says words, or nothing, or is unreadable',
    fc.tuple(
      textOf(['message', 'done', 'error', 'response.failed', 'ping', 'delta']),
      fc.oneof(jsonOf(CHAT_NAMES, CHAT_TEXTS), textOf(STREAM_WORDS)),
    ),
    ([name, data]) => {
      const event = orDocumented(() => readChatEvent(name, data), isUnreadable);
      if (event) expect(typeof event.delta).toBe('string');
    },
  ),
  check(
    'an event stream has the same events, in whatever pieces it comes',
    inPieces(textOf(STREAM_WORDS)),
    ({ whole, pieces }) => {
      for (const create of [() => new EventStreamParser(), () => new LineEventParser()]) {
        const events = parseAll(create(), pieces);
        expect(events).toEqual(parseAll(create(), [whole]));
        if (typeof events !== 'string')
          for (const { data } of events) expect(data.length).toBeLessThanOrEqual(65_536);
      }
    },
  ),
  check(
    'a long event stream is read in time, and no event is larger than 64 KiB',
    fc.tuple(longTextOf(STREAM_WORDS, 150_000), fc.integer({ min: 50, max: 5_000 })),
    ([text, size]) => {
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const events = parseAll(new EventStreamParser(), pieces);
      if (typeof events !== 'string')
        for (const { data } of events) expect(data.length).toBeLessThanOrEqual(65_536);
    },
    { isSlow: true },
  ),
  check(
    'an answer of chat is the same reply, or the same error, in whatever bytes it comes',
    fc.tuple(
      inPieces(fc.oneof(textOf(STREAM_WORDS), jsonOf(CHAT_NAMES, CHAT_TEXTS))),
      fc.constantFrom(...CONTENT_TYPES),
      fc.integer({ min: 1, max: 9 }),
    ),
    async ([{ whole, pieces }, type, step]) => {
      const bytes = new TextEncoder().encode(whole);
      const ofAll = await answerTo([bytes], type);
      // Some are 70,000 characters long: so many pieces would measure the stream, not the reader.
      const size = Math.max(step, Math.ceil(bytes.length / 2_000));
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, at * size + size),
      );
      expect(await answerTo(cut, type)).toEqual(ofAll);
      // Pieces that cut a pair of surrogates are other bytes.
      if ([whole, ...pieces].every((text) => !LONE_SURROGATE.test(text)))
        expect(
          await answerTo(
            pieces.map((piece) => new TextEncoder().encode(piece)),
            type,
          ),
        ).toEqual(ofAll);
    },
  ),
  check(
    'Retry-After is a time to wait, or nothing',
    fc.oneof(
      textOf(['1', '0', '-', 'e9', '.', ' ', 'GMT', 'Wed, 21 Oct 2026 07:28:00 GMT', 'Infinity', '0x10']),
      fc.constant(null),
    ),
    (header) => {
      const ms = parseRetryAfter(header, 0);
      expect(ms === null || ms >= 0).toBe(true);
    },
  ),
];
