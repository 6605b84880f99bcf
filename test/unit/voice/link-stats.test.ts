import { expect, test } from 'vitest';
import { linkStats, type LinkStats } from '../../../src/voice/link-stats.js';
import { changed, CHROMIUM, FIREFOX, SAFARI, toReport, without } from './stats-reports.js';

type Entries = Parameters<typeof toReport>[0];

function read(...reports: Entries[]): LinkStats {
  const stats = linkStats(reports.map(toReport));
  if (!stats) throw new Error('Nothing was read');
  return stats;
}

/** The selected candidate of `CHROMIUM` that is ours. */
function over(fields: Record<string, unknown>): LinkStats['protocol'] {
  return read(changed(CHROMIUM, 'I1', fields)).protocol;
}

test('Chromium: every figure', () => {
  expect(read(CHROMIUM)).toEqual({
    protocol: 'udp',
    localCandidateType: 'srflx',
    remoteCandidateType: 'host',
    roundTripMs: 21.3,
    jitterMs: 12.4,
    lossPercent: 2,
    remoteLossPercent: 1.5,
    packetsReceived: 196,
    packetsSent: 200,
    bytesReceived: 16166,
    bytesSent: 16200,
    concealedSamplesPercent: 3.5,
    codec: 'opus',
    availableOutgoingBitrate: 381160,
  } satisfies LinkStats);
});

test('Firefox: no bitrate', () => {
  expect(read(FIREFOX)).toEqual({
    protocol: 'udp',
    localCandidateType: 'host',
    remoteCandidateType: 'host',
    roundTripMs: 1,
    jitterMs: 6,
    lossPercent: 0,
    remoteLossPercent: 0,
    packetsReceived: 200,
    packetsSent: 200,
    bytesReceived: 32360,
    bytesSent: 32360,
    concealedSamplesPercent: 0.3,
    codec: 'opus',
    availableOutgoingBitrate: null,
  } satisfies LinkStats);
});

test('Safari: a relay by TLS', () => {
  expect(read(SAFARI)).toEqual({
    protocol: 'relay-tls',
    localCandidateType: 'relay',
    remoteCandidateType: 'prflx',
    roundTripMs: 110,
    jitterMs: 20,
    lossPercent: 0,
    remoteLossPercent: 10,
    packetsReceived: 150,
    packetsSent: 150,
    bytesReceived: 18000,
    bytesSent: 17000,
    concealedSamplesPercent: 0,
    codec: 'opus',
    availableOutgoingBitrate: 300000,
  } satisfies LinkStats);
});

test('no address, port, fingerprint or name of a session is in it', () => {
  const all = [CHROMIUM, FIREFOX, SAFARI];
  const secrets = all.flat().flatMap((entry) => {
    const { address, ip, relatedAddress, port, usernameFragment, fingerprint, url, id } = entry;
    return [address, ip, relatedAddress, port, usernameFragment, fingerprint, url, id]
      .filter((value) => value !== undefined && value !== '')
      .map((value) => JSON.stringify(value));
  });
  const told = all.map((entries) => JSON.stringify(read(entries))).join();
  expect(secrets.length).toBeGreaterThan(40);
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
});

test('older Firefox: without a transport entry the selected pair is used, not the first', () => {
  const old = without(FIREFOX, 'transport');
  expect(read(old)).toEqual(read(FIREFOX));
  expect(read(changed(old, 'e3a62253', { selected: undefined })).protocol).toBe('udp');
  const none = changed(old, 'e3a62253', { selected: undefined, nominated: false });
  expect(read(none)).toMatchObject({ protocol: null, localCandidateType: null, packetsSent: 200 });
});

test('a transport entry that names no pair that is there', () => {
  for (const selectedCandidatePairId of [undefined, 'gone', 7]) {
    expect(read(changed(CHROMIUM, 'T01', { selectedCandidatePairId })).protocol).toBe('udp');
  }
});

test.each<[LinkStats['protocol'], Record<string, unknown>]>([
  ['tcp', { protocol: 'tcp' }],
  ['tcp', { protocol: 'TCP' }],
  ['udp', { candidateType: 'host' }],
  ['relay-udp', { candidateType: 'relay', relayProtocol: 'udp' }],
  ['relay-tcp', { candidateType: 'relay', relayProtocol: 'tcp' }],
  ['relay-tls', { candidateType: 'relay', relayProtocol: 'tls' }],
  ['relay-tls', { candidateType: 'relay', url: 'turns:turn.example:443?transport=tcp' }],
  ['relay-tcp', { candidateType: 'relay', url: 'turn:turn.example:80?transport=tcp' }],
  ['relay-udp', { candidateType: 'relay', url: 'turn:turn.example:3478?transport=udp' }],
  [null, { candidateType: 'relay' }],
  [null, { candidateType: 'relay', relayProtocol: 'quic' }],
  [null, { protocol: undefined }],
  [null, { protocol: { toString: 1 } }],
])('%s: our candidate with %o', (protocol, fields) => {
  expect(over(fields)).toBe(protocol);
});

