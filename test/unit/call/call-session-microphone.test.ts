import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenMicrophoneOptions } from '../../../src/voice/microphone.js';
import { VoiceError } from '../../../src/voice/voice-error.js';
import { deferred } from '../../support/deferred.js';
import { setUpCall, settle, type CallSetup, type FakeTrack } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const revoked = new VoiceError('microphone-denied', 'Permission denied');

/** Grants the first `granted` times, then refuses with `error`. */
function granting(granted: number, error: Error = revoked): CallSetup['openMicrophone'] {
  let asked = 0;
  return async (track) => {
    if (asked++ >= granted) throw error;
    track.label = `Microphone ${asked}`;
    return track;
  };
}

describe('a microphone that vanishes in the middle of a call', () => {
  it('gives way to the system’s default, which the link gets, and the visitor is told', async () => {
    const asked: OpenMicrophoneOptions[] = [];
    const { session, converse, transport, tracks, told } = setUpCall({
      openMicrophone: async (track, options) => {
        asked.push(options);
        track.label = `Microphone ${asked.length}`;
        return track;
      },
    });
    await converse();
    tracks[0]?.vanish();
    await settle();
    expect(asked[1]?.deviceId).toBeUndefined();
    expect(transport.microphones).toEqual([tracks[1]]);
    expect(told.microphones).toEqual(['Microphone 2']);
    expect(session.status.callState).toBe('connected');
    expect(told).toMatchObject({ ends: [], failures: [] });
    await session.end();
    expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
  });

  it('more than once is replaced every time', async () => {
    const { session, converse, transport, tracks, told } = setUpCall({ openMicrophone: granting(3) });
    await converse();
    tracks[0]?.vanish();
    await settle();
    tracks[1]?.vanish();
    await settle();
    expect(transport.microphones).toEqual([tracks[1], tracks[2]]);
    expect(told.microphones).toEqual(['Microphone 2', 'Microphone 3']);
    session.dispose();
  });

  it('while muted gives way to one that is muted', async () => {
    const { session, converse, tracks } = setUpCall();
    await converse();
    await session.setMuted(true);
    tracks[0]?.vanish();
    await settle();
    expect(tracks[1]?.enabled).toBe(false);
    expect(session.status.muted).toBe(true);
    await session.setMuted(false);
    expect(tracks[1]?.enabled).toBe(true);
    session.dispose();
  });

  it('while muted stays muted although the link switches the new one on', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    transport.replaceMicrophone = async (track) => void (track.enabled = true);
    await converse();
    await session.setMuted(true);
    tracks[0]?.vanish();
    await settle();
    expect(tracks[1]?.enabled).toBe(false);
    session.dispose();
  });

  it('is heard again although the link had muted itself, as LiveKit does for a track that ended', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    transport.replaceMicrophone = async (track) => void (track.enabled = false);
    await converse();
    tracks[0]?.vanish();
    await settle();
    expect(session.status.muted).toBe(false);
    expect(tracks[1]?.enabled).toBe(true);
    expect(transport.mutings.at(-1)).toBe(false);
    session.dispose();
  });

  it('while the link is being restored is replaced too', async () => {
    const { session, converse, transport, tracks } = setUpCall();
    await converse();
    transport.emit({ type: 'reconnecting' });
    tracks[0]?.vanish();
    await settle();
    expect(transport.microphones).toEqual([tracks[1]]);
    expect(session.status.callState).toBe('reconnecting');
    session.dispose();
  });

  it('while connect is under way leaves the link the new one', async () => {
    const answer = deferred<Response>();
    const { session, startAndConnect, transport, tracks } = setUpCall({ connect: () => answer.promise });
    const connect = vi.spyOn(transport, 'connect');
    await startAndConnect();
    tracks[0]?.vanish();
    await settle();
    answer.resolve(
      Response.json({ callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' }),
    );
    await settle();
    expect(connect.mock.calls[0]?.[0].microphone).toBe(tracks[1]);
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });

  it('after the call is nobody’s concern', async () => {
    const { session, converse, tracks, steps } = setUpCall();
    await converse();
    await session.end();
    tracks[0]?.vanish();
    await settle();
    expect(steps.filter((step) => step === 'microphone')).toHaveLength(1);
  });
});

