import { openBundledPort, splitSdp } from '../media/sdp-sections.js';

const mdnsCandidate = /^a=candidate:.*\.local .*\r\n/gm;
const endOfCandidates = /^a=end-of-candidates\r\n/gm;

/**
 * A browser's offer as the WebRTC library can read it. werift stalls when it resolves an mDNS name, and when it is told
 * that the candidates without those are all there are; the browser's own checks find us without them.
 */
export function readableOffer(offer: string): string {
  const { head, sections } = splitSdp(offer);
  const sdp = head + sections.map(openBundledPort).join('');
  return sdp.replace(mdnsCandidate, '').replace(endOfCandidates, '');
}
