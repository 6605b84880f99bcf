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

/**
 * Whose side it was, and what else is to be known: `final`, calling again does not help, and the traits. One string, since every
 * page keeps the table in memory.
 */
type Entry =
  Blame | `${Blame} ${'final' | FailureTrait}` | `${Blame} ${'final' | FailureTrait} ${FailureTrait}`;

/**
 * All reasons, the platform's first: on whose side each was, whether calling again helps, and its traits. Their texts, next steps
 * and instructions are loaded later, from `failure-catalogue.ts`.
 */
export const FAILURE_REASONS: Record<FailureReason, Entry> = {
  no_audio_output: 'platform',
  no_audio_either_direction: 'environment',
  idle_timeout: 'caller',
  provider_circuit_open: 'platform',
  sip_no_answer: 'carrier',
  sip_rejected: 'carrier final',
  bot_startup_failed: 'platform',
  caller_hung_up_silently: 'caller final',
  stale_sweep: 'platform',
  unknown: 'unknown final',
  'microphone-denied': 'caller permission',
  'microphone-dismissed': 'caller permission',
  'microphone-blocked-by-system': 'environment',
  'microphone-not-found': 'environment',
  'microphone-in-use': 'environment',
  'insecure-context': 'environment final checked-anew',
  'blocked-by-permissions-policy': 'environment final checked-anew',
  'in-app-browser': 'environment final checked-anew',
  'playback-blocked': 'environment',
  'agent-never-joined': 'platform',
  'agent-silent': 'platform',
  'caller-silent': 'environment',
  'connection-blocked': 'environment network',
  'connection-lost': 'environment network',
  'token-expired': 'platform',
  'call-in-another-tab': 'caller',
  unauthorized: 'platform final',
  'domain-not-allowed': 'platform final',
  'no-credit': 'platform final',
  'too-many-calls': 'platform request',
  'agent-not-found': 'platform final',
  'rate-limited': 'platform request',
  'server-error': 'platform request',
  offline: 'environment network',
  timeout: 'environment network request',
  'invalid-response': 'platform request',
  'unsupported-transport': 'platform final',
};

/** Returns the value when it is a known reason, else `unknown`, whatever its type. Never throws. */
export function toFailureReason(reason: unknown): FailureReason {
  return typeof reason === 'string' && Object.hasOwn(FAILURE_REASONS, reason)
    ? (reason as FailureReason)
    : 'unknown';
}

/** On whose side a failure was, and whether calling again helps. An unknown value gets the facts of `unknown`. Never throws. */
export function reasonFacts(reason: unknown): ReasonFacts {
  const entry = FAILURE_REASONS[toFailureReason(reason)];
  return { likelyBlame: entry.split(' ')[0] as Blame, retryable: !entry.includes('final') };
}

/** Whether calling again, unchanged, has a fair chance. False for an unknown value. Never throws. */
export function isRetryableFailure(reason: unknown): boolean {
  return reasonFacts(reason).retryable;
}

export function hasTrait(reason: FailureReason | undefined, trait: FailureTrait): boolean {
  return reason !== undefined && FAILURE_REASONS[reason].includes(trait);
}