describe('a microphone that is lost for good', () => {
  it.each([
    ['because its permission was revoked', revoked, 'microphone-denied'],
    ['because there is no other', new VoiceError('microphone-not-found', 'none'), 'microphone-not-found'],
    ['because the only other is busy', new VoiceError('microphone-in-use', 'busy'), 'microphone-in-use'],
  ])(
    '%s ends the call with a failure of its own, without asking the platform',
    async (_why, error, reason) => {
      const { converse, tracks, told, steps, transport, states } = setUpCall({
        openMicrophone: granting(1, error),
      });
      await converse();
      tracks[0]?.vanish();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(told.ends).toMatchObject([
        { callId: 'call_1', connected: true, durationSeconds: 5, failure: { reason, source: 'device' } },
      ]);
      expect(told.failures).toMatchObject([{ reason }]);
      expect(told.errors).toEqual([error]);
      expect(steps).not.toContain('record');
      expect(states().slice(-2)).toEqual(['ending', 'failed']);
      expect(transport.disconnects).toBe(1);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('can be allowed again for the next call', async () => {
    let allowed = true;
    const { session, converse, startAndConnect, tracks } = setUpCall({
      openMicrophone: async (track) => {
        if (!allowed) throw revoked;
        return track;
      },
    });
    await converse();
    allowed = false;
    tracks[0]?.vanish();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.status.failure?.reason).toBe('microphone-denied');
    allowed = true;
    await startAndConnect();
    expect(session.status).toMatchObject({ callState: 'connected', failure: null });
    session.dispose();
  });

  it('in the moment the visitor ends the call is no failure', async () => {
    const { session, converse, tracks, told } = setUpCall({ openMicrophone: granting(1) });
    await converse();
    tracks[0]?.vanish();
    await session.end();
    await settle();
    expect(told.ends).toMatchObject([{ failure: null }]);
    expect(told.failures).toEqual([]);
  });

  it('because the link does not take the new one leaves nothing open', async () => {
    const { converse, transport, tracks, told } = setUpCall();
    transport.replaceMicrophone = () => Promise.reject(new Error('no sender'));
    await converse();
    tracks[0]?.vanish();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told.ends).toHaveLength(1);
    expect(tracks[1]?.stopped).toBe(true);
  });
});

