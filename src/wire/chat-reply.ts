import { ApiError } from './api-error.js';
import { readChoices, type Choice } from './choices.js';
import { asObject, firstBoolean, firstString, firstText, unreadable, unwrap, type Fields } from './fields.js';

export interface ChatReply extends SupportState {
  text: string;
  sessionId: string | null;
  /** Answers to tap, four at most. Missing where there are none. */
  choices?: readonly Choice[];
}

/** Who answers the visitor; without fields where the platform does not say. */
export interface SupportState {
  /** `support`: a person answers, perhaps later, so that `text` may be empty. */
  mode?: 'agent' | 'support';
  /** Whether the visitor has asked for a person. */
  helpRequested?: boolean;
}

/**
 * Reads a whole reply. An empty text is allowed: a person may be answering later.
 *
 * @throws {ApiError} When there is no reply text: `server-error` if the answer has an `error`, else `invalid-response`.
 */
export function readChatReply(json: unknown): ChatReply {
  const fields = unwrap(json, 'chat');
  const support = readSupport(fields);
  const text =
    firstText(fields, ['reply', 'response', 'text', 'content']) ??
    readNestedText(fields.message) ??
    readNestedText(firstChoice(fields)?.message) ??
    (support.mode === 'support' ? '' : null);
  if (text === null && saysError(fields)) throw serverError();
  if (text === null) throw unreadable('chat answered no text');
  return { text, sessionId: readSessionId(fields), ...support, ...choicesOf(fields) };
}

export interface ChatEvent extends SupportState, Pick<ChatReply, 'choices'> {
  delta: string;
  done: boolean;
  sessionId: string | null;
}

const NOTHING: ChatEvent = { delta: '', done: false, sessionId: null };

/** Events that carry text, by their name in the stream, or by the `type` in their data. Events of unknown names are ignored. */
const TEXT_NAMES =
  /^(?:message|text|token|chunk|delta|content|text[._-]delta|content_block_delta|response\.output_text\.delta)$/i;
const DONE_NAMES = /^(?:done|end|complete|completed|finish|finished|message_stop|response\.completed)$/i;
const ERROR_NAMES = /(?:^|[._-])(?:error|failed|failure)$/i;
/** Events about the agent's thinking and its tools carry no text of the reply. */
const ASIDE_TYPES = /think|reason|tool|function|ping|heartbeat|status/i;

/**
 * Reads one event of a streamed reply. An event of an unknown name, without data, or with data that is no object (a time, a
 * number, a word) gives no text. The event that ends the reply may carry the session id, too.
 *
 * @throws {ApiError} `server-error` for an event that reports an error, by its name or in its data; `invalid-response` for broken
 * JSON.
 */
export function readChatEvent(name: string, data: string): ChatEvent {
  const text = data.trim();
  if (ERROR_NAMES.test(name)) throw serverError();
  const isDone = DONE_NAMES.test(name) || text.toUpperCase() === '[DONE]';
  if (!isDone && !TEXT_NAMES.test(name)) return NOTHING;
  const event = readChatPiece(parse(text));
  return isDone ? { ...event, done: true } : event;
}

/**
 * Reads the data of an event.
 *
 * @throws {ApiError} `server-error` when the data reports an error.
 */
export function readChatPiece(json: unknown): ChatEvent {
  const fields = asObject(json);
  if (!fields) return NOTHING;
  const type = firstString(fields, ['type']) ?? '';
  if (saysError(fields) || ERROR_NAMES.test(type)) throw serverError();
  const done = fields.done === true || DONE_NAMES.test(type);
  const delta = ASIDE_TYPES.test(type) ? null : readDelta(fields);
  return {
    delta: delta ?? '',
    done,
    sessionId: readSessionId(fields),
    ...readSupport(fields),
    ...choicesOf(fields),
  };
}

function readDelta(fields: Fields): string | null {
  const { delta, message } = fields;
  return (
    firstText(fields, ['delta', 'text', 'content']) ??
    readNestedText(delta) ??
    readNestedText(firstChoice(fields)?.delta) ??
    firstText(fields, ['reply', 'response']) ??
    readNestedText(message)
  );
}

/** A heartbeat may be any text and gives `null`; text that begins like JSON or HTML should have been readable, and throws. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/^[{<"]/.test(text)) throw unreadable('a piece of the streamed reply is not JSON');
    return null;
  }
}

function firstChoice({ choices }: Fields): Fields | null {
  return Array.isArray(choices) ? asObject(choices[0]) : null;
}

function saysError({ error }: Fields): boolean {
  return Boolean(error);
}

function serverError(): ApiError {
  return new ApiError('server-error', 'The server says that the reply failed');
}

function readNestedText(value: unknown): string | null {
  const nested = asObject(value);
  return nested && firstText(nested, ['content', 'text']);
}

function choicesOf(fields: Fields): Pick<ChatReply, 'choices'> {
  const choices = readChoices(fields.choices);
  return choices.length > 0 ? { choices } : {};
}

function readSupport(fields: Fields): SupportState {
  const mode = firstString(fields, ['mode']);
  const helpRequested = firstBoolean(fields, ['helpRequested', 'help_requested']);
  return {
    ...(mode && { mode: mode === 'support' ? mode : 'agent' }),
    ...(helpRequested !== null && { helpRequested }),
  };
}

function readSessionId(fields: Fields): string | null {
  return firstString(fields, ['sessionId', 'session_id', 'conversationId', 'conversation_id']);
}
