import type { Blame, CallFailureReason } from '../../../src/failures/failure-reasons.js';

export interface PlatformFacts {
  title: string;
  likelyBlame: Blame;
  retryable: boolean;
  /** What a tester must be told, in whatever words around it. */
  told: RegExp[];
}

/** The platform's own table, typed in from its documentation. */
export const PLATFORM_REASONS: Record<CallFailureReason, PlatformFacts> = {
  no_audio_output: {
    title: "Bot connected but couldn't speak",
    likelyBlame: 'platform',
    retryable: true,
    told: [
      /text-to-speech|TTS/,
      /rate limit/i,
      /outage/i,
      /burst/i,
      /5 ?%/,
      /concurrent/i,
      /maxConcurrent/,
      /TTS provider/,
    ],
  },
  no_audio_either_direction: {
    title: 'Neither side produced audio',
    likelyBlame: 'environment',
    retryable: true,
    told: [
      /network connected/i,
      /microphone/i,
      /dead/i,
      /negotiated/i,
      /permission/i,
      /speaker/i,
      /mute/i,
      /quiet/i,
    ],
  },
  idle_timeout: {
    title: 'No activity for too long',
    likelyBlame: 'caller',
    retryable: true,
    told: [/nobody spoke/i, /idle window/i, /5 min/i, /30 s/i, /welcome/i],
  },
  provider_circuit_open: {
    title: 'Provider error storm',
    likelyBlame: 'platform',
    retryable: true,
    told: [/(3|three) or more/i, /TTS/, /STT/, /LLM/, /60 s/i, /on purpose/i, /health/i, /backup/i],
  },
  sip_no_answer: {
    title: "The number didn't pick up",
    likelyBlame: 'carrier',
    retryable: true,
    told: [/rang out/i, /busy/i, /reached|unreachable/i, /line is live/i],
  },
  sip_rejected: {
    title: 'Carrier rejected the call',
    likelyBlame: 'carrier',
    retryable: false,
    told: [/invalid/i, /blocked/i, /permission/i, /E\.164/],
  },
  bot_startup_failed: {
    title: "Bot couldn't start in time",
    likelyBlame: 'platform',
    retryable: true,
    told: [/15 s/i, /first call after a deploy/i],
  },
  caller_hung_up_silently: {
    title: 'Caller answered and immediately hung up',
    likelyBlame: 'caller',
    retryable: false,
    told: [/1 ?(to|–|-) ?2 s/i, /before the welcome/i, /shorter welcome/i],
  },
  stale_sweep: {
    title: 'Call was orphaned',
    likelyBlame: 'platform',
    retryable: true,
    told: [/process died/i, /sweeper/i, /late/i, /1 ?%/],
  },
  unknown: {
    title: 'Unclassified failure',
    likelyBlame: 'unknown',
    retryable: false,
    told: [/events/i, /support@osmapi\.com/],
  },
};
