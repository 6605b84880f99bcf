/** On whose side a failure most likely was. */
export type Blame = 'platform' | 'caller' | 'carrier' | 'environment' | 'unknown';

/** The platform's `failureReason` words. */
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

/** Failures that only the page can see. */
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

interface ReasonFacts {
  likelyBlame: Blame;
  retryable: boolean;
}

const again = (likelyBlame: Blame): ReasonFacts => ({ likelyBlame, retryable: true });
const final = (likelyBlame: Blame): ReasonFacts => ({ likelyBlame, retryable: false });

/** Blame and retryability of every reason: the platform's facts for its ten, ours for the page's own. */
export const REASON_FACTS = {
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
  'microphone-denied': again('caller'),
  'microphone-dismissed': again('caller'),
  'microphone-blocked-by-system': again('environment'),
  'microphone-not-found': again('environment'),
  'microphone-in-use': again('environment'),
  'insecure-context': final('environment'),
  'blocked-by-permissions-policy': final('environment'),
  'in-app-browser': final('environment'),
  'playback-blocked': again('environment'),
  'agent-never-joined': again('platform'),
  'agent-silent': again('platform'),
  'caller-silent': again('environment'),
  'connection-blocked': again('environment'),
  'connection-lost': again('environment'),
  'token-expired': again('platform'),
  'call-in-another-tab': again('caller'),
  unauthorized: final('platform'),
  'domain-not-allowed': final('platform'),
  'no-credit': final('platform'),
  'too-many-calls': again('platform'),
  'agent-not-found': final('platform'),
  'rate-limited': again('platform'),
  'server-error': again('platform'),
  offline: again('environment'),
  timeout: again('environment'),
  'invalid-response': again('platform'),
  'unsupported-transport': final('platform'),
} satisfies Record<FailureReason, ReasonFacts>;

/** The platform's reasons after which calling again has a fair chance. */
export const RETRYABLE_FAILURE_REASONS: readonly CallFailureReason[] = Object.freeze([
  'no_audio_output',
  'no_audio_either_direction',
  'idle_timeout',
  'provider_circuit_open',
  'sip_no_answer',
  'bot_startup_failed',
  'stale_sweep',
] satisfies CallFailureReason[]);

/** Anything that is not a reason of the table (another string, `null`, a number …) is `unknown`. */
export function toFailureReason(reason: unknown): FailureReason {
  return typeof reason === 'string' && Object.hasOwn(REASON_FACTS, reason)
    ? (reason as FailureReason)
    : 'unknown';
}

/** Whether calling again, unchanged, has a fair chance. Unknown words are not retryable. */
export function isRetryableFailure(reason: unknown): boolean {
  return REASON_FACTS[toFailureReason(reason)].retryable;
}
