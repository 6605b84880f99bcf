import { ApiError, apiErrorFromResponse } from '../wire/api-error.js';
import { waitFor } from '../async/wait-for.js';
import { randomId } from '../wire/random-id.js';
import { LONGEST_RETRY_AFTER_MS, isRetryableStatus, retryDelayMs } from './retry-timing.js';
import { nameOf, unreadableBody } from '../wire/unreadable-body.js';
import { parseRetryAfter } from '../wire/retry-after.js';
import { toJson } from '../wire/to-json.js';

/** What a request needs from its environment. Tests replace these; the page sets `fetch` alone. */
export interface RequestEnvironment {
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
  /** Resolves after `ms` milliseconds, rejects when `signal` aborts. */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  random?: () => number;
  now?: () => number;
}

export interface RequestDefaults extends RequestEnvironment {
  /** Origin and path prefix of the API or of a relay. */
  baseUrl: string;
  apiKey?: string | undefined;
  organizationId?: string | undefined;
  /** Time limit of each try, for headers and body together; for a stream, of the wait between two pieces. Default 30,000 ms. */
  timeoutMs?: number;
  /** Further tries after the first. Default 2. */
  maxRetries?: number;
}

export interface ApiRequest<T> {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A POST without a key is never repeated. */
  idempotencyKey?: string;
  accept?: string;
  /** Sends the headers of a POST with a body, so that the browser's CORS preflight asks for the same headers. */
  likePost?: boolean;
  /** The request may have arrived before: it is not sent where its idempotency key does not reach the server. */
  onlyWithKey?: boolean | undefined;
  signal?: AbortSignal | undefined;
  maxRetries?: number;
  /** Reads a 2xx answer. `keepAlive` restarts the time limit: the reader of a stream calls it for every piece that arrives. */
  read: (response: Response, keepAlive: () => void) => Promise<T>;
}

/** The largest answer that is read, so that it cannot fill the page's memory; an ordinary answer of this API is a few KB. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Time limit of a streamed answer, from its first piece to its end: comments alone would keep it open for ever. */
const STREAM_LIMIT_MS = 120_000;

/** Time limit of a probe, which only finds out whether the optional headers get through. */
const PROBE_LIMIT_MS = 5_000;

/**
 * Sends requests with the platform's documented retries: 408, 429, 5xx and network errors are retried twice, after 250 ms,
 * doubling, with jitter, and `Retry-After` is honoured. A POST is retried only with an `Idempotency-Key`.
 */
export class RequestSender {
  /**
   * Whether the optional headers reach the server. Where the server's CORS list lacks them, a browser reports only a network
   * error. `unknown` until a request that carried them succeeded (`sent`), or only went through without them (`left-out`).
   */
  #optionalHeaders: 'unknown' | 'sent' | 'left-out' = 'unknown';
  readonly #defaults: RequestDefaults;

  constructor(defaults: RequestDefaults) {
    this.#defaults = defaults;
  }

  /** False once it is known that no idempotency key reaches the server. */
  get canRepeat(): boolean {
    return this.#optionalHeaders !== 'left-out';
  }