describe('choosing another microphone', () => {
  /** What was asked for, and a page that can choose. */
  function choosing(setup: CallSetup = {}) {
    const asked: (string | undefined)[] = [];
    const call = setUpCall({
      ...setup,
      openMicrophone: (track, options) => {
        asked.push(options.deviceId);
        return setup.openMicrophone?.(track, options) ?? Promise.resolve(track);
      },
    });
    return { ...call, asked };
  }

  it('is remembered by the plan: the call begins with it', async () => {
    const { session, plan, asked } = choosing();
    session.start({ ...plan, microphoneId: 'mic_2' });
    await settle();
    expect(asked).toEqual(['mic_2']);
    session.dispose();
  });

  it('sends the new one from now on, and switches the old one off', async () => {
    const { session, converse, transport, tracks, asked } = choosing();
    await converse();
    await session.useMicrophone('mic_2');
    expect(asked).toEqual([undefined, 'mic_2']);
    expect(transport.microphones).toEqual([tracks[1]]);
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
    session.dispose();
    expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
  });

  it('is not told as one that went away', async () => {
    const { session, converse, told } = choosing();
    await converse();
    await session.useMicrophone('mic_2');
    expect(told.microphones).toEqual([]);
    session.dispose();
  });

  it('while muted stays muted', async () => {
    const { session, converse, tracks } = choosing();
    await converse();
    await session.setMuted(true);
    await session.useMicrophone('mic_2');
    expect(tracks[1]?.enabled).toBe(false);
    session.dispose();
  });

  it('that cannot be opened keeps the present one, and the call', async () => {
    const { session, converse, transport, tracks, told } = choosing({ openMicrophone: granting(1) });
    await converse();
    await session.useMicrophone('mic_2');
    expect(told.errors).toEqual([revoked]);
    expect(session.status).toMatchObject({ callState: 'connected', failure: null });
    expect(transport.microphones).toEqual([]);
    expect(tracks[0]).toMatchObject({ stopped: false, enabled: true });
    await session.setMuted(true);
    expect(tracks[0]?.enabled).toBe(false);
    session.dispose();
    expect(tracks[0]?.stopped).toBe(true);
  });

  it('that the link does not take keeps the present one: it is the one that mute silences', async () => {
    const { session, converse, transport, tracks } = choosing();
    transport.replaceMicrophone = () => Promise.reject(new Error('no sender'));
    await converse();
    await session.useMicrophone('mic_2');
    expect(session.status.callState).toBe('connected');
    await session.setMuted(true);
    expect(tracks.map(({ stopped, enabled }) => ({ stopped, enabled }))).toEqual([
      { stopped: false, enabled: false },
      { stopped: true, enabled: expect.any(Boolean) },
    ]);
    session.dispose();
    expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
  });

  it('that the other side cannot be told about is still the one in use', async () => {
    const { session, converse, transport, tracks } = choosing();
    transport.setMuted = () => Promise.reject(new Error('link is down'));
    await converse();
    await session.useMicrophone('mic_2');
    expect(transport.microphones).toEqual([tracks[1]]);
    expect(tracks[1]).toMatchObject({ stopped: false, enabled: true });
    session.dispose();
  });

  it('that opens when the call is over already is switched off at once', async () => {
    const granted = deferred<FakeTrack>();
    let asked = 0;
    const { session, converse, tracks, transport } = choosing({
      openMicrophone: (track) => (asked++ === 0 ? Promise.resolve(track) : granted.promise),
    });
    await converse();
    const chosen = session.useMicrophone('mic_2');
    await session.end();
    granted.resolve(tracks[1] as FakeTrack);
    await chosen;
    expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
    expect(transport.microphones).toEqual([]);
  });

  it('that the link is still taking when the call ends leaves neither open', async () => {
    const { session, converse, transport, tracks } = choosing();
    transport.replaceMicrophone = () => new Promise(() => undefined);
    await converse();
    void session.useMicrophone('mic_2');
    await settle();
    await session.end();
    expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
  });

  it.each<[string, (call: ReturnType<typeof choosing>) => Promise<void>]>([
    ['before a call', () => Promise.resolve()],
    ['after a call', ({ session, converse }) => converse().then(() => session.end())],
  ])('%s asks for none', async (_when, prepare) => {
    const call = choosing();
    await prepare(call);
    const before = call.asked.length;
    await call.session.useMicrophone('mic_2');
    expect(call.asked).toHaveLength(before);
  });
});

describe('mute before the microphone is granted', () => {
  it('is either true for both the visitor and the microphone, or for neither', async () => {
    const granted = deferred<void>();
    const { session, startAndConnect, tracks } = setUpCall({
      openMicrophone: async (track) => {
        await granted.promise;
        return track;
      },
    });
    await startAndConnect();
    await session.setMuted(true);
    granted.resolve();
    await settle();
    expect(session.status.callState).toBe('connected');
    expect(tracks[0]?.enabled).toBe(!session.status.muted);
    session.dispose();
  });
});

