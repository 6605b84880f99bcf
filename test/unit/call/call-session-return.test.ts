import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOffer } from '../../../src/wire/call-offer.js';
import { CALL_LIMITS } from '../../../src/call/call-limits.js';
import { VoiceError } from '../../../src/voice/voice-error.js';
import { setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class ResumableTransport extends FakeTransport {
  leftOpen = 0;
  async leaveOpen(): Promise<void> {
    this.leftOpen++;
  }
}

const resumable: CallOffer = {
  transport: 'livekit',
  callId: 'call_0',
  serverUrl: 'wss://media.example',
  token: 'token',
  raw: {},
};

describe('the page goes away in the middle of a call', () => {
  it('the link is left without a goodbye, and its offer is handed out', async () => {
    const transport = new ResumableTransport();
    const { session, converse, told, tracks } = setUpCall({ transport });
    await converse();
    expect(session.leaveOpen()).toMatchObject({ callId: 'call_1', token: 'token' });
    await settle();
    expect([transport.leftOpen, transport.disconnects]).toEqual([1, 0]);
    expect(tracks.map((track) => track.stopped)).toEqual([true]);
    expect(told.ends).toMatchObject([{ callId: 'call_1', connected: true, failure: null }]);
  });

  it('a transport of a site that has the former name, hold, is left by that', async () => {
    const transport = Object.assign(new FakeTransport(), { hold: vi.fn<() => Promise<void>>() });
    const { session, converse } = setUpCall({ transport });
    await converse();
    expect(session.leaveOpen()).toMatchObject({ callId: 'call_1' });
    await settle();
    expect([transport.hold.mock.calls.length, transport.disconnects]).toEqual([1, 0]);
  });

  it('a transport that cannot be returned to says goodbye', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    expect(session.leaveOpen()).toBeNull();
    await settle();
    expect(transport.disconnects).toBeGreaterThan(0);
    expect(told.ends).toHaveLength(1);
  });

  it('before the link was up there is nothing to return to', async () => {
    const transport = new ResumableTransport();
    const { session, start } = setUpCall({ transport, openMicrophone: () => new Promise(() => undefined) });
    start();
    await settle();
    expect(session.leaveOpen()).toBeNull();
    expect(transport.leftOpen).toBe(0);
  });

  it('without a call nothing happens', () => {
    const { session, told } = setUpCall();
    expect(session.leaveOpen()).toBeNull();
    expect(told.ends).toEqual([]);
  });
});

describe('the next page returns to the call', () => {
  it('with the offer that was kept: no connect, the same call', async () => {
    const { session, plan, steps } = setUpCall();
    session.start({ ...plan, returnTo: resumable });
    await settle();
    expect(steps).toEqual(['microphone', 'transport']);
    expect(session.status).toMatchObject({ callState: 'connected', callId: 'call_0' });
    session.dispose();
  });

  it('that has ended meanwhile: a new one, and the log says why', async () => {
    const gone = new VoiceError('connection-blocked', 'no such room');
    class GoneTransport extends FakeTransport {
      override async connect(): Promise<void> {
        throw gone;
      }
    }
    const links = [new GoneTransport(), new FakeTransport()];
    const { session, plan, steps, told, tracks } = setUpCall({
      loadTransport: async () => links.shift() as FakeTransport,
    });
    session.start({ ...plan, returnTo: resumable });
    await settle();
    expect(steps).toEqual(['microphone', 'transport', 'connect', 'transport']);
    expect(session.status).toMatchObject({ callState: 'connected', callId: 'call_1' });
    expect(told.errors).toEqual([gone]);
    expect(tracks.map((track) => track.stopped)).toEqual([false]);
    session.dispose();
  });

  it('whose agent has gone: nobody waits as long as for a new agent', async () => {
    const { session, plan } = setUpCall();
    session.start({ ...plan, returnTo: resumable });
    await settle();
    await vi.advanceTimersByTimeAsync(CALL_LIMITS.agentReturnMs);
    expect(session.status.failure?.reason).toBe('agent-never-joined');
  });
});
