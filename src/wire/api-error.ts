/**
 * Every way in which a request to the widget API can fail, one code for each decision that a caller makes. The status and the
 * server's text stay on the error for logs; people are shown the guidance of `failures/`, never that text.
 */
export type ApiErrorCode =
  | 'bad-request'
  | 'too-large'
  | 'unauthorized'
  | 'scope-missing'
  | 'domain-not-allowed'
  | 'no-credit'
  | 'not-found'
  | 'timeout'
  | 'conflict'
  | 'too-many-calls'
  | 'rate-limited'
  | 'server-error'
  | 'offline'
  | 'network'
  | 'aborted'
  | 'invalid-response'
  | 'unsupported-transport';

export interface ApiErrorFacts {
  /** HTTP status, or `null` when no answer arrived. */
  status?: number | null;
  /** Field errors of a 400, as the server sent them. */
  details?: unknown;
  /** The pause that `Retry-After` asked for, in milliseconds. */
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** Thrown by every method of `WidgetClient`. `message` is for logs; `code` is for decisions. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number | null;
  readonly details: unknown;
  readonly retryAfterMs: number | null;

  constructor(code: ApiErrorCode, message: string, facts: ApiErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.code = code;
    this.status = facts.status ?? null;
    this.details = facts.details;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Turns a non-2xx answer into its error. `body` is the parsed JSON, the text, or undefined. */
export function apiErrorFromResponse(
  response: Response,
  body: unknown,
  retryAfterMs: number | null,
): ApiError {
  const fields = isObject(body) ? body : {};
  const words = [fields.code, fields.error, fields.message, fields.reason]
    .filter((word): word is string => typeof word === 'string')
    .join(' ')
    .toLowerCase();
  const code = codeForStatus(response.status, words);
  const said = typeof fields.message === 'string' ? `: ${fields.message.slice(0, 200)}` : '';
  return new ApiError(code, `The widget API answered ${response.status}${said}`, {
    status: response.status,
    details: fields.details,
    retryAfterMs,
  });
}

function codeForStatus(status: number, words: string): ApiErrorCode {
  switch (status) {
    case 401:
    case 403:
      if (/domain|origin|referer|referrer/.test(words)) return 'domain-not-allowed';
      if (/scope|permission/.test(words)) return 'scope-missing';
      return 'unauthorized';
    case 402:
      return 'no-credit';
    case 404:
      return 'not-found';
    case 408:
      return 'timeout';
    case 409:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return /concurren|too.?many.?calls|busy/.test(words) ? 'too-many-calls' : 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'bad-request';
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
