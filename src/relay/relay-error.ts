import { ApiError } from '../wire/api-error.js';

/** The refusals: the `error` code, the status and the message. The widget's client tells errors apart by code and status. */
const REFUSALS = {
  origin_not_allowed: [403, 'This origin is not allowed here.'],
  not_authorized: [403, 'This visitor is not allowed to do this.'],
  bot_check_failed: [403, 'The check for automated visitors was not passed.'],
  not_found: [404, 'There is nothing here.'],
  not_offered: [404, 'This is not offered by this upstream.'],
  agent_not_found: [404, 'There is no agent of this id.'],
  call_not_found: [404, 'There is no call of this id.'],
  bad_request: [400, 'The request is not well formed.'],
  not_json: [415, 'The body must be JSON, with the content type application/json.'],
  body_too_large: [413, 'The body is too large.'],
  body_was_read: [500, 'The body was read before the relay got it. Mount the relay before body parsers.'],
  body_timeout: [408, 'The body did not arrive in time.'],
  idempotency_conflict: [409, 'This Idempotency-Key was used with another body.'],
  rate_limited: [429, 'Too many requests. Please slow down.'],
  too_many_calls: [429, 'All lines are in use.'],
  no_credit: [402, 'There is no credit left.'],
  upstream_conflict: [409, 'The upstream reports a conflict.'],
  upstream_timeout: [504, 'The upstream did not answer in time.'],
  upstream_unreachable: [502, 'The upstream could not be reached.'],
  upstream_denied: [502, 'The upstream did not accept the relay.'],
  upstream_redirected: [502, 'The upstream answered with a redirect.'],
  upstream_error: [502, 'The upstream failed.'],
  unsupported_transport: [424, 'The upstream carries its calls in a way that the widget cannot.'],
  bad_answer: [502, 'The answer of the upstream could not be read.'],
  store_failed: [503, 'The rate limit could not be checked.'],
  relay_failed: [500, 'The relay failed.'],
  // No page reads this one: the page has gone.
  client_gone: [499, 'The request was cancelled.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** The `error` of a refusal's JSON body. */
export type RelayErrorCode = keyof typeof REFUSALS;

export interface RelayErrorFacts {
  /** Replaces the code's own message; never the upstream's text. */
  message?: string | undefined;
  /** Replaces the code's own status: a 5xx of the upstream is passed on as it is. */
  status?: number;
  /** Sent as `Retry-After`, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** The fields of the page that are invalid, with what is wrong with each; never the upstream's text. */
  details?: Record<string, string[]> | undefined;
  /** The status of the upstream's answer, for the audit hook alone. */
  upstreamStatus?: number | undefined;
  /** The error behind this one, for the server's debugger; never sent. */
  cause?: unknown;
}

/** An answer that is not a success. Thrown anywhere below the relay, turned into a response in one place. */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly details: Record<string, string[]> | undefined;
  readonly upstreamStatus: number | undefined;

  constructor(
    readonly code: RelayErrorCode,
    facts: RelayErrorFacts = {},
  ) {
    super(facts.message ?? REFUSALS[code][1], { cause: facts.cause });
    this.status = facts.status ?? REFUSALS[code][0];
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.details = facts.details;
    this.upstreamStatus = facts.upstreamStatus;
  }

  toResponse(): Response {
    const { code, message, details, retryAfterSeconds } = this;
    return Response.json(
      { error: code, message, ...(details && { details }) },
      {
        // 499 is not a standard status, and nobody receives this response.
        status: code === 'client_gone' ? 408 : this.status,
        headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
      },
    );
  }
}

/** Returns the error as it is, or as `relay_failed`: an error that was not foreseen is the relay's own fault. */
export function toRelayError(error: unknown): RelayError {
  return error instanceof RelayError ? error : new RelayError('relay_failed', { cause: error });
}

/** Returns a 400 for one field of the page's body. */
export function badField(field: string, problem: string): RelayError {
  return new RelayError('bad_request', { details: { [field]: [problem] } });
}

/** Runs a reader of `wire/`. Throws its `ApiError` as a `RelayError`. */
export function readWire<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw ofWire(error);
  }
}

/** Like `readWire`, for items that are read one after the other. */
export function* readAllWire<T>(items: Iterable<T>): Generator<T, void> {
  try {
    yield* items;
  } catch (error) {
    throw ofWire(error);
  }
}

/** Turns an `ApiError` into a `RelayError`: the upstream failed, broke off, or cannot be understood. */
function ofWire(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const code = error.code === 'server-error' ? 'upstream_error' : 'bad_answer';
  return new RelayError(error.code === 'network' ? 'upstream_unreachable' : code, { cause: error });
}
