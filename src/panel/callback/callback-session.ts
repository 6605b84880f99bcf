import { ApiError } from '../../wire/api-error.js';
import { isPassing, isRefusal } from '../../wire/api-error-kind.js';
import { randomId } from '../../wire/random-id.js';
import { waitFor } from '../../async/wait-for.js';
import type { CallRecord } from '../../wire/call-record.js';
import { toJson } from '../../wire/to-json.js';
import type { OutboundBody, WidgetClient } from '../../api/widget-client.js';
import { classifyError } from '../../failures/classify-error.js';
import { toFailureReason, type FailureReason } from '../../failures/failure-reasons.js';

/** `refused`: the API does not take this number. `unwatched`: the call was placed, but its record cannot be read from here. */
export type CallbackState =
  'idle' | 'calling' | 'ringing' | 'talking' | 'ended' | 'unwatched' | 'refused' | 'failed';

export interface CallbackFailure {
  reason: FailureReason;
  /** Where the reason comes from: the record of the call, or this page. */
  source: 'server' | 'device';
  /** The pause that the API asked for; `null` when it asked for none. */
  retryAfterMs: number | null;
}

export interface CallbackStatus {
  state: CallbackState;
  /** `null` until the request has been answered. */
  callId: string | null;
  /** Set in the state `failed`. */
  failure: CallbackFailure | null;
  /** The length of a call that has ended; `null` when its record does not say. */
  durationSeconds?: number | null;
}

export interface CallbackRequest {
  client: Pick<WidgetClient, 'startOutboundCall' | 'waitUntilEnded'>;
  body: OutboundBody;
}

export interface CallbackListener {
  /** Called once per change. */
  onStatus: (status: CallbackStatus) => void;
  /** Called for logs: with the code of an error, and without the server's text, since that may repeat the number. */
  onError: (error: ApiError) => void;
}

export interface CallbackEnvironment {
  newKey?: () => string;
  now?: () => number;
  wait?: typeof waitFor;
}

const NO_CALLBACK: CallbackStatus = { state: 'idle', callId: null, failure: null };

/** The record of a call is read no longer than this. */
export const WATCH_LIMIT_MS = 30 * 60_000;
/** The record is given up when the server has answered with nothing but errors for this long. */
export const ERRORS_LIMIT_MS = 60_000;
const FIRST_LOOK_MS = 1_000;
/** A ringing phone is answered or not within seconds: the text must not lag behind it. */
const LOOK_AGAIN_MS = 3_000;

/** Places one telephone call to the visitor at a time, and reads its record while the call is looked at. Uses no DOM. */
export class CallbackSession {
  readonly #listener: CallbackListener;
  readonly #newKey: () => string;
  readonly #now: () => number;
  readonly #wait: typeof waitFor;
  readonly #abort = new AbortController();
  #status = NO_CALLBACK;
  #client: CallbackRequest['client'] | null = null;
  /** A request whose outcome is unknown is sent again with the same key: it must not become a second call. */
  #unanswered: { key: string; body: string } | null = null;
  #isLookedAt = false;
  #watch: AbortController | null = null;
  #watchUntilMs = 0;

  constructor(listener: CallbackListener, environment: CallbackEnvironment = {}) {
    this.#listener = listener;
    this.#newKey = environment.newKey ?? randomId;
    this.#now = environment.now ?? Date.now;
    this.#wait = environment.wait ?? waitFor;
  }

  get status(): CallbackStatus {
    return this.#status;
  }

  /** Whether a call was asked for and is not over yet, as far as is known. */
  get isUnderWay(): boolean {
    const { state } = this.#status;
    return state === 'calling' || state === 'ringing' || state === 'talking';
  }

