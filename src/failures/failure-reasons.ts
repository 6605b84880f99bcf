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

/** What else follows from a reason at once. */
export type FailureTrait =
  /** The network does not carry a call. */
  | 'network'
  /** The connect request itself failed: the try counts, though there was no call. */
  | 'request'
  /** The visitor may allow the microphone in the settings meanwhile. */
  | 'permission'
  /** Looked at anew before every call, without asking anybody: trying again costs nothing, though it has little chance by itself. */
  | 'checked-anew';

export interface ReasonFacts {
  likelyBlame: Blame;
  retryable: boolean;
}

type Entry = readonly [likelyBlame: Blame, retryable: boolean, ...traits: FailureTrait[]];

const again = (blame: Blame, ...traits: FailureTrait[]): Entry => [blame, true, ...traits];
const final = (blame: Blame, ...traits: FailureTrait[]): Entry => [blame, false, ...traits];

/** The platform's reasons, with what follows from each at once. */
const PLATFORM_REASONS = {
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
} satisfies Record<CallFailureReason, Entry>;

/** Ours, with what follows from each at once. */
const DEVICE_REASONS = {
  'microphone-denied': again('caller', 'permission'),
  'microphone-dismissed': again('caller', 'permission'),
  'microphone-blocked-by-system': again('environment'),
  'microphone-not-found': again('environment'),
  'microphone-in-use': again('environment'),
  'insecure-context': final('environment', 'checked-anew'),
  'blocked-by-permissions-policy': final('environment', 'checked-anew'),
  'in-app-browser': final('environment', 'checked-anew'),
  'playback-blocked': again('environment'),
  'agent-never-joined': again('platform'),
  'agent-silent': again('platform'),
  'caller-silent': again('environment'),
  'connection-blocked': again('environment', 'network'),
  'connection-lost': again('environment', 'network'),
  'token-expired': again('platform'),
  'call-in-another-tab': again('caller'),
  unauthorized: final('platform'),
  'domain-not-allowed': final('platform'),
  'no-credit': final('platform'),
  'too-many-calls': again('platform', 'request'),
  'agent-not-found': final('platform'),
  'rate-limited': again('platform', 'request'),
  'server-error': again('platform', 'request'),
  offline: again('environment', 'network'),
  timeout: again('environment', 'network', 'request'),
  'invalid-response': again('platform', 'request'),
  'unsupported-transport': final('platform'),
} satisfies Record<DeviceFailureReason, Entry>;

/** What follows later (words, ways on, steps) is in `failure-catalogue.ts`. */
const REASONS: Record<FailureReason, Entry> = { ...PLATFORM_REASONS, ...DEVICE_REASONS };

/** The platform's reasons after which calling again has a fair chance. */
export const RETRYABLE_FAILURE_REASONS: readonly CallFailureReason[] = /* @__PURE__ */ Object.freeze(
  (Object.keys(PLATFORM_REASONS) as CallFailureReason[]).filter(isRetryableFailure),
);

/** Anything that is not a reason of the tables (another string, `null`, a number …) is `unknown`. */
export function toFailureReason(reason: unknown): FailureReason {
  return typeof reason === 'string' && Object.hasOwn(REASONS, reason) ? (reason as FailureReason) : 'unknown';
}

/** On whose side a failure was, and whether calling again helps. Unknown words are `unknown`. */
export function reasonFacts(reason: unknown): ReasonFacts {
  const [likelyBlame, retryable] = REASONS[toFailureReason(reason)];
  return { likelyBlame, retryable };
}

/** Whether calling again, unchanged, has a fair chance. Unknown words are not retryable. */
export function isRetryableFailure(reason: unknown): boolean {
  return reasonFacts(reason).retryable;
}

export function hasTrait(reason: FailureReason | undefined, trait: FailureTrait): boolean {
  return reason !== undefined && REASONS[reason].slice(2).includes(trait);
}
