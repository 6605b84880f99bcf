import type { CheckResult } from '../../src/panel/connection-check/connection-report.js';

export const QUALITY = {
  roundTripMs: 40.2,
  jitterMs: 3,
  lossPercent: 0,
  remoteLossPercent: null,
  concealedSamplesPercent: 0,
  packetsReceived: 150,
  packetsSent: 150,
  codec: 'opus',
  reason: null,
};

export const MEDIA = {
  protocol: 'udp',
  localCandidateType: 'host',
  remoteCandidateType: 'srflx',
  reason: null,
} as const;

/** A connection check in which everything works. */
export const PASSED: readonly CheckResult[] = [
  { check: 'microphone', ok: true, detail: { level: 0.4, reason: null }, ms: 300 },
  { check: 'speaker', ok: true, detail: { played: true }, ms: 350 },
  { check: 'api', ok: true, detail: { answer: 'reachable' }, ms: 30 },
  { check: 'signalling', ok: true, detail: { reason: null }, ms: 180 },
  { check: 'media', ok: true, detail: MEDIA, ms: 120 },
  { check: 'quality', ok: true, detail: QUALITY, ms: 3_000 },
];