  /** Asks for a call. Does nothing while one is under way. A failure is reported to the listener. */
  async request({ client, body }: CallbackRequest): Promise<void> {
    if (this.isUnderWay || this.#abort.signal.aborted) return;
    this.#client = client;
    this.#set({ state: 'calling', callId: null, failure: null });
    const { signal } = this.#abort;
    try {
      const idempotencyKey = this.#keyFor(body);
      const { callId } = await client.startOutboundCall(body, { idempotencyKey, signal });
      if (signal.aborted) return;
      this.#unanswered = null;
      this.#watchUntilMs = this.#now() + WATCH_LIMIT_MS;
      this.#set({ ...this.#status, callId });
    } catch (error) {
      if (!signal.aborted) this.#onNotPlaced(error);
      return;
    }
    await this.#follow();
  }

  /** Reads the record of the call while it is looked at, and not otherwise. The call itself goes on. */
  setLookedAt(isLookedAt: boolean): void {
    this.#isLookedAt = isLookedAt;
    if (isLookedAt) void this.#follow();
    else this.#stopWatching();
  }

  /** Forgets a call that is over. One that is under way is kept. */
  reset(): void {
    if (!this.isUnderWay) this.#set(NO_CALLBACK);
  }

  dispose(): void {
    this.#abort.abort();
    this.#stopWatching();
  }

  #keyFor(body: OutboundBody): string {
    const text = toJson(body);
    if (this.#unanswered?.body !== text) this.#unanswered = { key: this.#newKey(), body: text };
    return this.#unanswered.key;
  }

  #onNotPlaced(error: unknown): void {
    const safe = withoutServerText(error, 'could not be placed; see agent-id, phone-number-id and api-key');
    if (isRefusal(error)) this.#unanswered = null;
    this.#listener.onError(safe);
    if (isNumberRefused(error)) return this.#set({ ...NO_CALLBACK, state: 'refused' });
    this.#fail({
      reason: classifyError(safe) ?? 'unknown',
      source: 'device',
      retryAfterMs: safe.retryAfterMs,
    });
  }

  async #follow(): Promise<void> {
    const { callId } = this.#status;
    if (this.#abort.signal.aborted || this.#watch || callId === null) return;
    if (!this.#isLookedAt || !this.isUnderWay) return;
    const watch = new AbortController();
    this.#watch = watch;
    try {
      const record = await this.#readUntilEnded(callId, watch.signal);
      if (!watch.signal.aborted) this.#onEnded(record);
    } catch (error) {
      if (watch.signal.aborted) return;
      if (this.#now() < this.#watchUntilMs)
        this.#listener.onError(withoutServerText(error, 'was placed, but its record cannot be read'));
      this.#set({ ...this.#status, state: 'unwatched' });
    } finally {
      if (this.#watch === watch) this.#watch = null;
    }
  }

  /**
   * Reads the record until the call has ended. The phone that takes the call may lose its data connection meanwhile: errors
   * that pass are waited out.
   */
  async #readUntilEnded(callId: string, signal: AbortSignal): Promise<CallRecord> {
    let errorsSinceMs: number | null = null;
    for (;;) {
      try {
        if (!this.#client) throw new ApiError('not-found', 'No call was placed');
        return await this.#client.waitUntilEnded(callId, {
          intervalMs: FIRST_LOOK_MS,
          maxIntervalMs: LOOK_AGAIN_MS,
          timeoutMs: this.#watchUntilMs - this.#now(),
          mayBeMissing: true,
          signal,
          onRecord: (record) => {
            errorsSinceMs = null;
            this.#onRecord(record, signal);
          },
        });
      } catch (error) {
        const now = this.#now();
        if (signal.aborted || now >= this.#watchUntilMs || !isPassing(error)) throw error;
        errorsSinceMs = error.code === 'server-error' ? (errorsSinceMs ?? now) : null;
        if (errorsSinceMs !== null && now - errorsSinceMs >= ERRORS_LIMIT_MS) throw error;
        await this.#wait(LOOK_AGAIN_MS, signal);
      }
    }
  }

  /** The state never goes back: `connecting` after `ringing`, or an unknown status, changes nothing. */
  #onRecord({ status }: CallRecord, signal: AbortSignal): void {
    const state = status === 'ringing' || status === 'in_progress' ? PROGRESS[status] : 'calling';
    if (signal.aborted || STEPS.indexOf(state) <= STEPS.indexOf(this.#status.state)) return;
    this.#set({ ...this.#status, state });
  }

  #onEnded({ status, failureReason, durationSeconds }: CallRecord): void {
    if (status === 'failed')
      this.#fail({ reason: toFailureReason(failureReason), source: 'server', retryAfterMs: null });
    else if (status === 'no_answer' || status === 'busy')
      this.#fail({ reason: 'sip_no_answer', source: 'server', retryAfterMs: null });
    else this.#set({ ...this.#status, state: 'ended', durationSeconds });
  }

  #fail(failure: CallbackFailure): void {
    this.#set({ ...this.#status, state: 'failed', failure });
  }

  #stopWatching(): void {
    this.#watch?.abort();
    this.#watch = null;
  }

  #set(status: CallbackStatus): void {
    this.#status = status;
    this.#listener.onStatus(status);
  }
}

const PROGRESS = { ringing: 'ringing', in_progress: 'talking' } as const;
const STEPS: readonly CallbackState[] = ['calling', 'ringing', 'talking'];

function isNumberRefused(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code !== 'bad-request') return false;
  const { details } = error;
  return typeof details === 'object' && details !== null && 'destination' in details;
}

function withoutServerText(error: unknown, what: string): ApiError {
  if (!(error instanceof ApiError)) return new ApiError('network', `The callback ${what}`);
  const { code, status, retryAfterMs } = error;
  const message = `The callback ${what} (${status === null ? code : `HTTP ${status}`})`;
  return new ApiError(code, message, { status, retryAfterMs });
}
