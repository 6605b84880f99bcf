import { describe, expect, it } from 'vitest';
import { AudioTally } from '../../../src/voice/audio-totals.js';

type Entry = Record<string, unknown> & { id: string; type: string };

function report(...entries: Entry[]): RTCStatsReport {
  const filled: [string, Entry][] = entries.map((entry) => [entry.id, { kind: 'audio', ...entry }]);
  return new Map(filled);
}

const owner = {};

describe('a level that the browser does not give', () => {
  it('of the microphone (Firefox) is unknown, and not silence', () => {
    const firefox = report(
      { id: 'o', type: 'outbound-rtp', packetsSent: 613 },
      { id: 'm', type: 'media-source' },
    );
    expect(new AudioTally().read([{ owner, report: firefox }])).toEqual({
      agentEnergy: 0,
      agentPackets: 0,
      callerEnergy: null,
      callerPackets: 613,
    });
  });

  it('of the microphone that has no entry at all is unknown, too', () => {
    const old = report({ id: 'o', type: 'outbound-rtp', packetsSent: 5 });
    expect(new AudioTally().read([{ owner, report: old }]).callerEnergy).toBeNull();
  });

  it('of the agent is unknown once something came', () => {
    const tally = new AudioTally();
    expect(tally.read([{ owner, report: report() }]).agentEnergy).toBe(0);
    const inbound = report({ id: 'i', type: 'inbound-rtp', packetsReceived: 7 });
    expect(tally.read([{ owner, report: inbound }])).toMatchObject({ agentEnergy: null, agentPackets: 7 });
  });

  it('is what it says where it is given, also zero', () => {
    const chromium = report({ id: 'm', type: 'media-source', totalAudioEnergy: 0 });
    expect(new AudioTally().read([{ owner, report: chromium }]).callerEnergy).toBe(0);
  });
});

describe('counters', () => {
  const sent = (energy: number, id = 'm') => report({ id, type: 'media-source', totalAudioEnergy: energy });

  it('that begin again go on from what was counted', () => {
    const tally = new AudioTally();
    expect(tally.read([{ owner, report: sent(5) }]).callerEnergy).toBe(5);
    expect(tally.read([{ owner, report: sent(0.5) }]).callerEnergy).toBe(5.5);
    expect(tally.read([{ owner, report: sent(2) }]).callerEnergy).toBe(7);
  });

  it('that go take nothing away, and nothing is counted twice', () => {
    const tally = new AudioTally();
    const other = {};
    const heard = (energy: number) => report({ id: 'i', type: 'inbound-rtp', totalAudioEnergy: energy });
    tally.read([
      { owner, report: heard(3) },
      { owner: other, report: heard(2) },
    ]);
    expect(tally.read([{ owner: other, report: heard(2.5) }]).agentEnergy).toBe(5.5);
  });

  it('of video count for nothing', () => {
    const video = report({
      id: 'v',
      type: 'inbound-rtp',
      kind: 'video',
      totalAudioEnergy: 4,
      packetsReceived: 9,
    });
    expect(new AudioTally().read([{ owner, report: video }])).toMatchObject({
      agentEnergy: 0,
      agentPackets: 0,
    });
  });
});