  async send<T>(request: ApiRequest<T>): Promise<T> {
    const { wait = waitFor, random, maxRetries = 2 } = this.#defaults;
    const retries = request.maxRetries ?? maxRetries;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#tryOnce(request, attempt === 0);
      } catch (thrown) {
        const error =
          thrown instanceof ApiError ? thrown : new ApiError('network', String(thrown), { cause: thrown });
        if (attempt >= retries || !this.#isRepeatable(request) || !isWorthRepeating(error)) throw error;
        await wait(retryDelayMs(attempt, error.retryAfterMs, random), request.signal).catch(() => {
          throw aborted(request.signal);
        });
      }
    }
  }

  /** A POST is repeated only when the server can recognize it as the same one. */
  #isRepeatable({ method, idempotencyKey }: ApiRequest<unknown>): boolean {
    return method === 'GET' || (idempotencyKey !== undefined && this.canRepeat);
  }

  /**
   * Sends the request once. When the optional headers seem to be refused, sends it again without them; but a POST only when it
   * has certainly not arrived, since each may start another call, and one with `onlyWithKey` never.
   */
  async #tryOnce<T>(request: ApiRequest<T>, isFirst: boolean): Promise<T> {
    if (request.onlyWithKey && !this.canRepeat)
      throw new ApiError('network', 'Not sent again: its key does not reach the server');
    const optional = this.canRepeat ? this.#optional(request) : {};
    try {
      return await this.#exchange(request, optional);
    } catch (error) {
      const isKnown = this.#optionalHeaders !== 'unknown' || Object.keys(optional).length === 0;
      if (isKnown || !isFirst || !isNetworkError(error)) throw error;
      if (request.method === 'POST' && !(await this.#isHeldBack(request, optional))) throw error;
      if (request.onlyWithKey) {
        this.#learn('left-out');
        throw error;
      }
      return this.#exchange(request, {}, 'left-out');
    }
  }

  /**
   * Whether the browser refuses to send this POST with its optional headers. Tried with a GET of the same address and the same
   * headers, which changes nothing: it must fail with the optional headers, go through without them, and fail with them again, so
   * that a short network fault is not taken for a refusal. The POST has then never left the browser.
   */
  async #isHeldBack(request: ApiRequest<unknown>, optional: Record<string, string>): Promise<boolean> {
    const { path, signal } = request;
    const probe: ApiRequest<void> = {
      method: 'GET',
      path,
      signal,
      likePost: true,
      read: async () => undefined,
    };
    const headers = { ...optional, ...('idempotency-key' in optional && { 'idempotency-key': randomId() }) };
    for (const isBare of [false, true, false]) {
      try {
        await this.#exchange(probe, isBare ? {} : headers, isBare ? null : 'sent', PROBE_LIMIT_MS);
        if (!isBare) return false;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code === 'aborted') throw error;
        // Neither an answer nor a network error, as a browser's refusal is reported: nothing is known.
        if (error.status === null && error.code !== 'network') return false;
        if ((error.code === 'network') === isBare) return false;
      }
    }
    // Another request may have succeeded with the headers meanwhile.
    return this.#optionalHeaders === 'unknown';
  }

  #optional(request: ApiRequest<unknown>): Record<string, string> {
    const headers: Record<string, string> = {};
    if (request.idempotencyKey) headers['idempotency-key'] = request.idempotencyKey;
    if (this.#defaults.organizationId) headers['x-organization-id'] = this.#defaults.organizationId;
    return headers;
  }

  /** Remembers whether the optional headers get through; any answer shows it, even an error. `sent` is final. */
  #learn(lesson: 'sent' | 'left-out'): void {
    if (lesson === 'sent' || this.#optionalHeaders === 'unknown') this.#optionalHeaders = lesson;
  }

  /** Sends the request without retries. `lesson`: what any answer shows about the optional headers. */
  async #exchange<T>(
    request: ApiRequest<T>,
    optional: Record<string, string>,
    lesson: 'sent' | 'left-out' | null = Object.keys(optional).length > 0 ? 'sent' : null,
    limitMs = Infinity,
  ): Promise<T> {
    const { apiKey, now = Date.now } = this.#defaults;
    const timeoutMs = Math.min(this.#defaults.timeoutMs ?? 30_000, limitMs);
    const send = this.#defaults.fetch ?? globalThis.fetch;
    if (request.signal?.aborted) throw aborted(request.signal);
    const controller = new AbortController();
    let timedOutMs = 0;
    const expireAfter = (ms: number) =>
      setTimeout(() => {
        timedOutMs = ms;
        controller.abort();
      }, ms);
    let timer = expireAfter(timeoutMs);
    let streamTimer: ReturnType<typeof setTimeout> | undefined;
    const keepAlive = (): void => {
      clearTimeout(timer);
      timer = expireAfter(timeoutMs);
      streamTimer ??= expireAfter(STREAM_LIMIT_MS);
    };
    const cancel = (): void => controller.abort();
    request.signal?.addEventListener('abort', cancel, { once: true });
    try {
      const headers: Record<string, string> = { accept: request.accept ?? 'application/json', ...optional };
      if (request.body !== undefined || request.likePost) headers['content-type'] = 'application/json';
      if (apiKey) headers['x-api-key'] = apiKey;
      const response = await send(requestUrl(this.#defaults.baseUrl, request), {
        method: request.method,
        headers,
        ...(request.body === undefined ? {} : { body: toJson(request.body) }),
        signal: controller.signal,
        cache: 'no-store',
        // A redirect that is followed would take the key to any address.
        redirect: 'manual',
      });
      if (lesson) this.#learn(lesson);
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
        throw unreadableBody(
          'a redirect, which is not followed: `base-url` must be the last address',
          response.status,
        );
      if (response.ok) return await request.read(response, keepAlive);
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now());
      const body = await readBody(response).catch(() => undefined);
      if (request.signal?.aborted) throw aborted(request.signal);
      throw apiErrorFromResponse(response, body, retryAfterMs);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (request.signal?.aborted) throw aborted(request.signal);
      if (timedOutMs > 0)
        throw new ApiError('timeout', `No whole answer within ${timedOutMs / 1000} s`, { cause: error });
      if (globalThis.navigator?.onLine === false)
        throw new ApiError('offline', 'The device is offline', { cause: error });
      throw new ApiError('network', `The widget API could not be reached: ${String(error)}`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
      clearTimeout(streamTimer);
      request.signal?.removeEventListener('abort', cancel);
      // Ends a body that was not read to its end; does nothing after a complete one.
      controller.abort();
    }
  }
}

/**
 * Parses a JSON answer.
 *
 * @throws {ApiError} `invalid-response` for anything else, e.g. an HTML page of a proxy.
 */
export async function readJson(response: Response): Promise<unknown> {
  const body = await readBody(response);
  if (body === undefined) throw unreadableBody('nothing', response.status);
  if (typeof body === 'string') throw unreadableBody(nameOf(body), response.status);
  return body;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await readText(response);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new ApiError('invalid-response', `The answer is larger than ${MAX_BODY_BYTES} bytes`, {
        status: response.status,
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function requestUrl(baseUrl: string, request: Pick<ApiRequest<unknown>, 'path' | 'query'>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return baseUrl.replace(/\/+$/, '') + request.path + (text ? `?${text}` : '');
}

function isWorthRepeating(error: ApiError): boolean {
  if ((error.retryAfterMs ?? 0) > LONGEST_RETRY_AFTER_MS) return false;
  if (error.status !== null) return error.code !== 'invalid-response' && isRetryableStatus(error.status);
  return error.code === 'network';
}

function isNetworkError(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'network' && error.status === null;
}

function aborted(signal: AbortSignal | undefined): ApiError {
  return new ApiError('aborted', 'The request was cancelled', { cause: signal?.reason });
}
