import type { Failure } from '../failures/failure.js';
import { reasonFacts, type FailureReason } from '../failures/failure-reasons.js';
import type { CallPlan } from './call-plan.js';

/** The failure that a reason makes, with the plan's words. A call ends even when nobody finds words for it. */
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
