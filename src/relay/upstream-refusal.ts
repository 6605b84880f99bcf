import { parseRetryAfter } from '../wire/retry-after.js';
import { isObject } from './read-json.js';
import { RelayError, type RelayErrorCode } from './relay-error.js';

/** What an upstream's error answer means, as that upstream's own code reads it. */
export interface Refusal {
  /** Set when the status alone is not enough. */
  code?: RelayErrorCode;
  /** The fields of the page's body that the upstream complains about. */
  fields?: readonly string[];
}

export type ReadRefusal = (status: number, body: unknown) => Refusal;

/** No page is asked to wait longer than this. */
const LONGEST_RETRY_AFTER_SECONDS = 3600;

/**
 * Returns the page's error for an upstream's answer that is not 2xx. The upstream's own text is not passed on: it may name
 * keys, agents and people. A key that is refused is the fault of the site, not of its visitor, and so is not passed on as 401
 * or 403.
 */
export function refusalFor(response: Response, body: unknown, read?: ReadRefusal): RelayError {
  const { status } = response;
  const { code = codeFor(status, body), fields = [] } = read?.(status, body) ?? {};
  const isServerError = code === 'upstream_error' && status >= 500 && status <= 599;
  return new RelayError(code, {
    ...(isServerError && { status }),
    upstreamStatus: status,
    retryAfterSeconds: readRetryAfter(response.headers.get('retry-after')),
    ...(fields.length > 0 && {
      details: Object.fromEntries(fields.map((field) => [field, ['was not accepted']])),
    }),
  });
}

function codeFor(status: number, body: unknown): RelayErrorCode {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'upstream_denied';
    case 402:
      return 'no_credit';
    case 404:
      return 'agent_not_found';
    case 408:
      return 'upstream_timeout';
    case 409:
      return 'upstream_conflict';
    case 429:
      return /concurren|too.?many.?calls|busy/i.test(wordsOf(body)) ? 'too_many_calls' : 'rate_limited';
    default:
      return status >= 500 ? 'upstream_error' : 'bad_request';
  }
}

function wordsOf(body: unknown): string {
  if (!isObject(body)) return '';
  return [body.code, body.error, body.message, body.reason]
    .filter((word) => typeof word === 'string')
    .join(' ');
}

/** Returns `Retry-After` in whole seconds; `undefined` when it is missing or cannot be read. */
function readRetryAfter(header: string | null): number | undefined {
  const ms = parseRetryAfter(header, Date.now());
  return ms === null ? undefined : Math.min(LONGEST_RETRY_AFTER_SECONDS, Math.ceil(ms / 1000));
}
