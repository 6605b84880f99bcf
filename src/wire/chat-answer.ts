import { ApiError } from './api-error.js';
import { readChatEvent, readChatReply, type ChatEvent } from './chat-reply.js';
import { EventStreamParser, LineEventParser, type EventParser } from './event-stream.js';
import { nameOf, unreadableBody } from './unreadable-body.js';

/** The longest reply that is accepted, in characters; no agent writes more at once. */
const LONGEST_REPLY = 1024 * 1024;

const EVENT_STREAM = 'text/event-stream';
const JSON_LINES = /ndjson|jsonl|jsonlines|json-lines|stream\+json/;

/** The status line and header that decide how the answer is read. */
export interface ChatAnswerHead {
  status: number;
  /** The answer's `Content-Type`. */
  contentType: string | null;
}

/**
 * Reads the text of an answer to a chat message by its content, whatever was asked for and whatever its type says: a stream of
 * events, JSON, JSON line by line, or plain text. An answer that is no stream gives one event, at the end.
 *
 * A stream is complete when one of its events says so, or when its text ends after a complete event.
 *
 * @throws {ApiError} From `read` and `end`: `network` for a stream that breaks off, `server-error`, or `invalid-response`.
 */
export class ChatAnswerReader {
  readonly #type: string;
  readonly #status: number;
  #head = '';
  #hasWords = false;
  #body: Body | null = null;

  constructor({ status, contentType }: ChatAnswerHead) {
    this.#status = status;
    this.#type = contentType?.toLowerCase().split(';')[0]?.trim() ?? '';
  }

  /** Whether the answer is a stream. Also false while too few characters have come to know. */
  get isStream(): boolean {
    return this.#body instanceof StreamBody;
  }

  /** The events that this piece has completed; none follow after one that is `done`. */
  *read(piece: string): Generator<ChatEvent, void> {
    this.#head += piece;
    // White space does not show the form of the answer, however much of it has come.
    this.#hasWords ||= piece.trim() !== '';
    if (!this.#hasWords) return;
    this.#body ??= this.#recognize();
    if (!this.#body) return;
    const text = this.#head;
    this.#head = '';
    yield* this.#body.read(text);
  }

  /** The last events, after the text has ended without an error. */
  *end(): Generator<ChatEvent, void> {
    this.#body ??= this.#type === EVENT_STREAM ? new StreamBody(new EventStreamParser()) : this.#whole();
    yield* this.#body.read(this.#head);
    yield* this.#body.end();
  }

  /** Recognizes the form of the answer by its type and its first characters; `null` while these are too few. */
  #recognize(): Body | null {
    const start = this.#head.trimStart();
    if (start === '') return null;
    if (start.startsWith('<')) throw unreadableBody(nameOf(start), this.#status);
    if (JSON_LINES.test(this.#type)) return new StreamBody(new LineEventParser());
    if (/^[{[]/.test(start)) return this.#whole();
    if (this.#type === EVENT_STREAM || /^(?:data|event|id|retry)?:/.test(start))
      return new StreamBody(new EventStreamParser());
    return start.length < 'event:'.length ? null : this.#whole();
  }

  #whole(): Body {
    return new WholeBody(this.#type, this.#status);
  }
}

interface Body {
  read(piece: string): Iterable<ChatEvent>;
  end(): Iterable<ChatEvent>;
}

class StreamBody implements Body {
  readonly #parser: EventParser;
  #text = '';
  #saidSomething = false;
  #isDone = false;

  constructor(parser: EventParser) {
    this.#parser = parser;
  }

  *read(piece: string): Generator<ChatEvent, void> {
    yield* this.#readAll(this.#parser.read(piece));
  }

  *end(): Generator<ChatEvent, void> {
    if (this.#isDone) return;
    yield* this.#readAll(this.#parser.end());
    if (!this.#isDone && !this.#saidSomething) throw brokenOff();
  }

  *#readAll(events: Iterable<{ name: string; data: string; isCut: boolean }>): Generator<ChatEvent, void> {
    for (const { name, data, isCut } of events) {
      if (this.#isDone) return;
      yield this.#note(isCut ? readCut(name, data) : readChatEvent(name, data));
    }
  }

  #note(event: ChatEvent): ChatEvent {
    const { delta: said, done, sessionId, ...support } = event;
    // The last event of some servers repeats the whole text.
    const delta = done && said === this.#text ? '' : said;
    this.#text += delta;
    if (this.#text.length > LONGEST_REPLY) throw tooLong();
    this.#saidSomething ||= delta !== '' || sessionId !== null || Object.keys(support).length > 0;
    this.#isDone = done;
    return { ...event, delta };
  }
}

/** Reads an event that the end of the body cut off. It counts only when its data is complete; else the reply broke off. */
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

/** An answer that is no stream: JSON, or plain text. */
class WholeBody implements Body {
  readonly #type: string;
  readonly #status: number;
  #text = '';

  constructor(type: string, status: number) {
    this.#type = type;
    this.#status = status;
  }

  read(piece: string): ChatEvent[] {
    this.#text += piece;
    if (this.#text.length > LONGEST_REPLY) throw tooLong();
    return [];
  }

  end(): Iterable<ChatEvent> {
    const text = this.#text.trim();
    if (text === '') throw unreadableBody('nothing', this.#status);
    const isJson = /^[{[]/.test(text);
    if (!isJson && (this.#type === '' || this.#type === 'text/plain')) return [words(text)];
    const json = parse(text);
    if (typeof json === 'string') return [words(json)];
    if (json !== undefined) {
      const { text: delta, ...reply } = readChatReply(json);
      return [{ delta, done: true, ...reply }];
    }
    const lines = text.split(/[\r\n]+/);
    if (!isJson || lines.length < 2 || lines.some((line) => parse(line) === undefined))
      throw unreadableBody(nameOf(text), this.#status);
    return linesOf(text);
  }
}

function* linesOf(text: string): Generator<ChatEvent, void> {
  const stream = new StreamBody(new LineEventParser());
  yield* stream.read(text);
  yield* stream.end();
}

function words(delta: string): ChatEvent {
  return { delta, done: true, sessionId: null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function brokenOff(): ApiError {
  // A `network` error keeps the text on the page as a partial reply, and the message does not count as answered.
  return new ApiError('network', 'The streamed reply broke off');
}

export function tooLong(): ApiError {
  return new ApiError('invalid-response', 'The reply is longer than any agent speaks');
}
