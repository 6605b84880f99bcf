import type { FailureReason } from './failure-reasons.js';
import { visitorGuidanceEn, type VisitorGuidance } from '../i18n/en-later/visitor-guidance.js';
import type { Messages } from '../i18n/messages.en.js';

// This line ties two tables together: a reason without text for visitors does not compile.
const byReason: Record<FailureReason | 'webrtc-missing', VisitorGuidance> = visitorGuidanceEn;

/** Whether `unsupported-transport` means that this browser has no WebRTC, and not that the page is out of date. */
export function lacksWebRtc(reason: unknown): boolean {
  return reason === 'unsupported-transport' && !('RTCPeerConnection' in globalThis);
}

/** The text for visitors about a failure, in the language of `guidance`; in English where that has no entry. */
export function visitorWords(
  reason: FailureReason,
  { guidance }: Pick<Messages, 'guidance'>,
): VisitorGuidance {
  const key = lacksWebRtc(reason) ? 'webrtc-missing' : reason;
  return guidance?.[key] ?? byReason[key];
}
