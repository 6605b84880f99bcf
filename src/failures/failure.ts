import type { Blame, FailureReason } from './failure-reasons.js';

/** What `describeFailureReason` returns; the site may put a function with this shape in its place. */
export interface FailureGuidance {
  title: string;
  /** What most likely caused the failure. */
  cause: string;
  likelyBlame: Blame;
  /** What to do about the failure. */
  whatToTry: string;
  /** Whether calling again, unchanged, has a fair chance. */
  retryable: boolean;
}

/**
 * One failure, as events carry it. `source` says where the reason comes from: the platform's record (`server`), or this page's
 * own measurement (`device`).
 */
export interface Failure extends FailureGuidance {
  reason: FailureReason;
  source: 'server' | 'device';
}
