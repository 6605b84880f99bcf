import { isObject, type JsonObject } from './read-json.js';
import { badField, RelayError } from './relay-error.js';
import type { CallbackAsk, ChatAsk, ConnectAsk } from './upstream.js';

/** What the page has said, field by field: whatever is not named here goes no further. */
export type PageConnect = Omit<ConnectAsk, 'visitor'>;
export type PageChat = Omit<ChatAsk, 'visitor' | 'isKnownVisitor'>;
export type PageCallback = Omit<CallbackAsk, 'visitor'>;

const LONGEST_ID = 200;
const LONGEST_SIGNED_ID = 400;

export function readConnect(request: Request, agentId: string, body: JsonObject): PageConnect {
  return {
    agentId,
    ...readShared(request, body),
    userId: readId(body, 'userId'),
    metadata: readRecord(body, 'metadata'),
  };
}

/** `sessionId` is still the signed one. */
export function readChat(request: Request, agentId: string, body: JsonObject): PageChat {
  const { message } = body;
  if (typeof message !== 'string' || message.trim() === '') throw badField('message', 'must be a text');
  return {
    ...readConnect(request, agentId, body),
    message,
    sessionId: readId(body, 'sessionId', LONGEST_SIGNED_ID),
    wantsStream: request.headers.get('accept')?.includes('text/event-stream') ?? false,
  };
}

export function readCallback(request: Request, body: JsonObject): PageCallback {
  const { destination } = body;
  if (typeof destination !== 'string' || !/^\+[1-9]\d{6,14}$/.test(destination))
    throw badField('destination', 'must be an E.164 number, like +15550100200');
  const agentId = readId(body, 'agentId');
  if (agentId === undefined) throw badField('agentId', 'is missing');
  return { agentId, destination, phoneNumberId: readId(body, 'phoneNumberId'), ...readShared(request, body) };
}

function readShared(
  request: Request,
  body: JsonObject,
): Pick<ConnectAsk, 'dynamicVariables' | 'agentVersion' | 'idempotencyKey'> {
  const { agentVersion } = body;
  const isVersion =
    agentVersion === undefined || (Number.isSafeInteger(agentVersion) && Number(agentVersion) > 0);
  if (!isVersion) throw badField('agentVersion', 'must be a positive integer');
  return {
    dynamicVariables: readRecord(body, 'dynamicVariables'),
    agentVersion: agentVersion as number | undefined,
    idempotencyKey: readIdempotencyKey(request),
  };
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key');
  if (key === null) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new RelayError('bad_request');
  return key;
}

function readId(body: JsonObject, field: string, longest = LONGEST_ID): string | undefined {
  const value = body[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw badField(field, `must be a text of 1 to ${longest} characters`);
  return value;
}

function readRecord(body: JsonObject, field: string): Record<string, unknown> | undefined {
  const value = body[field];
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badField(field, 'must be an object');
  return value;
}
