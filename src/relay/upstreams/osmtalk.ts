import { readCallRecord } from '../../wire/call-record.js';
import { ChatAnswerReader } from '../../wire/chat-answer.js';
import type { ChatEvent as WireEvent } from '../../wire/chat-reply.js';
import { readCallId } from '../../wire/call-offer.js';
import { isObject, type JsonObject } from '../read-json.js';
import { readAllWire, readWire } from '../relay-error.js';
import type { Refusal } from '../upstream-refusal.js';
import type { UpstreamLink, UpstreamText } from '../upstream-link.js';
import type {
  CallFacts,
  ChatAnswer,
  ChatRequest,
  ChatEvent,
  ChatReply,
  ConnectAnswer,
  ConnectRequest,
  CallbackRequest,
  Upstream,
} from '../upstream.js';
import { readBaseUrl, readId, readObject, readSecret } from './read-fields.js';
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

/** The fields of a page's body. The `details` of a 400 name those that do not fit. */
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

/**
 * Puts osmTalk behind the relay: voice, chat, callback, and the record of a call that the visitor started.
 *
 * Facts, from the widget API: header `x-api-key`; `POST /api/widget/agents/:id/connect` and `…/chat`, `POST
 * /api/widget/calls/outbound`, `GET /api/widget/calls/:id`; `Idempotency-Key` and `X-Organization-Id` optional; errors 400
 * (`details`), 401, 402, 404, 408, 429 (`Retry-After`), 5xx. The JSON of connect and chat is not documented, and so is read as
 * tolerantly as the widget's own client reads it.
 *
 * Throws a `TypeError` for an invalid key or address.
 */
export function osmtalk(options: OsmtalkOptions): Upstream {
  const apiKey = readSecret('apiKey', options.apiKey);
  const baseUrl = readBaseUrl(options.baseUrl ?? 'https://api.osmtalk.com');
  const api = `${baseUrl}/api/widget`;
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
      return readConnect(readObject(json), options.offerFields, baseUrl);
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
      return { callId: readId(readCallId(readObject(json))) };
    },
    readCall: async (callId, link) => {
      const json = await link.ask({
        method: 'GET',
        url: `${api}/calls/${encodeURIComponent(callId)}`,
        headers: headers(),
        readRefusal: (status) => (status === 404 ? { code: 'call_not_found' } : {}),
      });
      return readCall(json);
    },
  };
}

function sharedBody(ask: ConnectRequest): JsonObject {
  const { dynamicVariables, agentVersion, userId, metadata, assistantOverride, sessionId } = ask;
  return { dynamicVariables, agentVersion, userId, metadata, assistantOverride, sessionId };
}

function callbackBody({
  agentId,
  phoneNumberId,
  destination,
  dynamicVariables,
  agentVersion,
}: CallbackRequest): JsonObject {
  return { agentId, phoneNumberId, destination, dynamicVariables, agentVersion };
}

async function chat(
  url: string,
  headers: (idempotencyKey?: string) => Record<string, string>,
  ask: ChatRequest,
  link: UpstreamLink,
): Promise<ChatAnswer> {
  const accept = ask.wantsStream ? 'text/event-stream, application/json;q=0.9' : 'application/json';
  const answer = await link.askForText({
    method: 'POST',
    url,
    headers: { ...headers(ask.idempotencyKey), accept },
    body: { message: ask.message, ...sharedBody(ask) },
    readRefusal,
  });
  const events = readEvents(answer);
  const hasContent = answer.status !== 204 && answer.status !== 205;
  if (hasContent && /^text\/event-stream/i.test(answer.contentType ?? '')) return events;
  const whole: ChatReply = { reply: '', sessionId: null };
  for await (const { delta = '', done: _, ...more } of events)
    Object.assign(whole, more, { reply: whole.reply + delta });
  return whole;
}

/** Yields the events of an answer. An event without text is passed on, too: it keeps the page's connection open. */
async function* readEvents({ status, contentType, pieces }: UpstreamText): AsyncGenerator<ChatEvent, void> {
  const reader = new ChatAnswerReader({ status, contentType });
  let hasText = false;
  for await (const piece of pieces) {
    hasText ||= piece !== '';
    for (const event of readAllWire(reader.read(piece))) {
      yield toChatEvent(event);
      if (event.done) return;
    }
  }
  // The message has arrived, and gets no reply.
  if (!hasText && (status === 204 || status === 205)) return;
  for (const event of readAllWire(reader.end())) yield toChatEvent(event);
}

function toChatEvent({ delta, done, sessionId, ...support }: WireEvent): ChatEvent {
  return {
    ...(delta && { delta }),
    ...(sessionId !== null && { sessionId: readId(sessionId) }),
    ...support,
    ...(done && { done }),
  };
}

/** The upstream's own id of the call, whatever its name, is left out of the offer: the page gets the signed one. */
function readConnect(
  fields: JsonObject,
  offerFields: readonly string[] | undefined,
  baseUrl: string,
): ConnectAnswer {
  const id = readCallId(fields);
  return { callId: id === null ? null : readId(id), offer: readOffer(fields, offerFields, baseUrl) };
}

function readCall(json: unknown): CallFacts {
  const record = readWire(() => readCallRecord(json));
  const { failureReason } = record;
  return {
    status: record.status,
    failureReason: typeof failureReason === 'string' && failureReason !== '' ? failureReason : null,
    didConnect: record.didConnect,
    durationSeconds: record.durationSeconds,
    transcript: record.transcript.map(({ role, text, at }) => ({ role, text, ...(at && { at }) })),
    recordingUrl: record.recordingUrl,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    channel: record.channel,
  };
}

function readRefusal(_status: number, body: unknown): Refusal {
  const details = isObject(body) && isObject(body.details) ? body.details : {};
  return { fields: PAGE_FIELDS.filter((field) => Object.hasOwn(details, field)) };
}