test('a relay of theirs is not ours', () => {
  const stats = read(changed(CHROMIUM, 'I2', { candidateType: 'relay' }));
  expect(stats).toMatchObject({ protocol: 'udp', localCandidateType: 'srflx', remoteCandidateType: 'relay' });
});

test('two connections, as of an older LiveKit server: sums, and the worse way with its own ends', () => {
  const publisher = changed(without(CHROMIUM, 'inbound-rtp'), 'CP1', { currentRoundTripTime: 0.05 });
  const subscriber = changed(
    changed(without(CHROMIUM, 'outbound-rtp', 'remote-inbound-rtp'), 'I1', {
      candidateType: 'relay',
      relayProtocol: 'tcp',
    }),
    'CP1',
    { availableOutgoingBitrate: undefined },
  );
  for (const reports of [
    [publisher, subscriber],
    [subscriber, publisher],
  ]) {
    expect(read(...reports)).toMatchObject({
      protocol: 'relay-tcp',
      localCandidateType: 'relay',
      roundTripMs: 50,
      packetsReceived: 196,
      packetsSent: 200,
      lossPercent: 2,
      availableOutgoingBitrate: 381160,
    });
  }
});

test('reports of single tracks, which name the same connection, count nothing twice', () => {
  const sender = without(FIREFOX, 'inbound-rtp');
  const receiver = without(FIREFOX, 'outbound-rtp', 'remote-inbound-rtp');
  expect(read(sender, receiver)).toEqual(read(FIREFOX));
});

test('before the agent is there, its figures are not known, and not zero', () => {
  expect(read(without(CHROMIUM, 'inbound-rtp'))).toMatchObject({
    jitterMs: null,
    lossPercent: null,
    packetsReceived: null,
    bytesReceived: null,
    concealedSamplesPercent: null,
    packetsSent: 200,
    codec: 'opus',
  });
});

test('before the other side has reported, its losses are not known, and the way tells the round trip', () => {
  expect(read(without(CHROMIUM, 'remote-inbound-rtp'))).toMatchObject({
    remoteLossPercent: null,
    roundTripMs: 21.3,
  });
});

test('a way without a round trip: the other side’s reports tell it', () => {
  expect(read(changed(CHROMIUM, 'CP1', { currentRoundTripTime: undefined })).roundTripMs).toBe(35);
});

test('a report of losses without a count: the fraction', () => {
  expect(read(changed(CHROMIUM, 'RIA1', { packetsLost: undefined })).remoteLossPercent).toBe(50);
  const neither = changed(CHROMIUM, 'RIA1', { packetsLost: undefined, fractionLost: undefined });
  expect(read(neither).remoteLossPercent).toBeNull();
});

test('packets that came twice are no negative loss; of no packets nothing can be lost', () => {
  expect(read(changed(CHROMIUM, 'IT01A1', { packetsLost: -3 })).lossPercent).toBe(0);
  expect(read(changed(CHROMIUM, 'RIA1', { packetsLost: -3 })).remoteLossPercent).toBe(0);
  expect(read(changed(CHROMIUM, 'IT01A1', { packetsLost: 0, packetsReceived: 0 })).lossPercent).toBeNull();
  expect(read(changed(CHROMIUM, 'IT01A1', { packetsLost: 9, packetsReceived: 0 })).lossPercent).toBe(100);
  expect(read(changed(CHROMIUM, 'OT01A1', { packetsSent: 0 })).remoteLossPercent).toBeNull();
});

test('sound that was never there is not concealed', () => {
  const silent = { concealedSamples: 48000, silentConcealedSamples: 48000 };
  expect(read(changed(CHROMIUM, 'IT01A1', silent)).concealedSamplesPercent).toBe(0);
  expect(read(changed(CHROMIUM, 'IT01A1', { totalSamplesReceived: 0 })).concealedSamplesPercent).toBeNull();
});

test('what is no number, no type and no codec is left out', () => {
  for (const wrong of [NaN, Infinity, '12', null, {}]) {
    const stats = read(changed(CHROMIUM, 'IT01A1', { jitter: wrong, bytesReceived: wrong }));
    expect(stats).toMatchObject({ jitterMs: null, bytesReceived: null });
  }
  expect(read(changed(CHROMIUM, 'I1', { candidateType: '<b>' })).localCandidateType).toBeNull();
  for (const mimeType of ['audio/<img src=x>', `audio/${'o'.repeat(41)}`, 'video/VP8', 'opus', 7]) {
    expect(read(changed(CHROMIUM, 'COT01', { mimeType })).codec).toBeNull();
  }
  expect(read(changed(CHROMIUM, 'COT01', { mimeType: 'audio/PCMU' })).codec).toBe('pcmu');
});

test('video counts for nothing', () => {
  const video = [...CHROMIUM, { id: 'V', type: 'inbound-rtp', kind: 'video', packetsReceived: 9, jitter: 9 }];
  expect(read(video)).toEqual(read(CHROMIUM));
});

test('no link yet: nothing', () => {
  expect(linkStats([])).toBeNull();
  expect(linkStats([undefined])).toBeNull();
  expect(linkStats([toReport([]), undefined])).toBeNull();
  expect(linkStats([toReport([{ id: 'P', type: 'peer-connection', dataChannelsOpened: 0 }])])).toBeNull();
});
