import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { status } from '../api/fake-api.js';
import { completed, failedRecord, setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from './fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const joined = { type: 'agent-joined' } as const;
const left = { type: 'agent-left' } as const;

describe('an agent that never joins', () => {
  it('is waited for 15 seconds, and no longer', async () => {
    const { session, startAndConnect, told, tracks } = setUpCall();
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(session.status.callState).toBe('connected');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.status.callState).toBe('failed');
    expect(tracks[0]?.stopped).toBe(true);
    expect(told.ends).toMatchObject([
      {
        callId: 'call_1',
        durationSeconds: 15,
        connected: false,
        failure: { reason: 'agent-never-joined', source: 'device' },
      },
    ]);
  });

  it('is explained by the platform when it knows why', async () => {
    const { startAndConnect, told } = setUpCall({ record: failedRecord('bot_startup_failed') });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(told.failures).toMatchObject([{ reason: 'bot_startup_failed', source: 'server' }]);
  });

  it('is reported for the logs', async () => {
    const { startAndConnect, told } = setUpCall();
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(told.errors).toMatchObject([{ name: 'VoiceError', code: 'agent-never-joined' }]);
  });

  it('is not missed any more once the visitor has ended the call', async () => {
    const { session, startAndConnect, told } = setUpCall();
    await startAndConnect();
    await session.end();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.failures).toEqual([]);
    expect(told.ends).toHaveLength(1);
  });
});

describe('an agent that joins', () => {
  it.each([1, 14_999])('after %i ms is in time', async (ms) => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(ms);
    transport.emit(joined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentJoined: true });
    session.dispose();
  });

  it('before the link is fully up is not missed', async () => {
    const transport = new FakeTransport();
    const connect = transport.connect.bind(transport);
    transport.connect = async (options) => {
      options.onEvent(joined);
      await connect(options);
    };
    const { session, startAndConnect } = setUpCall({ transport });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentJoined: true });
    session.dispose();
  });

  it('says what it is doing', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit(joined);
    for (const agentState of ['listening', 'thinking', 'speaking'] as const) {
      transport.emit({ type: 'agent-state', agentState });
      expect(session.status.agentState).toBe(agentState);
    }
    session.dispose();
  });
});

describe('who says nothing of themselves', () => {
  it('speaks while there is a sound, and listens after it; what is told wins', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit(joined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.status.agentState).toBe('initializing');
    transport.totals = { ...transport.totals, agentEnergy: 0.1 };
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.agentState).toBe('speaking');
    await vi.advanceTimersByTimeAsync(1_250);
    expect(session.status.agentState).toBe('listening');
    transport.emit({ type: 'agent-state', agentState: 'thinking' });
    transport.totals = { ...transport.totals, agentEnergy: 0.3 };
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.agentState).toBe('thinking');
    session.dispose();
  });
});

describe('an agent that leaves', () => {
  it('and returns within 8 seconds goes on with the call', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    transport.emit(left);
    expect(session.status).toMatchObject({
      callState: 'connected',
      agentJoined: false,
      agentState: 'initializing',
    });
    await vi.advanceTimersByTimeAsync(7_999);
    transport.emit(joined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentJoined: true });
    expect(told.ends).toEqual([]);
    session.dispose();
  });

  it('for good after a conversation has ended the call, as calls end', async () => {
    const { session, converse, transport, told, tracks } = setUpCall({ record: completed });
    await converse();
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(session.status.callState).toBe('connected');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.status.callState).toBe('ended');
    expect(tracks[0]?.stopped).toBe(true);
    expect(told.ends).toMatchObject([{ callId: 'call_1', connected: true, failure: null }]);
  });

  it('for good after it had spoken to a silent caller has ended the call as well', async () => {
    const { startAndConnect, transport, told } = setUpCall({ record: completed });
    await startAndConnect();
    transport.emit(joined);
    transport.hear({ agent: true });
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
  });

  it('for good because it crashed is explained by the platform', async () => {
    const { converse, transport, told } = setUpCall({ record: failedRecord('stale_sweep') });
    await converse();
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(told.ends).toMatchObject([{ failure: { reason: 'stale_sweep', source: 'server' } }]);
  });

  it('for good without a word is not said to have never joined', async () => {
    const { startAndConnect, transport, told } = setUpCall();
    await startAndConnect();
    transport.emit(joined);
    transport.hear({ caller: true });
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(told.ends).toMatchObject([{ failure: { reason: 'agent-silent', source: 'device' } }]);
  });

  it('before the link is up has as long to return as one that has not come yet', async () => {
    const transport = new FakeTransport();
    const connect = transport.connect.bind(transport);
    transport.connect = async (options) => {
      options.onEvent(joined);
      options.onEvent(left);
      await connect(options);
    };
    const { session, startAndConnect } = setUpCall({ transport, record: status(404) });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(session.status.callState).toBe('connected');
    transport.emit(joined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status.callState).toBe('connected');
    session.dispose();
    await settle();
  });
});
