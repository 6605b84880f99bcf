import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { status, type Answer } from '../api/fake-api.js';
import { completed, failedRecord, running, setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

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
    const { session, converse, transport, told } = setUpCall({ record: running });
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
    const { session, converse, transport, told, tracks } = setUpCall({ record: running });
    await converse();
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(session.status.callState).toBe('connected');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.status.callState).toBe('ending');
    expect(tracks[0]?.stopped).toBe(true);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told.ends).toMatchObject([{ callId: 'call_1', connected: true, failure: null }]);
  });

  it.each<[string, Answer]>([
    ['completed', completed],
    ['failed', failedRecord('idle_timeout')],
  ])('has ended the call as soon as the record says %s', async (_what, record) => {
    const { session, converse, transport, told } = setUpCall({ record });
    await converse();
    transport.emit(left);
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.callState).toMatch(/^(ended|failed)$/);
    expect(told.ends).toHaveLength(1);
  });

  it('with a goodbye has ended it after two seconds, where no record can be read', async () => {
    const { session, converse, transport, told } = setUpCall({ record: status(404) });
    await converse();
    transport.emit({ ...left, how: 'hung-up' });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(session.status.callState).toBe('connected');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.status.callState).toBe('ending');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
  });

  it('with a goodbye is waited for twice as long where the record says that the call goes on', async () => {
    const { session, converse, transport, told } = setUpCall({ record: running });
    await converse();
    transport.emit({ ...left, how: 'hung-up' });
    await vi.advanceTimersByTimeAsync(3_000);
    transport.emit(joined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentJoined: true });
    transport.emit({ ...left, how: 'hung-up' });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(session.status.callState).toBe('ending');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told.ends).toHaveLength(1);
  });

  it('in the middle of a sentence is waited for as one that may come back', async () => {
    const { session, converse, transport } = setUpCall({ record: status(404) });
    await converse();
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    transport.emit({ ...left, how: 'hung-up' });
    await vi.advanceTimersByTimeAsync(7_999);
    expect(session.status.callState).toBe('connected');
    session.dispose();
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

describe('an agent whose process dies', () => {
  const lost = { type: 'agent-link', lost: true } as const;
  const back = { type: 'agent-link', lost: false } as const;

  const MOMENTS: [string, { agent?: boolean; caller?: boolean }, 'speaking' | 'listening'][] = [
    ['while it speaks', { agent: true, caller: true }, 'speaking'],
    ['while the visitor speaks', { agent: true, caller: true }, 'listening'],
    ['while a visitor listens who was never heard', { agent: true }, 'listening'],
    ['before it has spoken', {}, 'listening'],
  ];
  for (const [when, heard, agentState] of MOMENTS) {
    it(`${when}: told eight seconds after its link was lost, blamed on the platform, and no hint before`, async () => {
      const { session, startAndConnect, transport, told } = setUpCall({ record: running });
      await startAndConnect();
      transport.emit(joined);
      transport.emit({ type: 'agent-state', agentState });
      transport.hear(heard);
      await vi.advanceTimersByTimeAsync(1_000);
      transport.emit(lost);
      expect(session.status).toMatchObject({ agentLinkLost: true, hint: null });
      await vi.advanceTimersByTimeAsync(5_750);
      expect(session.status).toMatchObject({ callState: 'connected', hint: null });
      await vi.advanceTimersByTimeAsync(2_250);
      expect(told.failures).toMatchObject([{ reason: 'stale_sweep', likelyBlame: 'platform' }]);
      expect(told.ends).toHaveLength(1);
    });
  }

  it('is not waited for anew when the server drops it at last', async () => {
    const { session, converse, transport } = setUpCall({ record: running });
    await converse();
    transport.emit(lost);
    await vi.advanceTimersByTimeAsync(4_000);
    transport.emit({ ...left, how: 'vanished' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.status.callState).toBe('ending');
    session.dispose();
  });

  it('and is dropped by the server is the platform’s failure, also when both were heard', async () => {
    const { converse, transport, told } = setUpCall({ record: status(404) });
    await converse();
    transport.emit({ ...left, how: 'vanished' });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(told.failures).toMatchObject([{ reason: 'stale_sweep' }]);
  });

  it('is the platform’s failure to a visitor who hangs up on it, too', async () => {
    const { session, converse, transport, told } = setUpCall({ record: running });
    await converse();
    transport.emit(lost);
    await vi.advanceTimersByTimeAsync(3_000);
    void session.end();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told.failures).toMatchObject([{ reason: 'stale_sweep' }]);
  });

  it('is seen by the packets that do not come while it is said to speak', async () => {
    const { session, startAndConnect, transport } = setUpCall({ record: running });
    await startAndConnect();
    transport.emit(joined);
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    transport.totals = { ...transport.totals, agentEnergy: 1, agentPackets: 50 };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.status.agentLinkLost).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(session.status.agentLinkLost).toBe(true);
    transport.totals = { ...transport.totals, agentPackets: 60 };
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.agentLinkLost).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    session.dispose();
  });

  it('and whose link lives again goes on', async () => {
    const { session, converse, transport, told } = setUpCall({ record: running });
    await converse();
    transport.emit(lost);
    await vi.advanceTimersByTimeAsync(5_000);
    transport.emit(back);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentLinkLost: false });
    expect(told.ends).toEqual([]);
    session.dispose();
  });
});

describe('a call that is handed to a person', () => {
  const toGrace = { type: 'handed-over', name: 'Grace' } as const;

  it('goes on for as long as they are there, and what they do is heard', async () => {
    const { session, converse, transport, told } = setUpCall({ record: completed });
    await converse();
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    transport.emit(toGrace);
    expect(told.persons).toEqual(['Grace']);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(session.status).toMatchObject({ callState: 'connected', agentJoined: true, person: 'Grace' });
    transport.totals = { ...transport.totals, agentEnergy: 3 };
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.agentState).toBe('speaking');
    expect(await session.sendText('Hello Grace')).toBe(true);
    await session.end();
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
    expect(session.trace?.timeline.map(({ event }) => event)).toContain('handed-over');
  });

  it('is no failure of the agent that left it, whatever the record says of that one', async () => {
    const { converse, transport, told } = setUpCall({ record: failedRecord('stale_sweep') });
    await converse();
    transport.emit(toGrace);
    await vi.advanceTimersByTimeAsync(5_000);
    transport.emit({ ...left, how: 'hung-up' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told.ends).toMatchObject([{ connected: true, failure: null }]);
    expect(told.failures).toEqual([]);
  });

  it('that breaks off is a lost connection', async () => {
    const { converse, transport, told } = setUpCall({ record: completed });
    await converse();
    transport.emit(toGrace);
    transport.emit({ type: 'disconnected', end: 'lost', detail: '' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told.ends).toHaveLength(1);
    expect(told.failures).toMatchObject([{ reason: 'connection-lost' }]);
  });
});
