import { EventStreamParser, type StreamEvent } from '../wire/event-stream.js';
import type { ServerEvent } from './event-stream.js';
import { readAllWire, RelayError } from './relay-error.js';
import { refusalFor, type ReadRefusal } from './upstream-refusal.js';

export interface LinkOptions {
  fetch: typeof fetch;
  /** The limit for a whole answer; for a stream, until its head and between two pieces. */
  timeoutMs: number;
  /** The limit for a whole stream. */
  maxStreamMs: number;
  maxAnswerBytes: number;
  /** An answer that holds one of them is refused. */
  secrets: readonly string[];
  /** Aborts when the page has gone; with `null` the request is carried through all the same. */
  gone: AbortSignal | null;
  /** Called with the status of every answer. */
  onStatus: (status: number) => void;
}

export interface UpstreamRequest {
  method: 'GET' | 'POST';
  url: string;
  /** All headers: nothing of the page's request is passed on by itself. */
  headers: Record<string, string>;
  body?: Record<string, unknown>;
  /** Further tries after a network error, 502, 503 and 504. Default 0. */
  retries?: number;
  /** Reads this upstream's answer to a request that failed. */
  readRefusal?: ReadRefusal;
}

export interface UpstreamText {
  status: number;
  contentType: string | null;
  /** Bounded in time and size. Must be begun, and read to its end or left by `return()`. */
  pieces: AsyncGenerator<string, void>;
}

const EVENT_STREAM = 'text/event-stream';

/** Statuses after which a request that changes nothing may be repeated. */
const PASSING_FAULTS = new Set([502, 503, 504]);
const FIRST_PAUSE_MS = 250;

interface Exchange {
  response: Response;
  signal: AbortSignal;
  /** Restarts the time limit. */
  keepAlive: () => void;
  /** Ends the time limit, and what is left of the answer. */
  end: () => void;
}

