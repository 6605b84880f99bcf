import { isInAppBrowser, isWebView } from './in-app-browser.js';
import { VoiceError } from './voice-error.js';

/** The first thing that makes a call impossible, found without any prompt, worst first; `null` when none is known. */
export function checkSupport(): VoiceError | null {
  if (!globalThis.isSecureContext)
    return new VoiceError('insecure-context', 'The page is not a secure context');
  if (!policyAllowsMicrophone()) {
    return new VoiceError('blocked-by-permissions-policy', 'Permissions-Policy forbids the microphone');
  }
  // An ordinary browser may be configured without WebRTC: Tor Browser, Lockdown Mode of iOS, `media.peerconnection.enabled` of
  // Firefox.
  const { userAgent } = navigator;
  if (!hasWebRtc() && !isInAppBrowser(userAgent) && !isWebView(userAgent))
    return new VoiceError('unsupported-transport', 'This browser has no WebRTC');
  if (!hasGetUserMedia() || !hasWebRtc())
    return new VoiceError('in-app-browser', 'This browser has no getUserMedia, or no WebRTC');
  return null;
}

/**
 * Whether the Permissions-Policy allows the microphone. Only Chromium tells; elsewhere this is true, and a policy that forbids it
 * makes getUserMedia refuse.
 */
export function policyAllowsMicrophone(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature('microphone') ?? true;
}

/** Whether the browser has getUserMedia, which is missing in insecure contexts and in many in-app browsers. */
export function hasGetUserMedia(): boolean {
  // Some privacy extensions set `mediaDevices` to null.
  return typeof navigator.mediaDevices === 'object' && 'getUserMedia' in (navigator.mediaDevices ?? {});
}

export function hasWebRtc(): boolean {
  return 'RTCPeerConnection' in globalThis;
}
