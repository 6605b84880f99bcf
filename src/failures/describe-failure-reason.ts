import type { FailureGuidance } from './failure.js';
import { FAILURE_CATALOGUE } from './failure-catalogue.js';
import { reasonFacts, toFailureReason } from './failure-reasons.js';

/**
 * Returns what a failure reason means: title, cause, on whose side it was, what to try, and whether to call again. Knows the
 * platform's reasons and the page's own; any other value gets the text of `unknown`. Never throws.
 */
export function describeFailureReason(reason: unknown): FailureGuidance {
  const { title, cause, whatToTry } = FAILURE_CATALOGUE[toFailureReason(reason)];
  return { title, cause, whatToTry, ...reasonFacts(reason) };
}