describe('the question about the microphone', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it.each([
    ['prompt', true],
    ['unknown', true],
    ['granted', false],
    ['denied', false],
  ] as const)('is explained while it stands: permission %s → %s', async (permission, explained) => {
    const { session, startAndConnect } = setUpCall({
      openMicrophone: never,
      microphonePermission: () => Promise.resolve(permission),
    });
    await startAndConnect();
    expect(session.status).toMatchObject({ callState: 'requesting-microphone', prompting: explained });
    session.dispose();
  });

  it('is not explained before it is known whether it will be put', async () => {
    const { session, startAndConnect, steps } = setUpCall({ microphonePermission: never });
    await startAndConnect();
    expect(session.status.prompting).toBe(false);
    expect(steps).toEqual([]);
    session.dispose();
  });

  it.each<[string, (answer: ReturnType<typeof deferred<void>>) => unknown]>([
    ['allowed', (answer) => answer.resolve()],
    ['refused', (answer) => answer.reject(revoked)],
  ])('is over as soon as it is answered: %s', async (_how, reply) => {
    const answer = deferred<void>();
    const { session, startAndConnect, told } = setUpCall({
      microphonePermission: () => Promise.resolve('prompt'),
      openMicrophone: async (track) => {
        await answer.promise;
        return track;
      },
    });
    await startAndConnect();
    expect(session.status.prompting).toBe(true);
    reply(answer);
    await settle();
    expect(session.status.prompting).toBe(false);
    const explained = told.statuses.filter((status) => status.prompting).map((status) => status.callState);
    expect(new Set(explained)).toEqual(new Set(['requesting-microphone']));
    session.dispose();
  });

  it('is over when the visitor gives up', async () => {
    const { session, startAndConnect } = setUpCall({
      microphonePermission: () => Promise.resolve('prompt'),
      openMicrophone: never,
    });
    await startAndConnect();
    const ended = session.end();
    expect(session.status.prompting).toBe(false);
    await ended;
    expect(session.status).toMatchObject({ callState: 'ended', prompting: false });
  });

  it('is not put any more to a visitor who gives up before', async () => {
    const permission = deferred<'prompt'>();
    const { session, startAndConnect, steps } = setUpCall({ microphonePermission: () => permission.promise });
    await startAndConnect();
    await session.end();
    permission.resolve('prompt');
    await settle();
    expect(steps).toEqual([]);
    expect(session.status).toMatchObject({ callState: 'ended', prompting: false });
  });
});

describe('what is said about the sound', () => {
  it('is told at once when the system interrupts the microphone, and taken back when it returns', async () => {
    const { session, converse, tracks, transport } = setUpCall();
    await converse();
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    Object.assign(tracks[0] as FakeTrack, { muted: true });
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.hint).toBe('cannot-hear-you');
    Object.assign(tracks[0] as FakeTrack, { muted: false });
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.hint).toBeNull();
    session.dispose();
  });

  it('comes within eight seconds of an agent that waits for a silent microphone', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    transport.hear({ agent: true });
    transport.emit({ type: 'agent-state', agentState: 'listening' });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(session.status.hint).toBe('cannot-hear-you');
    transport.hear();
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.hint).toBeNull();
    session.dispose();
  });

  it('is nothing about who was heard before, and about an agent that lets them begin', async () => {
    const { session, converse, transport } = setUpCall();
    await converse();
    transport.emit({ type: 'agent-state', agentState: 'listening' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status.hint).toBeNull();
    session.dispose();

    const other = setUpCall();
    await other.startAndConnect();
    other.transport.emit({ type: 'agent-joined' });
    other.transport.emit({ type: 'agent-state', agentState: 'listening' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(other.session.status.hint).toBeNull();
    await other.session.end();
    expect(other.told.ends).toMatchObject([{ failure: null, connected: false }]);
  });

  it('comes three seconds after an agent began to speak without a sound', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(session.status.hint).toBeNull();
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.hint).toBe('cannot-hear-agent');
    session.dispose();
  });

  it('comes eight seconds after the link, when nothing of the agent was heard', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    await vi.advanceTimersByTimeAsync(7_750);
    expect(session.status.hint).toBeNull();
    await vi.advanceTimersByTimeAsync(250);
    expect(session.status.hint).toBe('cannot-hear-agent');
    session.dispose();
  });

  it('is gone with the call', async () => {
    const { session, converse, tracks } = setUpCall();
    await converse();
    Object.assign(tracks[0] as FakeTrack, { muted: true });
    await vi.advanceTimersByTimeAsync(250);
    await session.end();
    expect(session.status.hint).toBeNull();
  });
});

it('a link that comes up only after the microphone was replaced is told of the new one', async () => {
  const transport = new FakeTransport();
  const link = (transport.connecting = deferred<void>());
  const { session, startAndConnect, tracks } = setUpCall({ transport });
  await startAndConnect();
  // Before it is up a link has nothing to replace.
  const replaced: unknown[] = [];
  let up = false;
  void link.promise.then(() => (up = true));
  transport.replaceMicrophone = async (track) => {
    if (up) replaced.push(track);
  };
  tracks[0]?.vanish();
  await settle();
  link.resolve();
  await settle();
  expect(session.status.callState).toBe('connected');
  expect(replaced).toEqual([tracks[1]]);
  session.dispose();
});
