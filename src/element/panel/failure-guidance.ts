import type { Failure, FailureGuidance } from '../../failures/failure.js';
import type { FailureReason } from '../../failures/failure-reasons.js';
import type { Messages } from '../../i18n/messages.en.js';
import { visitorGuidanceEn, type VisitorGuidance } from '../../i18n/visitor-guidance.en.js';

export { describeFailureReason } from '../../failures/describe-failure-reason.js';
export { cardStyles } from './styles/card-styles.js';
export { failureCardView } from './views/failure-card-view.js';

// Here the two tables meet: a reason without words for visitors does not compile.
const byReason: Record<FailureReason, VisitorGuidance> = visitorGuidanceEn;

interface Speakers {
  audience: 'visitor' | 'tester';
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
}

/** The words of a failure for this audience. A site's own `describeFailure` speaks to both. */
export function guidanceFor(
  failure: Failure,
  { audience, describeFailure }: Speakers,
  words: Messages,
): VisitorGuidance {
  if (audience === 'tester' || describeFailure) return failure;
  return words.guidance?.[failure.reason] ?? byReason[failure.reason];
}
