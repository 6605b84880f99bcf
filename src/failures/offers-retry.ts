import type { Failure } from './failure.js';
import { hasTrait } from './failure-reasons.js';

/** Whether the card offers "Try again". */
export function offersRetry({ retryable, reason }: Pick<Failure, 'retryable' | 'reason'>): boolean {
  return retryable || hasTrait(reason, 'checked-anew');
}
