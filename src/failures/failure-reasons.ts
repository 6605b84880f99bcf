/** On whose side a failure most likely was. */
export type Blame = 'platform' | 'caller' | 'carrier' | 'environment' | 'unknown';

/** The values of the platform's `failureReason`. */
export type CallFailureReason =
  | 'no_audio_output'
  | 'no_audio_either_direction'
  | 'idle_timeout'
  | 'provider_circuit_open'
  | 'sip_no_answer'
  | 'sip_rejected'
  | 'bot_startup_failed'
  | 'caller_hung_up_silently'
  | 'stale_sweep'
  | 'unknown';

/** Failures that only the page can detect. */
export type DeviceFailureReason =
  | 'microphone-denied'
  | 'microphone-dismissed'
  | 'microphone-blocked-by-system'
  | 'microphone-not-found'
  | 'microphone-in-use'
  | 'insecure-context'
  | 'blocked-by-permissions-policy'
  | 'in-app-browser'
  | 'playback-blocked'
  | 'agent-never-joined'
  | 'agent-silent'
  | 'caller-silent'
  | 'connection-blocked'
  | 'connection-lost'
  | 'token-expired'
  | 'call-in-another-tab'
  | 'unauthorized'
  | 'domain-not-allowed'
  | 'no-credit'
  | 'too-many-calls'
  | 'agent-not-found'
  | 'rate-limited'
  | 'server-error'
  | 'offline'
  | 'timeout'
  | 'invalid-response'
  | 'unsupported-transport';

export type FailureReason = CallFailureReason | DeviceFailureReason;

/** A further property of a reason, needed before the catalogue is loaded. */
export type FailureTrait =
  /** The network cannot carry a call. */
  | 'network'
  /** The connect request itself failed: the try counts for `CoolDown`, though there was no call. */
  | 'request'
  /** The visitor may meanwhile allow the microphone in the browser's settings. */
  | 'permission'
  /**
   * The cause is checked again before every call, without a prompt or a request: trying again costs nothing, though it is
   * unlikely to help.
   */
  | 'checked-anew';

export interface ReasonFacts {
  likelyBlame: Blame;
  retryable: boolean;
}

interface Entry extends ReasonFacts {
  traits: readonly FailureTrait[] | undefined;
}

const again = (likelyBlame: Blame, traits?: Entry['traits']): Entry => ({
  likelyBlame,
  retryable: true,
  traits,
});
const final = (likelyBlame: Blame, traits?: Entry['traits']): Entry => ({
  likelyBlame,
  retryable: false,
  traits,
});

/**
 * All reasons, the platform's first: on whose side each was, whether calling again helps, and its traits. Their texts, next steps
 * and instructions are loaded later, from `failure-catalogue.ts`.
 */
export const FAILURE_REASONS: Record<FailureReason, Entry> = {
  no_audio_output: again('platform'),
  no_audio_either_direction: again('environment'),
  idle_timeout: again('caller'),
  provider_circuit_open: again('platform'),
  sip_no_answer: again('carrier'),
  sip_rejected: final('carrier'),
  bot_startup_failed: again('platform'),
  caller_hung_up_silently: final('caller'),
  stale_sweep: again('platform'),
  unknown: final('unknown'),
  'microphone-denied': again('caller', ['permission']),
  'microphone-dismissed': again('caller', ['permission']),
  'microphone-blocked-by-system': again('environment'),
  'microphone-not-found': again('environment'),
  'microphone-in-use': again('environment'),
  'insecure-context': final('environment', ['checked-anew']),
  'blocked-by-permissions-policy': final('environment', ['checked-anew']),
  'in-app-browser': final('environment', ['checked-anew']),
  'playback-blocked': again('environment'),
  'agent-never-joined': again('platform'),
  'agent-silent': again('platform'),
  'caller-silent': again('environment'),
  'connection-blocked': again('environment', ['network']),
  'connection-lost': again('environment', ['network']),
  'token-expired': again('platform'),
  'call-in-another-tab': again('caller'),
  unauthorized: final('platform'),
  'domain-not-allowed': final('platform'),
  'no-credit': final('platform'),
  'too-many-calls': again('platform', ['request']),
  'agent-not-found': final('platform'),
  'rate-limited': again('platform', ['request']),
  'server-error': again('platform', ['request']),
  offline: again('environment', ['network']),
  timeout: again('environment', ['network', 'request']),
  'invalid-response': again('platform', ['request']),
  'unsupported-transport': final('platform'),
};

/** Returns the value when it is a known reason, else `unknown`, whatever its type. Never throws. */
export function toFailureReason(reason: unknown): FailureReason {
  return typeof reason === 'string' && Object.hasOwn(FAILURE_REASONS, reason)
    ? (reason as FailureReason)
    : 'unknown';
}

/** On whose side a failure was, and whether calling again helps. An unknown value gets the facts of `unknown`. Never throws. */
export function reasonFacts(reason: unknown): ReasonFacts {
  const { likelyBlame, retryable } = FAILURE_REASONS[toFailureReason(reason)];
  return { likelyBlame, retryable };
}

/** Whether calling again, unchanged, has a fair chance. False for an unknown value. Never throws. */
export function isRetryableFailure(reason: unknown): boolean {
  return reasonFacts(reason).retryable;
}

export function hasTrait(reason: FailureReason | undefined, trait: FailureTrait): boolean {
  return reason !== undefined && Boolean(FAILURE_REASONS[reason].traits?.includes(trait));
}
