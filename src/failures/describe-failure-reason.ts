import type { FailureGuidance } from './failure.js';
import { REASON_FACTS, toFailureReason } from './failure-reasons.js';
import { TESTER_GUIDANCE } from './tester-guidance.js';

/**
 * What a failure reason means: title, cause, on whose side it was, what to try, and whether to call again. Knows the
 * platform's reasons and the page's own; everything else reads as `unknown`. Never throws.
 */
export function describeFailureReason(reason: unknown): FailureGuidance {
  const known = toFailureReason(reason);
  return { ...TESTER_GUIDANCE[known], ...REASON_FACTS[known] };
}
