import type { Failure } from './failure.js';
import type { FailureReason } from './failure-reasons.js';

/** Looked at anew before every call, without asking anybody: trying again costs nothing, though it has little chance by itself. */
const CHECKED_ANEW: readonly FailureReason[] = [
  'insecure-context',
  'blocked-by-permissions-policy',
  'in-app-browser',
];

/** Whether the card offers "Try again". */
export function offersRetry({ retryable, reason }: Pick<Failure, 'retryable' | 'reason'>): boolean {
  return retryable || CHECKED_ANEW.includes(reason);
}
