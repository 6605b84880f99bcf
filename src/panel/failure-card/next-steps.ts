import type { FailureReason } from '../../failures/failure-reasons.js';

/** One way on after a failure. */
export type NextStep = 'try-again' | 'allow-microphone' | 'check' | 'take-over' | 'chat' | 'callback';

const AGAIN: readonly NextStep[] = ['try-again', 'chat', 'callback'];
const SOUND: readonly NextStep[] = ['try-again', 'check', 'chat', 'callback'];
const NETWORK: readonly NextStep[] = ['try-again', 'check', 'chat', 'callback'];
const MICROPHONE: readonly NextStep[] = ['try-again', 'check', 'chat', 'callback'];
const PERMISSION: readonly NextStep[] = ['try-again', 'allow-microphone', 'chat', 'callback'];
/** Nothing that the visitor can do makes a call work now. */
const OTHERWISE: readonly NextStep[] = ['chat', 'callback'];

/** The next best ways on, best first. What the site does not offer, or what cannot help now, is left out by the card. */
export const NEXT_STEPS = {
  no_audio_output: AGAIN,
  no_audio_either_direction: ['check', 'try-again', 'chat', 'callback'],
  idle_timeout: SOUND,
  provider_circuit_open: AGAIN,
  sip_no_answer: ['callback', 'try-again', 'chat'],
  sip_rejected: ['callback', 'chat'],
  bot_startup_failed: AGAIN,
  caller_hung_up_silently: OTHERWISE,
  stale_sweep: AGAIN,
  unknown: OTHERWISE,
  'microphone-denied': PERMISSION,
  'microphone-dismissed': PERMISSION,
  'microphone-blocked-by-system': MICROPHONE,
  'microphone-not-found': MICROPHONE,
  'microphone-in-use': MICROPHONE,
  'insecure-context': ['chat', 'callback', 'try-again'],
  'blocked-by-permissions-policy': ['chat', 'callback', 'try-again'],
  'in-app-browser': ['chat', 'callback', 'try-again'],
  'playback-blocked': SOUND,
  'agent-never-joined': AGAIN,
  'agent-silent': SOUND,
  'caller-silent': ['check', 'try-again', 'chat', 'callback'],
  'connection-blocked': NETWORK,
  'connection-lost': NETWORK,
  'token-expired': AGAIN,
  'call-in-another-tab': ['take-over', 'try-again', 'chat'],
  unauthorized: OTHERWISE,
  'domain-not-allowed': OTHERWISE,
  'no-credit': OTHERWISE,
  'too-many-calls': AGAIN,
  'agent-not-found': OTHERWISE,
  'rate-limited': AGAIN,
  'server-error': AGAIN,
  offline: NETWORK,
  timeout: NETWORK,
  'invalid-response': AGAIN,
  'unsupported-transport': OTHERWISE,
} satisfies Record<FailureReason, readonly NextStep[]>;
