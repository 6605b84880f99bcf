import type { Failure, FailureGuidance } from '../../failures/failure.js';
import { describeFailureReason as describeByTable } from '../../failures/describe-failure-reason.js';
import type { Messages } from '../../i18n/messages.en.js';
import type { VisitorGuidance } from '../../i18n/en-later/visitor-guidance.js';
import { lacksWebRtc, visitorWords } from '../../failures/visitor-words.js';

const NO_WEBRTC: FailureGuidance = {
  title: 'Browser has no WebRTC',
  cause:
    'There is no RTCPeerConnection: switched off in the settings, by an extension or by a policy, as in Tor Browser and in the Lockdown Mode of iOS. No connect request was sent.',
  whatToTry: 'Use another browser, or switch WebRTC on (in Firefox: media.peerconnection.enabled).',
  likelyBlame: 'environment',
  retryable: false,
};

/** Returns the guidance of the catalogue, or that for a browser without WebRTC. Never throws. */
export function describeFailureReason(reason: unknown): FailureGuidance {
  return lacksWebRtc(reason) ? NO_WEBRTC : describeByTable(reason);
}

interface Speakers {
  audience: 'visitor' | 'tester';
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
}

/** Returns the text of a failure for this audience. A site's own `describeFailure` serves both audiences. */
export function guidanceFor(
  failure: Failure,
  { audience, describeFailure }: Speakers,
  words: Messages,
): VisitorGuidance {
  if (audience === 'tester' || describeFailure) return failure;
  return visitorWords(failure.reason, words);
}
