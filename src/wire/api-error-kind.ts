import { ApiError, type ApiErrorCode } from './api-error.js';

/** `passing`: the same may work in a while. `refused`: the API has said no, and another try is another request. */
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

/** Whether the same request may work in a while. */
export function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && KINDS[error.code] === 'passing';
}

/** Whether the API has said no. After anything else it may have done what was asked. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && KINDS[error.code] === 'refused';
}
