import type { Blame, FailureReason } from './failure-reasons.js';

/** What `describeFailureReason` returns; the site may put a function with this shape in its place. */
export interface FailureGuidance {
  title: string;
  /** What most likely happened. */
  cause: string;
  likelyBlame: Blame;
  /** What to do about it. */
  whatToTry: string;
  /** Whether calling again, unchanged, has a fair chance. */
  retryable: boolean;
}

/** One failure, as events carry it. `source` says who found out: the platform's record, or this page's own measurement. */
export interface Failure extends FailureGuidance {
  reason: FailureReason;
  source: 'server' | 'device';
}
