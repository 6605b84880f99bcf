import { ApiError } from './api-error.js';
import { readChatEvent, readChatReply, type ChatEvent } from './chat-responses.js';
import { EventStreamParser, LineEventParser, type EventParser } from './event-stream.js';
import { nameOf, unreadable } from './request.js';
import type { ChatReply, SupportState } from './responses.js';

/** No agent says more at once. In characters. */
const LONGEST_REPLY = 1024 * 1024;

/** Of a whole stream, in bytes: what wraps each word, heartbeats and comments may be a multiple of the words. */
const LARGEST_STREAM = 32 * 1024 * 1024;

export interface ReadChatAnswerOptions {
  /** Called for every piece that arrives. */
  onPiece: () => void;
  /** Called with the whole text so far when a piece has brought some. */
  onText?: ((textSoFar: string) => void) | undefined;
}

/**
 * Reads the answer to a chat message as what it is, whatever it was asked for or calls itself: a stream of events, JSON, JSON
 * line by line, or plain text. "No content" is an answer too: the message has arrived, and nothing is said to it.
 *
 * A stream is whole when it says so, or when its connection ends in good order behind an event; cut off, it is a network error.
 *
 * @throws {ApiError} `network`, `server-error` or `invalid-response`. What came before it was told to `onText`.
 */
export async function readChatAnswer(response: Response, options: ReadChatAnswerOptions): Promise<ChatReply> {
  if (response.status === 204 || response.status === 205) return { text: '', sessionId: null };
  const type = response.headers.get('content-type')?.toLowerCase().split(';')[0]?.trim() ?? '';
  let head = '';
  let answer: Answer | null = null;
  for await (const piece of piecesOf(response.body, options.onPiece)) {
    head += piece;
    answer ??= answerOf(head, type, response, options);
    if (!answer) continue;
    const reply = answer.take(head);
    head = '';
    if (reply) return reply;
  }
  answer ??= type === EVENT_STREAM ? new Stream(new EventStreamParser(), options) : new Whole(type, response);
  return answer.take(head) ?? answer.end();
}

/** The text of a body, as it comes. */
async function* piecesOf(
  body: ReadableStream<Uint8Array> | null,
  onPiece: () => void,
): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.getReader();
  // Takes a byte order mark away.
  const decoder = new TextDecoder();
  try {
    for (let bytes = 0; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      onPiece();
      bytes += value.byteLength;
      if (bytes > LARGEST_STREAM) throw tooLong();
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const EVENT_STREAM = 'text/event-stream';
const JSON_LINES = /ndjson|jsonl|jsonlines|json-lines|stream\+json/;

/** What the body is, by its type and its first characters; `null` while they do not tell. */
function answerOf(
  head: string,
  type: string,
  response: Response,
  options: ReadChatAnswerOptions,
): Answer | null {
  const start = head.trimStart();
  if (start === '') return null;
  if (start.startsWith('<')) throw unreadable(nameOf(start), response);
  if (JSON_LINES.test(type)) return new Stream(new LineEventParser(), options);
  if (/^[{[]/.test(start)) return new Whole(type, response);
  if (type === EVENT_STREAM || /^(?:data|event|id|retry)?:/.test(start))
    return new Stream(new EventStreamParser(), options);
  return start.length < 'event:'.length ? null : new Whole(type, response);
}

interface Answer {
  /** The reply, as soon as nothing more is to come. */
  take(piece: string): ChatReply | null;
  /** The connection has ended in good order. */
  end(): ChatReply;
}

class Stream implements Answer {
  readonly #parser: EventParser;
  readonly #onText: ReadChatAnswerOptions['onText'];
  #text = '';
  #told = '';
  #sessionId: string | null = null;
  #support: SupportState = {};
  #saidSomething = false;

  constructor(parser: EventParser, { onText }: Pick<ReadChatAnswerOptions, 'onText'>) {
    this.#parser = parser;
    this.#onText = onText;
  }

  take(piece: string): ChatReply | null {
    return this.#takeAll(this.#parser.read(piece)) ? this.#reply : null;
  }

  end(): ChatReply {
    const isDone = this.#takeAll(this.#parser.end());
    if (!isDone && !this.#saidSomething) throw brokenOff();
    return this.#reply;
  }

  get #reply(): ChatReply {
    return { text: this.#text, sessionId: this.#sessionId, ...this.#support };
  }

  /** Tells once for all events of a piece: telling of each would cost the more the longer the text is. */
  #takeAll(events: Iterable<{ name: string; data: string; isCut: boolean }>): boolean {
    try {
      for (const { name, data, isCut } of events) {
        if (this.#take(isCut ? readCut(name, data) : readChatEvent(name, data))) return true;
      }
      return false;
    } finally {
      if (this.#text !== this.#told) this.#onText?.(this.#text);
      this.#told = this.#text;
    }
  }

  #take({ delta, done, sessionId, ...support }: ChatEvent): boolean {
    // The last event of some repeats all of it.
    if (!(done && delta === this.#text)) this.#text += delta;
    if (this.#text.length > LONGEST_REPLY) throw tooLong();
    this.#sessionId = sessionId ?? this.#sessionId;
    this.#support = { ...this.#support, ...support };
    this.#saidSomething ||= delta !== '' || sessionId !== null || Object.keys(support).length > 0;
    return done;
  }
}

/** Half an event is no event, and the reply is not whole. */
function readCut(name: string, data: string): ChatEvent {
  try {
    const event = readChatEvent(name, data);
    if (data === '' && !event.done) throw brokenOff();
    return event;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'invalid-response') throw brokenOff();
    throw error;
  }
}

/** JSON, or words. */
class Whole implements Answer {
  readonly #type: string;
  readonly #response: Response;
  #text = '';

  constructor(type: string, response: Response) {
    this.#type = type;
    this.#response = response;
  }

  take(piece: string): null {
    this.#text += piece;
    if (this.#text.length > LONGEST_REPLY) throw tooLong();
    return null;
  }

  end(): ChatReply {
    const text = this.#text.trim();
    if (text === '') throw unreadable('nothing', this.#response);
    const isJson = /^[{[]/.test(text);
    if (!isJson && (this.#type === '' || this.#type === 'text/plain')) return { text, sessionId: null };
    const json = parse(text);
    if (typeof json === 'string') return { text: json, sessionId: null };
    if (json !== undefined) return readChatReply(json);
    const lines = text.split(/[\r\n]+/);
    if (!isJson || lines.length < 2 || lines.some((line) => parse(line) === undefined))
      throw unreadable(nameOf(text), this.#response);
    const stream = new Stream(new LineEventParser(), {});
    return stream.take(text) ?? stream.end();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function brokenOff(): ApiError {
  // What came stays on the page as a partial reply, but the message is not called answered.
  return new ApiError('network', 'The streamed reply broke off');
}

function tooLong(): ApiError {
  return new ApiError('invalid-response', 'The reply is longer than any agent speaks');
}
