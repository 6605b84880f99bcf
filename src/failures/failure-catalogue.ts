import type { FailureMessages } from '../i18n/en-later/failure-messages.js';
import type { FailureReason } from './failure-reasons.js';

/** One thing that the card can offer after a failure. */
export type NextStep = 'try-again' | 'allow-microphone' | 'check' | 'take-over' | 'chat' | 'callback';

/** The text and the offers of a failure card. The text for visitors is in the language files. */
export interface FailureEntry {
  /** The title that a tester of an agent reads: the platform's own. English only, like all text for testers. */
  title: string;
  /** The cause, in the platform's own terms. */
  cause: string;
  /** One thing for the tester to do. */
  whatToTry: string;
  /** What the card offers, best first. The card leaves out what the site does not offer and what cannot help now. */
  nextSteps: readonly NextStep[];
  /** The instructions for the visitor: a text of the interface, or those for this browser or this operating system. */
  steps?: keyof FailureMessages | 'allow-microphone' | 'unblock-microphone';
}

const AGAIN: readonly NextStep[] = ['try-again', 'chat', 'callback'];
const AGAIN_OR_CHECK: readonly NextStep[] = ['try-again', 'check', 'chat', 'callback'];
const PERMISSION: readonly NextStep[] = ['try-again', 'allow-microphone', 'chat', 'callback'];
/** For failures after which nothing that the visitor can do makes a call work now. */
const OTHERWISE: readonly NextStep[] = ['chat', 'callback'];

