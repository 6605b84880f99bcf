import { ApiError } from '../wire/api-error.js';
import {
  isTerminal,
  readCallPage,
  readCallRecord,
  readList,
  readObject,
  readOutboundCall,
} from '../wire/call-record.js';
import {
  ChatClient,
  DEFAULT_BASE_URL,
  senderFor,
  type CallOptions,
  type ConnectBody,
  type PostOptions,
  type WidgetClientOptions,
} from './chat-client.js';
import { type CallOffer, readCallOffer } from '../wire/call-offer.js';
import { waitFor } from '../async/wait-for.js';
import { randomId } from '../wire/random-id.js';
import { readJson, type ApiRequest, type RequestEnvironment, type RequestSender } from './request.js';
import type { CallRecord } from '../wire/call-record.js';

export type {
  CallOptions,
  ChatBody,
  ChatOptions,
  ConnectBody,
  PostOptions,
  WidgetClientOptions,
} from './chat-client.js';

export interface OutboundBody {
  agentId: string;
  /** The phone number to call from. osmTalk needs it; a relay says in its features when it does not. */
  phoneNumberId?: string | undefined;
  /** E.164, e.g. `+493012345`. */
  destination: string;
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
}

export interface CallFilter {
  status?: string;
  agentId?: string;
  channel?: string;
  from?: string;
  to?: string;
  search?: string;
  campaignId?: string;
  failureReason?: string;
  limit?: number;
  offset?: number;
}

export interface WaitOptions extends CallOptions {
  /** First pause between two requests; doubles up to `maxIntervalMs`. Default 500 ms. */
  intervalMs?: number;
  /** Default 5,000 ms. */
  maxIntervalMs?: number;
  /** Gives up with an `ApiError` of code `timeout`. Default: never. */
  timeoutMs?: number;
  /** Called with every record read. */
  onRecord?: (record: CallRecord) => void;
  /** Whether a 404 means "not written yet" instead of an error. Default false. */
  mayBeMissing?: boolean;
}

/**
 * Typed client of osmTalk's widget API. Needs no DOM: runs in browsers, Node, Deno, Bun and Workers. Every method rejects with an
 * `ApiError`, whose `code` says what went wrong.
 */
export class WidgetClient extends ChatClient {
  readonly #sender: RequestSender;
  readonly #baseUrl: string;
  readonly #wait: NonNullable<RequestEnvironment['wait']>;
  readonly #now: () => number;

  /** `sender`: that of a client with the same settings, which already knows what the server's CORS allows. */
  constructor(options: WidgetClientOptions = {}, sender: RequestSender = senderFor(options)) {
    super(sender);
    this.#sender = sender;
    this.#baseUrl = options.baseUrl || DEFAULT_BASE_URL;
    this.#wait = options.wait ?? waitFor;
    this.#now = options.now ?? Date.now;
  }

  /** Starts a voice call: `POST /api/widget/agents/:id/connect`. Resolves with where the call takes place. */
  connect(agentId: string, body: ConnectBody = {}, options: PostOptions = {}): Promise<CallOffer> {
    return this.#post(`/api/widget/agents/${encodeURIComponent(agentId)}/connect`, body, options, (json) =>
      readCallOffer(json, this.#baseUrl),
    );
  }

  /** Calls a telephone number: `POST /api/widget/calls/outbound`. Costs money: use it only when a person asks for the call. */
  startOutboundCall(body: OutboundBody, options: PostOptions = {}): Promise<{ callId: string }> {
    return this.#post('/api/widget/calls/outbound', body, options, readOutboundCall);
  }

  /** The agents: `GET /api/widget/agents`. */
  listAgents(options: CallOptions = {}): Promise<Record<string, unknown>[]> {
    return this.#get('/api/widget/agents', options, readList);
  }

  /** The phone numbers to call from: `GET /api/widget/phone-numbers`. */
  listPhoneNumbers(options: CallOptions = {}): Promise<Record<string, unknown>[]> {
    return this.#get('/api/widget/phone-numbers', options, readList);
  }

  /** The call history, newest first: `GET /api/widget/calls`. */
  listCalls(
    filter: CallFilter = {},
    options: CallOptions = {},
  ): Promise<{ data: CallRecord[]; total: number; limit: number; offset: number }> {
    return this.#get('/api/widget/calls', { ...options, query: { ...filter } }, readCallPage);
  }

  /** The record of one call: `GET /api/widget/calls/:id`. */
  getCall(callId: string, options: CallOptions = {}): Promise<CallRecord> {
    return this.#get(`/api/widget/calls/${encodeURIComponent(callId)}`, options, readCallRecord);
  }

  /** Statistics: `GET /api/widget/dashboard`. */
  getDashboard(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.#get('/api/widget/dashboard', options, readObject);
  }

  /**
   * Polls the record of a call until its status is terminal, and resolves with it. Rejects with an `ApiError`: `timeout` when the
   * call has not ended in time, `aborted` when the signal aborts, or the error of a request that failed.
   */
  async waitUntilEnded(callId: string, options: WaitOptions = {}): Promise<CallRecord> {
    const {
      intervalMs = 500,
      maxIntervalMs = 5_000,
      timeoutMs = Infinity,
      onRecord,
      mayBeMissing = false,
      signal,
    } = options;
    const deadline = this.#now() + timeoutMs;
    for (let pause = intervalMs; ; pause = Math.min(pause * 2, maxIntervalMs)) {
      const record = await this.getCall(callId, { signal }).catch((error: unknown) => {
        if (mayBeMissing && error instanceof ApiError && error.code === 'not-found') return null;
        throw error;
      });
      if (record) onRecord?.(record);
      if (record && isTerminal(record)) return record;
      if (this.#now() + pause > deadline) throw new ApiError('timeout', 'The call did not end in time');
      await this.#wait(pause, signal).catch(() => {
        throw new ApiError('aborted', 'The request was cancelled');
      });
    }
  }

  #get<T>(
    path: string,
    options: CallOptions & Pick<ApiRequest<T>, 'query' | 'maxRetries'>,
    parse: (json: unknown) => T,
  ): Promise<T> {
    return this.#sender.send({
      method: 'GET',
      path,
      ...options,
      read: async (response) => parse(await readJson(response)),
    });
  }

  #post<T>(path: string, body: unknown, options: PostOptions, parse: (json: unknown) => T): Promise<T> {
    return this.#sender.send({
      method: 'POST',
      path,
      body,
      signal: options.signal,
      idempotencyKey: options.idempotencyKey ?? randomId(),
      read: async (response) => parse(await readJson(response)),
    });
  }
}
