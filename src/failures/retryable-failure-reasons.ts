import { FAILURE_REASONS, isRetryableFailure, type CallFailureReason } from './failure-reasons.js';

/**
 * The platform's reasons after which calling again has a fair chance; its words have underscores, and ours have none. In a file of
 * its own, since only the package's entry makes the list.
 */
export const RETRYABLE_FAILURE_REASONS: readonly CallFailureReason[] = Object.freeze(
  Object.keys(FAILURE_REASONS).filter(
    (reason): reason is CallFailureReason => reason.includes('_') && isRetryableFailure(reason),
  ),
);
