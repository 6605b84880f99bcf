import { describe, expect, it } from 'vitest';
import { SdpFilter } from '../../../demo/backend/livekit/sdp-filter.js';

const sdp = (...lines: string[]): string => lines.map((line) => `${line}\r\n`).join('');
const head = (mids: string): string => sdp('v=0', 's=-', `a=group:BUNDLE ${mids}`);
const section = (kind: string, mid: string, direction: string, port = 9): string =>
  sdp(
    kind === 'application'
      ? `m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`
      : `m=${kind} ${port} UDP/TLS/RTP/SAVPF 111 63`,
    `a=mid:${mid}`,
    `a=${direction}`,
    'a=rtpmap:111 opus/48000/2',
  );
const mids = (text: string): string[] => [...text.matchAll(/^a=mid:(\S+)/gm)].map((match) => match[1] ?? '');
const bundle = (text: string): string | undefined => /^a=group:BUNDLE (.*)\r$/m.exec(text)?.[1];

const offer =
  head('0 1 2 3') +
  section('audio', '0', 'recvonly') +
  section('audio', '1', 'recvonly') +
  section('video', '2', 'recvonly') +
  section('application', '3', 'sendrecv');
const libraryAnswer =
  head('0 3') +
  sdp(
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    'a=sendonly',
    'a=msid:x y',
    'a=ssrc:1 cname:z',
    'a=ice-ufrag:u',
    'a=ice-pwd:p',
    'a=fingerprint:sha-256 F',
    'a=setup:active',
  ) +
  sdp('m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:3', 'a=ice-ufrag:u', 'a=ice-pwd:p');

describe('SdpFilter', () => {
  it('shows the library the sections that carry something', () => {
    const filter = new SdpFilter(offer);
    expect(filter.agentMid).toBe('0');
    expect(mids(filter.libraryOffer)).toEqual(['0', '3']);
    expect(bundle(filter.libraryOffer)).toBe('0 3');
  });

  it('shows microphones, and stays with the section the agent had', () => {
    const withMicrophone = offer.replace('a=mid:1\r\na=recvonly', 'a=mid:1\r\na=sendonly');
    expect(mids(new SdpFilter(withMicrophone, '0').libraryOffer)).toEqual(['0', '1', '3']);
    const microphoneFirst =
      head('0 1') + section('audio', '0', 'sendrecv') + section('audio', '1', 'recvonly');
    expect(new SdpFilter(microphoneFirst).agentMid).toBe('1');
    expect(new SdpFilter(head('0') + section('application', '0', 'sendrecv')).agentMid).toBeUndefined();
  });

  it('opens the ports that Firefox closes in bundled sections', () => {
    const firefox =
      head('0 1') +
      section('audio', '0', 'recvonly') +
      section('application', '1', 'sendrecv', 0) +
      'a=bundle-only\r\n';
    expect(new SdpFilter(firefox).libraryOffer).toContain('m=application 9 ');
  });

  it('answers every section in the order of the offer', () => {
    const answer = new SdpFilter(offer).clientAnswer(libraryAnswer, 'PA_1|TR_1 TR_1');
    expect(mids(answer)).toEqual(['0', '1', '2', '3']);
    expect(bundle(answer)).toBe('0 1 2 3');
    expect(answer).toContain('a=mid:0\r\na=msid:PA_1|TR_1 TR_1\r\n');
    expect(answer).not.toContain('a=msid:x y');
    const spare = answer.split(/^(?=m=)/m)[2];
    expect(spare).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n');
    for (const line of [
      'a=inactive',
      'a=rtpmap:111 opus/48000/2',
      'a=ice-ufrag:u',
      'a=fingerprint:sha-256 F',
      'a=setup:active',
    ]) {
      expect(spare).toContain(`${line}\r\n`);
    }
  });

  it('keeps the agent out of the answer while there is none', () => {
    const [, agentSection] = new SdpFilter(offer).clientAnswer(libraryAnswer, undefined).split(/^(?=m=)/m);
    expect(agentSection).toContain('a=inactive\r\n');
    expect(agentSection).not.toMatch(/a=(msid|ssrc|sendonly)/);
  });
});
