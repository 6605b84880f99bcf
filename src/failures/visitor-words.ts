import type { FailureReason } from './failure-reasons.js';
import { visitorGuidanceEn, type VisitorGuidance } from '../i18n/en-later/visitor-guidance.js';
import type { Messages } from '../i18n/messages.en.js';

// Here the two tables meet: a reason without words for visitors does not compile.
const byReason: Record<FailureReason | 'webrtc-missing', VisitorGuidance> = visitorGuidanceEn;

/** This browser has nothing to make calls with: it is not the page that is out of date. */
export function lacksWebRtc(reason: unknown): boolean {
  return reason === 'unsupported-transport' && !('RTCPeerConnection' in globalThis);
}

/** What visitors read of a failure, in the language of the other words. */
export function visitorWords(
  reason: FailureReason,
  { guidance }: Pick<Messages, 'guidance'>,
): VisitorGuidance {
  const key = lacksWebRtc(reason) ? 'webrtc-missing' : reason;
  return guidance?.[key] ?? byReason[key];
}
