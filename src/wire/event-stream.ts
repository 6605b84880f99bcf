import { ApiError } from './api-error.js';

/** One event of a stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  name: string;
  data: string;
  /** The body ended within its last line: perhaps not all of it is here. */
  isCut: boolean;
}

/** Turns the text of a body, in whatever pieces it comes, into events. */
export interface EventParser {
  read(piece: string): Iterable<StreamEvent>;
  /** What was left at the end of the body. */
  end(): Iterable<StreamEvent>;
}

/** A part of a sentence is far smaller. In characters. */
const LARGEST_EVENT = 65_536;

/**
 * The events of a `text/event-stream` body (WHATWG HTML §9.2.6): lines end with LF, CRLF or CR; several `data:` lines of one
 * event are joined by LF; comments, `id:` and `retry:` are nobody's words. Two things more are taken than a browser's own
 * reader takes: a last event without a blank line behind it, and a named event without data, since a name may say it all.
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
    // Half a word of a field is half an event, too.
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

/** Each line of the body is the data of one event, as in NDJSON. */
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

/** Looks at each character once, however long a line grows. */
class LineParser {
  #line = '';
  /** The LF of a CRLF may come with the next piece. */
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