/** Sends a page's request to its upstream: bounded in time and size, and ended when the page goes away. */
export class UpstreamLink {
  readonly #options: LinkOptions;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Resolves with the JSON of a 2xx answer. Rejects with a `RelayError` for any other answer, and for none in time. */
  async ask(request: UpstreamRequest): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#within(await this.#open(request), (exchange) => this.#readJson(exchange));
      } catch (error) {
        if (attempt >= (request.retries ?? 0) || !isPassing(error)) throw error;
        await pause(FIRST_PAUSE_MS * 2 ** attempt, this.#options.gone);
      }
    }
  }

  /** Like `ask`; for an event stream it resolves with the events. */
  async askForStream(
    request: UpstreamRequest,
  ): Promise<{ json: unknown } | { events: AsyncGenerator<ServerEvent, void> }> {
    const exchange = await this.#open(request);
    if (!hasType(exchange.response, EVENT_STREAM))
      return { json: await this.#within(exchange, () => this.#readJson(exchange)) };
    return { events: this.#events(exchange) };
  }

  /**
   * Like `ask`; resolves with the body as text, in pieces as they arrive, whatever its content type. Only an event stream may
   * take longer as a whole than an answer.
   */
  async askForText(request: UpstreamRequest): Promise<UpstreamText> {
    const exchange = await this.#open(request);
    const { status, headers } = exchange.response;
    return {
      status,
      contentType: headers.get('content-type'),
      pieces: this.#watched(this.#pieces(exchange)),
    };
  }

  async #open(request: UpstreamRequest): Promise<Exchange> {
    const exchange = this.#start();
    try {
      const response = await this.#options.fetch.call(globalThis, request.url, {
        method: request.method,
        headers: {
          accept: 'application/json',
          ...(request.body && { 'content-type': 'application/json' }),
          ...request.headers,
        },
        ...(request.body && { body: JSON.stringify(request.body) }),
        signal: exchange.signal,
        // A redirect that is followed would carry the key to wherever it points.
        redirect: 'manual',
      });
      this.#options.onStatus(response.status);
      if (response.ok) return { ...exchange, response };
      const isRedirect =
        response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
      if (isRedirect) throw new RelayError('upstream_redirected', { upstreamStatus: response.status });
      const text = await this.#readText({ ...exchange, response }).catch(() => '');
      throw refusalFor(response, parse(text), request.readRefusal);
    } catch (error) {
      const refusal = toRelayError(error, exchange.signal);
      exchange.end();
      throw refusal;
    }
  }

  /** Starts the time limit of one try, and listens for the page's leaving. */
  #start(): Omit<Exchange, 'response'> {
    const { timeoutMs, gone } = this.#options;
    const controller = new AbortController();
    const { signal } = controller;
    const expire = (): void => controller.abort(new RelayError('upstream_timeout'));
    const leave = (): void => controller.abort(new RelayError('client_gone'));
    let timer = setTimeout(expire, timeoutMs);
    if (gone?.aborted) leave();
    gone?.addEventListener('abort', leave, { once: true });
    return {
      signal,
      keepAlive: () => {
        clearTimeout(timer);
        if (!signal.aborted) timer = setTimeout(expire, timeoutMs);
      },
      end: () => {
        clearTimeout(timer);
        gone?.removeEventListener('abort', leave);
        // Ends a body that was given up half-way; a no-op after a complete one.
        controller.abort(new RelayError('bad_answer'));
      },
    };
  }

  async #within<T>(exchange: Exchange, read: (exchange: Exchange) => Promise<T>): Promise<T> {
    try {
      return await read(exchange);
    } catch (error) {
      throw toRelayError(error, exchange.signal);
    } finally {
      exchange.end();
    }
  }

  async #readJson(exchange: Exchange): Promise<unknown> {
    const text = await this.#readText(exchange);
    this.#refuseSecrets(text);
    const json = parse(text);
    if (json === undefined) throw new RelayError('bad_answer', { upstreamStatus: exchange.response.status });
    return json;
  }

  async #readText(exchange: Exchange): Promise<string> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of this.#bounded(exchange)) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  }

  async *#events(exchange: Exchange): AsyncGenerator<ServerEvent, void> {
    const parser = new EventStreamParser();
    for await (const piece of this.#pieces(exchange)) yield* this.#checked(parser.read(piece));
    yield* this.#checked(parser.end());
  }

  *#checked(events: Iterable<StreamEvent>): Generator<ServerEvent, void> {
    for (const { name, data, isCut } of readAllWire(events)) {
      // Half a line at the end is no event.
      if (isCut) return;
      this.#refuseSecrets(data);
      yield { name: name === 'message' ? '' : name, data };
    }
  }

  /** Yields the text of a stream, as long as it keeps coming and does not go on for ever. */
  async *#pieces(exchange: Exchange): AsyncGenerator<string, void> {
    const decoder = new TextDecoder();
    const deadline = Date.now() + this.#options.maxStreamMs;
    const isStream = hasType(exchange.response, EVENT_STREAM);
    try {
      for await (const piece of this.#bounded(exchange)) {
        if (Date.now() > deadline) throw new RelayError('upstream_timeout');
        if (isStream) exchange.keepAlive();
        yield decoder.decode(piece, { stream: true });
      }
    } catch (error) {
      throw toRelayError(error, exchange.signal);
    } finally {
      exchange.end();
    }
  }

  /** Checks each piece for secrets when the next one is requested, so that the text before a secret still arrives. */
  async *#watched(pieces: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
    const longest = Math.max(0, ...this.#options.secrets.map(({ length }) => length));
    let end = '';
    for await (const piece of pieces) {
      yield piece;
      this.#refuseSecrets(end + piece);
      end = (end + piece).slice(-longest);
    }
  }

  async *#bounded({ response, signal }: Exchange): AsyncGenerator<Uint8Array, void> {
    if (!response.body) return;
    const reader = response.body.getReader();
    let bytes = 0;
    try {
      for (;;) {
        signal.throwIfAborted();
        const { done, value } = await reader.read();
        if (done) return;
        bytes += value.byteLength;
        if (bytes > this.#options.maxAnswerBytes) throw new RelayError('bad_answer');
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  #refuseSecrets(text: string): void {
    if (this.#options.secrets.some((secret) => secret !== '' && text.includes(secret)))
      throw new RelayError('bad_answer');
  }
}

/** Returns the parsed JSON; `undefined` for text that is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hasType(response: Response, type: string): boolean {
  return response.headers.get('content-type')?.toLowerCase().startsWith(type) ?? false;
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof RelayError)) return false;
  return error.code === 'upstream_unreachable' || PASSING_FAULTS.has(error.upstreamStatus ?? 0);
}

/** Turns what a fetch throws into a `RelayError`: a limit was reached, the page went away, or the network failed. */
function toRelayError(error: unknown, signal: AbortSignal): RelayError {
  if (error instanceof RelayError) return error;
  if (signal.reason instanceof RelayError) return signal.reason;
  return new RelayError('upstream_unreachable', { cause: error });
}

function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
