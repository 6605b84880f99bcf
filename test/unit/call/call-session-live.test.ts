import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AudioTotals, TransportEvent } from '../../../src/voice/transport.js';
import { deferred } from '../../support/deferred.js';
import { setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('muting', () => {
  it('silences the microphone, tells the other side, and can be taken back', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    await converse();
    await session.setMuted(true);
    expect(tracks[0]?.enabled).toBe(false);
    expect(session.status.muted).toBe(true);
    await session.setMuted(false);
    expect(tracks[0]?.enabled).toBe(true);
    expect(session.status.muted).toBe(false);
    expect(transport.mutings).toEqual([true, false]);
    session.dispose();
  });

  it('silences the microphone before the other side has heard of it', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    await converse();
    const told = deferred<void>();
    transport.setMuted = () => told.promise;
    void session.setMuted(true);
    expect(tracks[0]?.enabled).toBe(false);
    told.resolve();
    session.dispose();
  });

  it('counts although the other side cannot be told', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    await converse();
    transport.setMuted = () => Promise.reject(new Error('link is down'));
    await session.setMuted(true).catch(() => undefined);
    expect(tracks[0]?.enabled).toBe(false);
    expect(session.status.muted).toBe(true);
    session.dispose();
  });

  it('while the link comes up is still true when it is up', async () => {
    const transport = new FakeTransport();
    const link = deferred<void>();
    transport.connect = async ({ microphone }) => {
      await link.promise;
      // LiveKit switches a track on when it publishes it.
      microphone.enabled = true;
    };
    const { session, startAndConnect, tracks } = setUpCall({ transport });
    await startAndConnect();
    await session.setMuted(true);
    expect(tracks[0]?.enabled).toBe(false);
    link.resolve();
    await settle();
    expect(session.status).toMatchObject({ callState: 'connected', muted: true });
    expect(tracks[0]?.enabled).toBe(false);
    expect(transport.mutings.at(-1)).toBe(true);
    session.dispose();
  });

  it('without a call is nothing', async () => {
    const { session, converse, told, transport } = setUpCall();
    await session.setMuted(true);
    expect(session.status.muted).toBe(false);
    expect(told.statuses).toEqual([]);
    await converse();
    await session.end();
    await session.setMuted(true);
    expect(session.status.muted).toBe(false);
    expect(transport.mutings).toEqual([]);
  });
});

describe('typed text', () => {
  it('goes to the agent of a live call', async () => {
    const { session, converse, transport } = setUpCall();
    await converse();
    await expect(session.sendText('Hello')).resolves.toBe(true);
    expect(transport.texts).toEqual(['Hello']);
    session.dispose();
  });

  it('is not taken by a call that cannot', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await expect(session.sendText('no call')).resolves.toBe(false);
    await startAndConnect();
    await expect(session.sendText('no agent')).resolves.toBe(false);
    transport.emit({ type: 'agent-joined' });
    transport.emit({ type: 'reconnecting' });
    await expect(session.sendText('no link')).resolves.toBe(false);
    transport.hear();
    await session.end();
    await expect(session.sendText('call is over')).resolves.toBe(false);
    expect(transport.texts).toEqual([]);
  });

  it('that the link refuses is an error of the sender', async () => {
    const { session, converse, transport } = setUpCall();
    await converse();
    transport.sendText = () => Promise.reject(new Error('too long'));
    await expect(session.sendText('Hello')).rejects.toThrow('too long');
    session.dispose();
  });
});

describe('sound that the browser holds back', () => {
  it('is told, and played on a press', async () => {
    const { session, converse, transport } = setUpCall();
    await converse();
    transport.emit({ type: 'playback', blocked: true });
    expect(session.status.playbackBlocked).toBe(true);
    await session.startPlayback();
    expect(transport.playbackStarts).toBe(1);
    transport.emit({ type: 'playback', blocked: false });
    expect(session.status.playbackBlocked).toBe(false);
    session.dispose();
  });

  it('is nothing without a call', async () => {
    const { session, transport } = setUpCall();
    await session.startPlayback();
    expect(transport.playbackStarts).toBe(0);
  });
});

describe('what the link tells', () => {
  const entry = { id: 'segment_1', role: 'agent', text: 'Hello', final: true } as const;
  const tool = { name: 'book', status: 'running', seconds: 1 } as const;

  it('is passed on while the call lasts', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    transport.emit({ type: 'transcript', entry });
    transport.emit({ type: 'tool-status', tool });
    expect(told.transcript).toEqual([entry]);
    expect(told.tools).toEqual([tool]);
    expect(told.levels.at(0)).toMatchObject({ agent: 1, caller: 1 });
    session.dispose();
  });

  const events: TransportEvent[] = [
    { type: 'transcript', entry },
    { type: 'tool-status', tool },
    { type: 'agent-joined' },
    { type: 'agent-left' },
    { type: 'agent-state', agentState: 'speaking' },
    { type: 'reconnecting' },
    { type: 'reconnected' },
    { type: 'playback', blocked: true },
    { type: 'disconnected', end: 'lost', detail: 'late' },
  ];

  it.each(events)('is ignored once the call is over: $type', async (event) => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    await session.end();
    const before = session.status;
    transport.emit(event);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toBe(before);
    expect(told).toMatchObject({ transcript: [], tools: [], failures: [] });
    expect(told.ends).toHaveLength(1);
  });

  it.each(events)('is ignored when it is about the call before: $type', async (event) => {
    const links = [new FakeTransport(), new FakeTransport()];
    const remaining = [...links];
    const { session, startAndConnect, told } = setUpCall({
      loadTransport: async (transport) => remaining.shift() ?? transport,
    });
    await startAndConnect();
    await session.end();
    await startAndConnect();
    const before = session.status;
    links[0]?.emit(event);
    await settle();
    expect(session.status).toBe(before);
    expect(told).toMatchObject({ transcript: [], tools: [] });
    session.dispose();
  });
});

