import { expect, it } from 'vitest';
import { readableOffer } from '../../../demo/backend/webrtc/readable-offer.js';

const head = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=group:BUNDLE 0 1'];
const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 109', 'c=IN IP4 0.0.0.0', 'a=mid:0'];
const data = ['UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=bundle-only', 'a=mid:1'];
const host = 'a=candidate:1 1 UDP 2122252543 192.0.2.2 45452 typ host';
const mdns = 'a=candidate:2 1 UDP 2122252542 25de4c65-af8c-4831-920e-6d516014750f.local 45453 typ host';

function sdp(...lines: string[][]): string {
  return lines
    .flat()
    .map((line) => `${line}\r\n`)
    .join('');
}

it('opens what Firefox has bundled, and hides the candidates that only a browser can resolve', () => {
  const [dataFormat = '', ...dataLines] = data;
  const section = (port: number): string[] => [`m=application ${port} ${dataFormat}`, ...dataLines];
  const offer = sdp(head, audio, [mdns, host, mdns, 'a=end-of-candidates'], section(0));
  expect(readableOffer(offer)).toBe(sdp(head, audio, [host], section(9)));
});

it('leaves a section alone that is refused', () => {
  const offer = sdp(head, audio, ['m=application 0 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:1']);
  expect(readableOffer(offer)).toBe(offer);
});
