import type { Failure } from '../failures/failure.js';
import { reasonFacts, type FailureReason } from '../failures/failure-reasons.js';
import type { CallPlan } from './call-plan.js';

/**
 * Makes the failure of a reason, with the plan's text. Never rejects: without text, `onError` gets the error and the reason is
 * the title.
 */
export async function toFailure(
  plan: CallPlan,
  reason: FailureReason,
  source: Failure['source'],
  onError: (error: unknown) => void,
): Promise<Failure> {
  try {
    return { ...(await plan.describeFailure(reason)), reason, source };
  } catch (fault) {
    onError(fault);
    return { title: reason, cause: '', whatToTry: '', ...reasonFacts(reason), reason, source };
  }
}