/** The texts and offers of every reason, loaded late. The compiler requires an entry for each reason. */
export const FAILURE_CATALOGUE: Record<FailureReason, FailureEntry> = {
  no_audio_output: {
    title: "Bot connected but couldn't speak",
    cause:
      'The agent joined, but text-to-speech produced no sound: most often a rate limit or an outage of the TTS provider during a burst of calls.',
    whatToTry:
      'Call again. If this happens on more than 5 % of concurrent calls, lower `maxConcurrent` or change the TTS provider.',
    nextSteps: AGAIN,
  },
  no_audio_either_direction: {
    title: 'Neither side produced audio',
    cause:
      'The network connected, but no sound went either way: the microphone is off, the line is dead, or audio was not negotiated.',
    whatToTry:
      'Check the microphone permission, the mute switch and the speaker, then call again from a quiet place.',
    nextSteps: ['check', 'try-again', 'chat', 'callback'],
  },
  idle_timeout: {
    title: 'No activity for too long',
    cause: 'Nobody spoke for the whole idle window (5 minutes unless the agent sets another).',
    whatToTry: 'Call again and speak within 30 seconds of the welcome.',
    nextSteps: AGAIN_OR_CHECK,
  },
  provider_circuit_open: {
    title: 'Provider error storm',
    cause: 'Three or more TTS, STT or LLM errors within 60 seconds; the platform ended the call on purpose.',
    whatToTry: "Look at the provider's health page, configure a backup provider, and call again.",
    nextSteps: AGAIN,
  },
  sip_no_answer: {
    title: "The number didn't pick up",
    cause: 'The phone rang out, was busy, or could not be reached.',
    whatToTry: 'Verify that the line is live, then place the call again.',
    nextSteps: ['callback', 'try-again', 'chat'],
  },
  sip_rejected: {
    title: 'Carrier rejected the call',
    cause: 'The number is invalid or blocked, or the trunk has no permission to call that country.',
    whatToTry:
      "Check that the number is in E.164 form (+ country code) and that the trunk's geographic permissions allow it.",
    nextSteps: ['callback', 'chat'],
  },
  bot_startup_failed: {
    title: "Bot couldn't start in time",
    cause: 'The agent was not ready within 15 seconds; most often the first call after a deploy.',
    whatToTry: 'Call again: the second call usually finds a warm agent.',
    nextSteps: AGAIN,
  },
  caller_hung_up_silently: {
    title: 'Caller answered and immediately hung up',
    cause: 'The caller left within 1 to 2 seconds, before the welcome had ended.',
    whatToTry: 'A shorter welcome keeps more callers on the line.',
    nextSteps: OTHERWISE,
  },
  stale_sweep: {
    title: 'Call was orphaned',
    cause: "The agent's process died during the call; a sweeper found it later, so the reason arrives late.",
    whatToTry: 'Call again. More than 1 % of calls ending like this is worth a report to support@osmapi.com.',
    nextSteps: AGAIN,
  },
  unknown: {
    title: 'Unclassified failure',
    cause: 'The platform recorded no reason that this version of the widget knows.',
    whatToTry: "Look at the call's events, and send the call id to support@osmapi.com.",
    nextSteps: OTHERWISE,
  },
  'microphone-denied': {
    title: 'Microphone permission denied',
    cause:
      'getUserMedia was refused (NotAllowedError): the visitor or an earlier choice blocks the microphone for this site. No connect request was sent.',
    whatToTry: "Allow the microphone in the browser's site settings, then try again.",
    nextSteps: PERMISSION,
    steps: 'allow-microphone',
  },
  'microphone-dismissed': {
    title: 'Microphone prompt dismissed',
    cause:
      'The permission prompt was closed without an answer; in Safari also after "Don\'t Allow". No connect request was sent.',
    whatToTry: 'Try again and choose Allow when the browser asks.',
    nextSteps: PERMISSION,
    steps: 'microphoneStepsDismissed',
  },
  'microphone-blocked-by-system': {
    title: 'Operating system blocks the microphone',
    cause: 'The site has permission, but the operating system does not give the browser the microphone.',
    whatToTry: "Allow the browser in the system's privacy settings for the microphone, then try again.",
    nextSteps: AGAIN_OR_CHECK,
    steps: 'unblock-microphone',
  },
  'microphone-not-found': {
    title: 'No microphone found',
    cause: 'getUserMedia found no audio input (NotFoundError).',
    whatToTry: 'Plug in or enable a microphone, then try again.',
    nextSteps: AGAIN_OR_CHECK,
    steps: 'microphoneStepsNotFound',
  },
  'microphone-in-use': {
    title: 'Microphone is in use',
    cause:
      'The device exists but cannot be read (NotReadableError): another program holds it, or its driver failed.',
    whatToTry: 'Close the other program that uses the microphone, then try again.',
    nextSteps: AGAIN_OR_CHECK,
    steps: 'microphoneStepsInUse',
  },
  'insecure-context': {
    title: 'Page is not secure',
    cause: 'Browsers give the microphone only to https pages and localhost.',
    whatToTry: 'Serve the page over https.',
    nextSteps: ['chat', 'callback', 'try-again'],
    steps: 'insecureSteps',
  },
  'blocked-by-permissions-policy': {
    title: 'Permissions-Policy blocks the microphone',
    cause: 'The page, or the iframe it is in, is not allowed to use the microphone.',
    whatToTry:
      'Add `allow="microphone"` to the iframe, or `microphone=(self)` to the Permissions-Policy header.',
    nextSteps: ['chat', 'callback', 'try-again'],
    steps: 'policySteps',
  },
  'in-app-browser': {
    title: 'In-app browser without microphone',
    cause: "The page runs inside another app's browser, which offers no microphone.",
    whatToTry: 'Open the page in Safari, Chrome or Firefox.',
    nextSteps: ['chat', 'callback', 'try-again'],
    steps: 'inAppSteps',
  },
  'playback-blocked': {
    title: 'Playback was blocked',
    cause: 'The browser does not play sound before the visitor has pressed something (autoplay policy).',
    whatToTry: 'Press "Tap to hear".',
    nextSteps: AGAIN_OR_CHECK,
  },
  'agent-never-joined': {
    title: 'Agent never joined',
    cause:
      'The media session was up, but no agent entered it within 15 seconds, and the record gives no reason.',
    whatToTry: "Check that the agent's workers are running, then call again.",
    nextSteps: AGAIN,
  },
  'agent-silent': {
    title: 'Agent sent no sound',
    cause:
      'The agent was in the session, but the page measured no audio energy from it, and the record gives no reason.',
    whatToTry: "Check the agent's voice settings, then call again.",
    nextSteps: AGAIN_OR_CHECK,
  },
  'caller-silent': {
    title: 'No sound from the microphone',
    cause: 'The page measured no audio energy from the microphone during the whole call.',
    whatToTry: 'Unmute the microphone or choose another one, then call again.',
    nextSteps: ['check', 'try-again', 'chat', 'callback'],
  },
  'connection-blocked': {
    title: 'Media connection blocked',
    cause:
      'The WebSocket or the ICE connection could not be established: most often a firewall, a VPN or a proxy.',
    whatToTry: 'Try another network, or allow WebSocket and UDP (or TURN over TLS) to the media server.',
    nextSteps: AGAIN_OR_CHECK,
  },
  'connection-lost': {
    title: 'Connection lost',
    cause: 'The media connection broke during the call and could not be restored.',
    whatToTry: 'Check the network, then call again.',
    nextSteps: AGAIN_OR_CHECK,
  },
  'token-expired': {
    title: 'Access token refused',
    cause: 'The media server refused the token that connect had issued: expired, or clocks apart.',
    whatToTry:
      "Check the server's clock and the lifetime of its tokens. Start the call again once that is done.",
    nextSteps: AGAIN,
  },
  'call-in-another-tab': {
    title: 'Call runs in another tab',
    cause: 'One call per browser: another tab of this site holds it.',
    whatToTry: 'End the call in the other tab, then start it here.',
    nextSteps: ['take-over', 'try-again', 'chat'],
  },
  unauthorized: {
    title: 'Key refused',
    cause: 'The API refused the widget key (401 or 403), or the key lacks the scope for this.',
    whatToTry:
      "Check `api-key` and the key's scopes (`voice`, `chat`) in the dashboard; details are in the console.",
    nextSteps: OTHERWISE,
  },
  'domain-not-allowed': {
    title: 'Domain not allowed',
    cause: "This page's domain is not on the key's list of allowed domains.",
    whatToTry: "Add this page's host to the key's allowed domains.",
    nextSteps: OTHERWISE,
  },
  'no-credit': {
    title: 'No credit',
    cause: 'The organization has no credit left (402).',
    whatToTry: 'Top up the account.',
    nextSteps: OTHERWISE,
  },
  'too-many-calls': {
    title: 'Too many calls at once',
    cause: 'The concurrency limit of the account or agent is reached (429).',
    whatToTry: 'Wait for a running call to end, or raise the concurrency limit.',
    nextSteps: AGAIN,
  },
  'agent-not-found': {
    title: 'Agent not found',
    cause: 'The API knows no agent with this id, or not in this organization (404).',
    whatToTry: 'Check `agent-id` and `organization-id`.',
    nextSteps: OTHERWISE,
  },
  'rate-limited': {
    title: 'Rate limited',
    cause: 'Too many requests in a short time (429).',
    whatToTry: 'Wait a minute before the next try.',
    nextSteps: AGAIN,
  },
  'server-error': {
    title: 'API error',
    cause: 'The API answered with a 5xx status, also when asked again.',
    whatToTry: "Check the platform's status, then try again.",
    nextSteps: AGAIN,
  },
  offline: {
    title: 'Device is offline',
    cause: 'The browser reports no network connection.',
    whatToTry: 'Reconnect to the internet, then try again.',
    nextSteps: AGAIN_OR_CHECK,
  },
  timeout: {
    title: 'No answer in time',
    cause: 'The API did not answer, or could not be reached, within the time limit.',
    whatToTry:
      'Check that `base-url` is reachable from this page (network, CORS, CSP `connect-src`), then try again.',
    nextSteps: AGAIN_OR_CHECK,
  },
  'invalid-response': {
    title: 'Unreadable answer',
    cause: 'The API answered something other than the documented JSON, e.g. an HTML page of a proxy.',
    whatToTry: 'Check what `base-url` points at; the answer is in the network panel.',
    nextSteps: AGAIN,
  },
  'unsupported-transport': {
    title: 'Unknown media transport',
    cause: 'Connect named a media transport that this widget does not have.',
    whatToTry: 'Update the widget, or register a loader through the `transports` property.',
    nextSteps: OTHERWISE,
  },
};
