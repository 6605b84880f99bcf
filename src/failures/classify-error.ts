import { ApiError, type ApiErrorCode } from '../wire/api-error.js';
import { VoiceError } from '../voice/voice-error.js';
import type { DeviceFailureReason } from './failure-reasons.js';

const API_REASONS = {
  'bad-request': 'invalid-response',
  'too-large': 'invalid-response',
  unauthorized: 'unauthorized',
  'scope-missing': 'unauthorized',
  'domain-not-allowed': 'domain-not-allowed',
  'no-credit': 'no-credit',
  'not-found': 'agent-not-found',
  timeout: 'timeout',
  conflict: 'server-error',
  'too-many-calls': 'too-many-calls',
  'rate-limited': 'rate-limited',
  'server-error': 'server-error',
  offline: 'offline',
  network: 'timeout',
  'invalid-response': 'invalid-response',
  'unsupported-transport': 'unsupported-transport',
} satisfies Record<Exclude<ApiErrorCode, 'aborted'>, DeviceFailureReason>;

/** The failure reason of any thrown value; `unknown` for one that no rule knows, `null` for a cancellation. */
export function classifyError(error: unknown): DeviceFailureReason | 'unknown' | null {
  if (error instanceof ApiError) return error.code === 'aborted' ? null : API_REASONS[error.code];
  if (error instanceof VoiceError) return error.code;
  if (isNamed(error, 'AbortError')) return null;
  if (isNamed(error, 'TimeoutError')) return 'timeout';
  // A chunk of this package that could not be fetched is a network fault, like an API that cannot be reached.
  if (error instanceof TypeError && /import|module|fetch/i.test(error.message)) return 'timeout';
  return 'unknown';
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === name;
}
