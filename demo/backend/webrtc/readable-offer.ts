import { openBundledPort, splitSdp } from '../media/sdp-sections.js';

const mdnsCandidate = /^a=candidate:.*\.local .*\r\n/gm;

/** A browser's offer as the WebRTC library can read it. */
export function readableOffer(offer: string): string {
  const { head, sections } = splitSdp(offer);
  // werift stalls when it resolves an mDNS name; the browser's own checks find us without it.
  return (head + sections.map(openBundledPort).join('')).replace(mdnsCandidate, '');
}
