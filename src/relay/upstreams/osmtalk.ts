import type { ServerEvent } from '../event-stream.js';
import { isObject, type JsonObject } from '../read-json.js';
import { RelayError } from '../relay-error.js';
import type { Refusal } from '../upstream-refusal.js';
import type { UpstreamLink } from '../upstream-link.js';
import type {
  CallFacts,
  ChatAnswer,
  ChatAsk,
  ChatEvent,
  ConnectAnswer,
  ConnectAsk,
  CallbackAsk,
  Upstream,
} from '../upstream.js';
import { firstNumber, firstText, readBaseUrl, readId, readObject, readSecret } from './read-fields.js';
import { readOffer } from './read-offer.js';

export interface OsmtalkOptions {
  /** Widget key `osm_…`, with the scopes of what is offered. */
  apiKey: string;
  /** Default `https://api.osmtalk.com`. */
  baseUrl?: string | undefined;
  /** Sent as `X-Organization-Id`. */
  organizationId?: string | undefined;
  /** Fields of connect's answer that a page gets beside the known ones: for a transport of your own. */
  offerFields?: readonly string[] | undefined;
}

const CALL_ID = ['callId', 'call_id', 'id'];
const SESSION_ID = ['sessionId', 'session_id', 'conversationId', 'conversation_id'];
const TEXT = ['reply', 'response', 'text', 'content'];

/** The fields of a page's body; a 400 names those that do not fit in its `details`. */
const PAGE_FIELDS = [
  'agentId',
  'phoneNumberId',
  'destination',
  'dynamicVariables',
  'agentVersion',
  'userId',
  'metadata',
  'assistantOverride',
  'message',
];