describe('the length of a call', () => {
  it('is counted in tenths of a second from the moment the link is up', async () => {
    const transport = new FakeTransport();
    const link = (transport.connecting = deferred<void>());
    const { session, startAndConnect, told } = setUpCall({ transport });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(3_000);
    link.resolve();
    await settle();
    transport.hear();
    await vi.advanceTimersByTimeAsync(12_345);
    await session.end();
    expect(told.ends[0]?.durationSeconds).toBe(12.3);
    expect(session.status.durationSeconds).toBe(12.3);
  });

  it('does not grow while the outcome is being found out', async () => {
    const { startAndConnect, transport, told } = setUpCall({ record: () => new Promise(() => undefined) });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(5_000);
    transport.emit({ type: 'disconnected', end: 'lost', detail: 'test' });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told.ends).toMatchObject([{ durationSeconds: 5 }]);
  });
});

describe('ending', () => {
  it('switches the microphone off first, measures once more, then leaves', async () => {
    const { session, startAndConnect, transport, tracks, told } = setUpCall();
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    await vi.advanceTimersByTimeAsync(5_000);
    const lastLook = deferred<AudioTotals>();
    transport.audioTotals = () => lastLook.promise;
    const ended = session.end();
    expect(tracks[0]?.stopped).toBe(true);
    await settle();
    expect(transport.disconnects).toBe(0);
    lastLook.resolve({ agentEnergy: 1, agentPackets: 1, callerEnergy: 1, callerPackets: 1 });
    await ended;
    expect(transport.disconnects).toBe(1);
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
  });

  it('is over when the link has been left', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    const left = deferred<void>();
    transport.disconnect = () => left.promise;
    const ended = session.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told.ends).toEqual([]);
    left.resolve();
    await ended;
    expect(told.ends).toHaveLength(1);
  });
});

describe('a link that does not let go', () => {
  it('cannot keep the microphone open, nor the call', async () => {
    const { session, converse, transport, tracks, told } = setUpCall();
    await converse();
    transport.disconnect = () => new Promise(() => undefined);
    const ended = session.end();
    await settle();
    expect(tracks[0]?.stopped).toBe(true);
    await vi.advanceTimersByTimeAsync(1_500);
    await ended;
    expect(told.ends).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cannot do so by never saying what was heard either', async () => {
    const { session, converse, transport, tracks, told } = setUpCall();
    await converse();
    transport.audioTotals = () => new Promise(() => undefined);
    void session.end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tracks[0]?.stopped).toBe(true);
    expect(told.ends).toHaveLength(1);
  });

  it.each<[string, () => Promise<void>]>([
    ['refuses to', () => Promise.reject(new Error('already gone'))],
    [
      'throws',
      () => {
        throw new Error('already gone');
      },
    ],
  ])('because it %s ends the call all the same, without a failure', async (_how, disconnect) => {
    const { session, converse, transport, tracks, told } = setUpCall();
    await converse();
    transport.disconnect = disconnect;
    await session.end();
    expect(tracks[0]?.stopped).toBe(true);
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('going away', () => {
  it('in the middle of a conversation ends it at once, without asking for an outcome', async () => {
    const { session, converse, transport, tracks, told, steps, states } = setUpCall();
    await converse();
    session.dispose();
    expect(tracks[0]?.stopped).toBe(true);
    expect(transport.disconnects).toBe(1);
    expect(told.ends).toEqual([{ callId: 'call_1', durationSeconds: 5, connected: true, failure: null }]);
    expect(states().slice(-2)).toEqual(['ending', 'ended']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(steps).not.toContain('record');
    expect(told.ends).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('while the outcome is being found out ends the call without one', async () => {
    const { session, startAndConnect, transport, told } = setUpCall({
      record: () => new Promise(() => undefined),
    });
    await startAndConnect();
    transport.emit({ type: 'disconnected', end: 'lost', detail: 'test' });
    await vi.advanceTimersByTimeAsync(1_000);
    session.dispose();
    expect(told.ends).toMatchObject([{ failure: null }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.ends).toHaveLength(1);
    expect(told.failures).toEqual([]);
  });
});

describe('dismissing the last call', () => {
  it('leaves nothing of it', async () => {
    const { session, converse } = setUpCall();
    await converse();
    await session.end();
    session.reset();
    expect(session.status).toMatchObject({ callState: 'idle', callId: null, durationSeconds: 0 });
  });

  it('does not touch a call that is running', async () => {
    const { session, converse } = setUpCall();
    await converse();
    session.reset();
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });
});
