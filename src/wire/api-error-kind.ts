import { ApiError, type ApiErrorCode } from './api-error.js';

/**
 * `passing`: the same request may succeed later. `refused`: the API has refused the request, and another try is a new request.
 */
const KINDS: Record<ApiErrorCode, 'passing' | 'refused' | null> = {
  'bad-request': 'refused',
  'too-large': 'refused',
  unauthorized: 'refused',
  'scope-missing': 'refused',
  'domain-not-allowed': 'refused',
  'no-credit': 'refused',
  'not-found': 'refused',
  timeout: 'passing',
  conflict: 'refused',
  'too-many-calls': 'passing',
  'rate-limited': 'passing',
  'server-error': 'passing',
  offline: 'passing',
  network: 'passing',
  aborted: null,
  'invalid-response': null,
  'unsupported-transport': null,
};

/** Whether the same request may succeed later. False for anything but an `ApiError`. */
export function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && KINDS[error.code] === 'passing';
}

/** Whether the API has refused the request. After any other error the API may have done what was asked. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && KINDS[error.code] === 'refused';
}