/** Under other names come heartbeats and what the platform tells itself; `error` is read as one. */
const EVENT_NAMES = new Set(['', 'message', 'delta', 'done']);
/** What keeps a connection open, and is no part of a reply: nothing, a word, a time. */
const HEARTBEAT = /^(?:[":]*|"?(?:ping|pong|heartbeat|keep-?alive)"?|"?\d{4}-\d\d-\d\d[T ][^"]*"?|[\d.:]+)$/i;

/** Other roles are nobody's words, and may hold the agent's prompt. */
const SPEAKERS = new Map<unknown, 'user' | 'agent'>([
  ['user', 'user'],
  ['agent', 'agent'],
  ['assistant', 'agent'],
  ['bot', 'agent'],
]);

/**
 * osmTalk behind the relay: voice, chat, callback, and the record of a call that the visitor started.
 *
 * Facts, from the widget API: header `x-api-key`; `POST /api/widget/agents/:id/connect` and `…/chat`,
 * `POST /api/widget/calls/outbound`, `GET /api/widget/calls/:id`; `Idempotency-Key` and `X-Organization-Id` optional;
 * errors 400 (`details`), 401, 402, 404, 408, 429 (`Retry-After`), 5xx. The JSON of connect and chat is not documented, and
 * so is read as tolerantly as the widget's own client reads it.
 *
 * Throws a `TypeError` when the key or the address is none.
 */
export function osmtalk(options: OsmtalkOptions): Upstream {
  const apiKey = readSecret('apiKey', options.apiKey);
  const api = `${readBaseUrl(options.baseUrl ?? 'https://api.osmtalk.com')}/api/widget`;
  const headers = (idempotencyKey?: string): Record<string, string> => ({
    'x-api-key': apiKey,
    ...(options.organizationId && { 'x-organization-id': options.organizationId }),
    ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
  });

  return {
    name: 'osmtalk',
    features: ['voice', 'chat', 'callback'],
    knowsIdempotencyKeys: true,
    secrets: [apiKey],
    connect: async (ask, link) => {
      const json = await link.ask({
        method: 'POST',
        url: `${api}/agents/${encodeURIComponent(ask.agentId)}/connect`,
        headers: headers(ask.idempotencyKey),
        body: sharedBody(ask),
        readRefusal,
      });
      return readConnect(readObject(json), options.offerFields);
    },
    chat: (ask, link) => chat(`${api}/agents/${encodeURIComponent(ask.agentId)}/chat`, headers, ask, link),
    startCall: async (ask, link) => {
      const json = await link.ask({
        method: 'POST',
        url: `${api}/calls/outbound`,
        headers: headers(ask.idempotencyKey),
        body: callbackBody(ask),
        readRefusal,
      });
      return { callId: readId(firstId(readObject(json))) };
    },
    readCall: async (callId, link) => {
      const json = await link.ask({
        method: 'GET',
        url: `${api}/calls/${encodeURIComponent(callId)}`,
        headers: headers(),
        readRefusal: (status) => (status === 404 ? { code: 'call_not_found' } : {}),
      });
      return readCall(readObject(json));
    },
  };
}

function sharedBody(ask: ConnectAsk): JsonObject {
  const { dynamicVariables, agentVersion, userId, metadata, assistantOverride } = ask;
  return { dynamicVariables, agentVersion, userId, metadata, assistantOverride };
}

function callbackBody({
  agentId,
  phoneNumberId,
  destination,
  dynamicVariables,
  agentVersion,
}: CallbackAsk): JsonObject {
  return { agentId, phoneNumberId, destination, dynamicVariables, agentVersion };
}

async function chat(
  url: string,
  headers: (idempotencyKey?: string) => Record<string, string>,
  ask: ChatAsk,
  link: UpstreamLink,
): Promise<ChatAnswer> {
  const accept = ask.wantsStream ? 'text/event-stream, application/json;q=0.9' : 'application/json';
  const answer = await link.askForStream({
    method: 'POST',
    url,
    headers: { ...headers(ask.idempotencyKey), accept },
    body: { message: ask.message, sessionId: ask.sessionId, ...sharedBody(ask) },
    readRefusal,
  });
  if ('events' in answer) return readEvents(answer.events);
  const fields = readObject(answer.json);
  const reply = textOf(fields, TEXT) ?? nestedText(fields.message);
  if (reply === null) throw new RelayError('bad_answer');
  return { reply, sessionId: sessionIdOf(fields) ?? null };
}

async function* readEvents(events: AsyncGenerator<ServerEvent, void>): AsyncGenerator<ChatEvent, void> {
  for await (const { name, data } of events) {
    const event = readEvent(name.toLowerCase(), data.trim());
    yield event;
    if (event.done) return;
  }
}

/** A heartbeat is an empty event, which goes through: it keeps the page's connection open too. */
function readEvent(name: string, data: string): ChatEvent {
  if (name === 'error') throw new RelayError('upstream_error');
  if (data === '[DONE]') return { done: true };
  if (!EVENT_NAMES.has(name) || HEARTBEAT.test(data)) return {};
  const fields = parse(data);
  if (!isObject(fields)) return {};
  if (fields.error !== undefined && fields.error !== null) throw new RelayError('upstream_error');
  const delta = textOf(fields, ['delta', 'text', 'content']) ?? nestedText(fields.delta);
  const sessionId = sessionIdOf(fields);
  return {
    ...(delta && { delta }),
    ...(sessionId && { sessionId }),
    ...(fields.done === true && { done: true }),
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch (error) {
    throw new RelayError('bad_answer', { cause: error });
  }
}

/** Its own id, by whatever name, gives way to the signed one. */
function readConnect(fields: JsonObject, offerFields: readonly string[] | undefined): ConnectAnswer {
  const id = firstId(fields);
  return { callId: id === null ? null : readId(id), offer: readOffer(fields, offerFields) };
}

function readCall(fields: JsonObject): CallFacts {
  const status = firstText(fields, ['status', 'state']);
  if (status === null) throw new RelayError('bad_answer');
  return {
    status,
    failureReason: firstText(fields, ['failureReason', 'failure_reason']),
    didConnect: firstBoolean(fields, ['didConnect', 'did_connect']),
    durationSeconds: firstNumber(fields, ['durationSeconds', 'duration_seconds', 'duration']),
    transcript: readTranscript(fields.transcript),
    recordingUrl: firstText(fields, ['recordingUrl', 'recording_url']),
    startedAt: firstText(fields, ['startedAt', 'started_at']),
    endedAt: firstText(fields, ['endedAt', 'ended_at']),
    channel: firstText(fields, ['channel']),
  };
}

function readTranscript(value: unknown): NonNullable<CallFacts['transcript']> {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    const role = SPEAKERS.get(item.role);
    const text = firstText(item, ['text', 'content']);
    const at = firstText(item, ['at', 'timestamp']);
    return role && text ? [{ role, text, ...(at && { at }) }] : [];
  });
}

function readRefusal(_status: number, body: unknown): Refusal {
  const details = isObject(body) && isObject(body.details) ? body.details : {};
  return { fields: PAGE_FIELDS.filter((field) => Object.hasOwn(details, field)) };
}

function firstId(fields: JsonObject): string | number | null {
  return firstText(fields, CALL_ID) ?? firstNumber(fields, CALL_ID);
}

function sessionIdOf(fields: JsonObject): string | undefined {
  const id = firstText(fields, SESSION_ID) ?? firstNumber(fields, SESSION_ID);
  return id === null ? undefined : readId(id);
}

function nestedText(value: unknown): string | null {
  return isObject(value) ? textOf(value, ['content', 'text']) : null;
}

/** Unlike `firstText`, an empty one counts: a person may be answering later. */
function textOf(fields: JsonObject, names: readonly string[]): string | null {
  return names.map((name) => fields[name]).find((value) => typeof value === 'string') ?? null;
}

function firstBoolean(fields: JsonObject, names: readonly string[]): boolean | null {
  return names.map((name) => fields[name]).find((value) => typeof value === 'boolean') ?? null;
}
