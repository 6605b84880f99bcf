import type { VisitorGuidance } from '../i18n/en-later/visitor-guidance.js';
import type { Messages } from '../i18n/messages.en.js';
import type { Failure, FailureGuidance } from './failure.js';
import type { FailureReason } from './failure-reasons.js';

/** The text of failures. The panel's card implements this interface. */
export interface FailureWords {
  /**
   * Resolves with the site's own text, or with the built-in one where the site has none or its function throws. Never rejects.
   */
  describe(reason: FailureReason): Promise<FailureGuidance>;
  /** The text for the panel's audience (visitors or testers) about a described failure. */
  guidanceFor(failure: Failure, words: Messages): VisitorGuidance;
}
