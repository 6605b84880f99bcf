import type { VisitorGuidance } from '../i18n/en-later/visitor-guidance.js';
import type { Messages } from '../i18n/messages.en.js';
import type { Failure, FailureGuidance } from './failure.js';
import type { FailureReason } from './failure-reasons.js';

/** What is said of failures. The panel's card implements it. */
export interface FailureWords {
  /** The site's own words; the built-in ones where it has none, or throws. Never rejects. */
  describe(reason: FailureReason): Promise<FailureGuidance>;
  /** What the panel's audience reads of a failure that has been described. */
  guidanceFor(failure: Failure, words: Messages): VisitorGuidance;
}
