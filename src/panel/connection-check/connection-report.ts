import type { FailureReason } from '../../failures/failure-reasons.js';
import type { LinkStats } from '../../voice/link-stats.js';

/** What a connection check found out, figure by figure. Holds no address, no key and nothing that was said. */
export interface CheckDetails {
  microphone: {
    /** The loudest sound, 0 to 1. */
    level: number | null;
    reason: FailureReason | null;
  };
  speaker: { played: boolean };
  /** `reachable`, or the browser's name for the error. */
  api: { answer: string };
  signalling: { reason: FailureReason | null };
  media: Pick<LinkStats, 'protocol' | 'localCandidateType' | 'remoteCandidateType'> & {
    reason: FailureReason | null;
  };
  quality: Pick<
    LinkStats,
    | 'roundTripMs'
    | 'jitterMs'
    | 'lossPercent'
    | 'remoteLossPercent'
    | 'concealedSamplesPercent'
    | 'packetsReceived'
    | 'packetsSent'
    | 'codec'
  > & { reason: FailureReason | null };
}

export type CheckName = keyof CheckDetails;

type ResultOf<Name extends CheckName> = {
  [Each in Name]: {
    check: Each;
    /** `null`: it could not be checked. */
    ok: boolean | null;
    detail: CheckDetails[Each];
    /** How long it took, in milliseconds. */
    ms: number;
  };
}[Name];

export type CheckResult = ResultOf<CheckName>;

/** All checks, in the order in which they are shown. */
export const CHECKS: readonly CheckName[] = [
  'microphone',
  'speaker',
  'api',
  'signalling',
  'media',
  'quality',
];

export interface ConnectionReport {
  /** `null`: nothing failed, but not everything could be checked. */
  ok: boolean | null;
  /** One for every check, in the order of `CHECKS`. */
  results: readonly CheckResult[];
  /** How long the whole check took, in milliseconds, with the visitor's answer about the microphone. */
  ms: number;
}

export function toReport(results: readonly CheckResult[], ms: number): ConnectionReport {
  const sorted = CHECKS.flatMap((name) => results.filter(({ check }) => check === name));
  return { ok: summary(sorted), results: sorted, ms };
}

function summary(results: readonly CheckResult[]): boolean | null {
  if (results.some(({ ok }) => ok === false)) return false;
  return results.some(({ ok }) => ok === null) ? null : true;
}
