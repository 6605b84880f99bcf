import { pickFields, type PageRules } from './page-rules.js';
import { isObject, type JsonObject } from './read-json.js';
import { badField, RelayError } from './relay-error.js';
import type { CallbackRequest, ChatRequest, ConnectRequest } from './upstream.js';

/** What is read of a page's request, field by field. Nothing else is passed on, and nothing that the site does not allow. */
export type PageConnect = Omit<ConnectRequest, 'visitor'>;
export type PageChat = Omit<ChatRequest, 'visitor' | 'isKnownVisitor'>;
export type PageCallback = Omit<CallbackRequest, 'visitor'>;

const LONGEST_ID = 200;
const LONGEST_SIGNED_ID = 400;
/** The limits of a record that the page sends: how many fields, how long a name, and how long a value is in JSON. */
const MOST_FIELDS = 100;
const LONGEST_NAME = 200;
const LONGEST_VALUE = 4_000;

/** Reads a connect request; throws a `RelayError` for invalid fields. `sessionId` is still the signed one. */
export function readConnect(
  request: Request,
  agentId: string,
  body: JsonObject,
  rules: PageRules,
): PageConnect {
  const { allow, knowsVisitors, visitorName } = rules;
  const userId = readId(body, 'userId');
  return {
    agentId,
    ...readShared(request, body, rules, allow.variables),
    userId: knowsVisitors ? visitorName : userId,
    metadata: pickFields(readRecord(body, 'metadata'), allow.metadata ?? (knowsVisitors ? [] : undefined)),
    assistantOverride: pickFields(readRecord(body, 'assistantOverride'), allow.overrides ?? []),
    sessionId: readId(body, 'sessionId', LONGEST_SIGNED_ID),
  };
}

/** Reads a chat request; throws a `RelayError` for invalid fields. */
export function readChat(request: Request, agentId: string, body: JsonObject, rules: PageRules): PageChat {
  const { message } = body;
  if (typeof message !== 'string' || message.trim() === '') throw badField('message', 'must be a text');
  return {
    ...readConnect(request, agentId, body, rules),
    message,
    wantsStream: request.headers.get('accept')?.toLowerCase().includes('text/event-stream') ?? false,
  };
}

/**
 * Reads a callback request; throws a `RelayError` for invalid fields. Only variables that the site has named are read: else a
 * stranger could have the site's agent say anything at any number.
 */
export function readCallback(request: Request, body: JsonObject, rules: PageRules): PageCallback {
  const { destination } = body;
  if (typeof destination !== 'string' || !/^\+[1-9]\d{6,14}$/.test(destination))
    throw badField('destination', 'must be an E.164 number, like +15550100200');
  const agentId = readId(body, 'agentId');
  if (agentId === undefined) throw badField('agentId', 'is missing');
  return {
    agentId,
    destination,
    phoneNumberId: readId(body, 'phoneNumberId'),
    ...readShared(request, body, rules, rules.allow.variables ?? []),
  };
}

function readShared(
  request: Request,
  body: JsonObject,
  { allow }: PageRules,
  variables: readonly string[] | undefined,
): Pick<ConnectRequest, 'dynamicVariables' | 'agentVersion' | 'idempotencyKey'> {
  const agentVersion = readVersion(body);
  const isAllowed = agentVersion !== undefined && (allow.agentVersions ?? []).includes(agentVersion);
  return {
    dynamicVariables: pickFields(readRecord(body, 'dynamicVariables'), variables),
    agentVersion: isAllowed ? agentVersion : undefined,
    idempotencyKey: readIdempotencyKey(request),
  };
}

function readVersion({ agentVersion }: JsonObject): number | undefined {
  const isVersion =
    agentVersion === undefined || (Number.isSafeInteger(agentVersion) && Number(agentVersion) > 0);
  if (!isVersion) throw badField('agentVersion', 'must be a positive integer');
  return agentVersion as number | undefined;
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
  const entries = Object.entries(value);
  if (entries.length > MOST_FIELDS) throw badField(field, `may hold ${MOST_FIELDS} values`);
  for (const [name, item] of entries) {
    if (name.length > LONGEST_NAME) throw badField(field, `may have names of ${LONGEST_NAME} characters`);
    if (JSON.stringify(item).length > LONGEST_VALUE)
      throw badField(field, `may have values of ${LONGEST_VALUE} characters`);
  }
  return value;
}
