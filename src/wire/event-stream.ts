import { ApiError } from './api-error.js';

/** One event of a stream. */
export interface StreamEvent {
  /** The event's name; `message` where the stream gives none. */
  name: string;
  data: string;
  /** The body ended within the last line of this event, which may be incomplete. */
  isCut: boolean;
}

/** Turns the text of a body, in pieces of any size, into events. */
export interface EventParser {
  read(piece: string): Iterable<StreamEvent>;
  /** The events that remain at the end of the body. */
  end(): Iterable<StreamEvent>;
}

/** The largest event that is accepted, in characters; a piece of a reply is far smaller. */
const LARGEST_EVENT = 65_536;

/**
 * Reads the events of a `text/event-stream` body (WHATWG HTML §9.2.6): lines end with LF, CRLF or CR; several `data:` lines of
 * one event are joined by LF; comments, `id:` and `retry:` are ignored. Unlike a browser's own reader it also returns a last
 * event without a blank line behind it, and a named event without data, since the name alone may end the reply.
 *
 * @throws {ApiError} `invalid-response` for an event that is too large.
 */
export class EventStreamParser implements EventParser {
  readonly #lines = new LineParser();
  #name = '';
  #data: string[] = [];
  #size = 0;

  *read(piece: string): Generator<StreamEvent> {
    for (const line of this.#lines.read(piece)) {
      if (line === '') yield* this.#dispatch(false);
      else this.#take(line);
    }
  }

  *end(): Generator<StreamEvent> {
    const rest = this.#lines.end();
    this.#take(rest);
    // An incomplete field name cuts its event off as well.
    const isCut = rest !== '' && !/^(?::|id:|retry:)/.test(rest);
    if (isCut && this.#data.length === 0) this.#data.push('');
    yield* this.#dispatch(isCut);
  }

  #take(line: string): void {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value;
    if (field === 'data') {
      this.#data.push(value);
      this.#size += value.length + 1;
      if (this.#size > LARGEST_EVENT) throw tooLarge();
    }
  }

  #dispatch(isCut: boolean): StreamEvent[] {
    const [name, data] = [this.#name, this.#data];
    this.#name = '';
    this.#data = [];
    this.#size = 0;
    if (data.length === 0 && name === '') return [];
    return [{ name: name || 'message', data: data.join('\n'), isCut }];
  }
}

/** Reads each line of the body as the data of one event, as in NDJSON. */
export class LineEventParser implements EventParser {
  readonly #lines = new LineParser();

  *read(piece: string): Generator<StreamEvent> {
    for (const data of this.#lines.read(piece)) yield { name: 'message', data, isCut: false };
  }

  *end(): Generator<StreamEvent> {
    const data = this.#lines.end();
    if (data !== '') yield { name: 'message', data, isCut: true };
  }
}

/** Splits text into lines. Reads each character once, however long a line grows. */
class LineParser {
  #line = '';
  /** The last piece ended with CR: an LF at the start of the next piece belongs to it. */
  #isAfterCr = false;

  *read(piece: string): Generator<string> {
    let start = 0;
    if (piece !== '') {
      if (this.#isAfterCr && piece.startsWith('\n')) start = 1;
      this.#isAfterCr = piece.endsWith('\r');
    }
    const ends = /\r\n?|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(piece); end; end = ends.exec(piece)) {
      this.#grow(piece.slice(start, end.index));
      start = ends.lastIndex;
      const line = this.#line;
      this.#line = '';
      yield line;
    }
    this.#grow(piece.slice(start));
  }

  end(): string {
    return this.#line;
  }

  #grow(text: string): void {
    this.#line += text;
    if (this.#line.length > LARGEST_EVENT) throw tooLarge();
  }
}

function tooLarge(): ApiError {
  return new ApiError(
    'invalid-response',
    `An event of the stream is larger than ${LARGEST_EVENT} characters`,
  );
}
