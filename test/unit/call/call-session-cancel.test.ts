import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VoiceError } from '../../../src/voice/voice-error.js';
import { silence } from '../api/fake-api.js';
import { deferred, type Deferred } from '../../support/deferred.js';
import {
  offer,
  setUpCall,
  settle,
  type CallSetup,
  type CallUnderTest,
  type FakeTrack,
} from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call that has come as far as one of its waits, and what may happen to that wait after all. */
interface Stage {
  setup: CallSetup;
  /** Steps taken so far; no other may follow. */
  steps: string[];
  callId: string | null;
  lateOutcomes: Record<string, () => void>;
}

const nothing = () => undefined;

const STAGES: Record<string, () => Stage> = {
  'the microphone prompt is open'() {
    const prompt = deferred<void>();
    return {
      setup: {
        openMicrophone: async (track) => {
          await prompt.promise;
          return track;
        },
      },
      steps: ['microphone'],
      callId: null,
      lateOutcomes: {
        'it stays open': nothing,
        'the visitor allows': () => prompt.resolve(),
        'the visitor refuses': () => prompt.reject(new VoiceError('microphone-denied', 'late')),
      },
    };
  },
  'connect is on its way'() {
    const answer = deferred<Response>();
    const steps = ['microphone', 'connect'];
    return {
      setup: { connect: (request) => Promise.race([answer.promise, silence(request)]) },
      steps,
      callId: null,
      lateOutcomes: { 'nothing answers': nothing, 'the answer was there already': () => answerNow(answer) },
    };
  },
  'connect is on its way, in a fetch that knows no cancellation'() {
    const answer = deferred<Response>();
    return {
      setup: { connect: () => answer.promise },
      steps: ['microphone', 'connect'],
      callId: null,
      lateOutcomes: {
        'it answers': () => answerNow(answer),
        'it fails': () => answer.reject(new TypeError('Failed to fetch')),
      },
    };
  },
  'the code of the link is being fetched'() {
    const code = deferred<void>();
    return {
      setup: {
        loadTransport: async (transport) => {
          await code.promise;
          return transport;
        },
      },
      steps: ['microphone', 'connect', 'transport'],
      callId: 'call_1',
      lateOutcomes: {
        'it never comes': nothing,
        'it comes': () => code.resolve(),
        'it fails': () => code.reject(new TypeError('Failed to fetch dynamically imported module')),
      },
    };
  },
  'the link is coming up'() {
    const transport = new FakeTransport();
    const link = (transport.connecting = deferred<void>());
    return {
      setup: { transport },
      steps: ['microphone', 'connect', 'transport'],
      callId: 'call_1',
      lateOutcomes: {
        'it hangs': nothing,
        'it comes up': () => link.resolve(),
        'it fails': () => link.reject(new VoiceError('connection-blocked', 'late')),
        'the agent joins': () => transport.emit({ type: 'agent-joined' }),
        'it breaks': () => transport.emit({ type: 'disconnected', end: 'lost', detail: 'late' }),
      },
    };
  },
};

function answerNow(answer: Deferred<Response>): void {
  void Promise.resolve(offer({ url: '', method: 'POST', headers: {}, body: {}, init: {} })).then(
    answer.resolve,
  );
}

const WAYS: Record<string, (call: CallUnderTest) => unknown> = {
  'the visitor ends it': ({ session }) => session.end(),
  'the page goes away': ({ session }) => session.dispose(),
  'both at once': ({ session }) => {
    void session.end();
    session.dispose();
  },
  'the visitor presses twice': ({ session }) => [session.end(), session.end()],
};

const CASES = Object.entries(STAGES).flatMap(([stage, create]) =>
  Object.keys(create().lateOutcomes).flatMap((outcome) =>
    Object.entries(WAYS).map(([way, giveUp]) => ({ stage, create, outcome, way, giveUp })),
  ),
);

describe('a call that is given up before it is up', () => {
  it.each(CASES)('while $stage; $way; then $outcome', async ({ create, outcome, giveUp }) => {
    const { setup, steps, callId, lateOutcomes } = create();
    const call = setUpCall(setup);
    await call.startAndConnect();
    expect(call.steps).toEqual(steps);

    await giveUp(call);
    lateOutcomes[outcome]?.();
    await settle();

    expect(call.told.ends).toEqual([{ callId, durationSeconds: 0, connected: false, failure: null }]);
    expect(call.session.status.callState).toBe('ended');
    expect(call.told.failures).toEqual([]);
    expect(call.told.connected).toEqual([]);
    expect(call.steps).toEqual(steps);
    const granted = outcome !== 'it stays open' && outcome !== 'the visitor refuses';
    if (granted) expect(call.tracks.map(({ stopped }) => stopped)).toEqual([true]);
    if (call.transport.connects > 0) {
      expect(call.transport.signal?.aborted).toBe(true);
      expect(call.transport.disconnects).toBeGreaterThan(0);
    }
    await vi.advanceTimersByTimeAsync(120_000);
    expect(call.told.ends).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('giving up', () => {
  it('cancels the request on the wire', async () => {
    const call = setUpCall({ connect: silence });
    await call.startAndConnect();
    await call.session.end();
    expect(call.requests[0]?.init.signal?.aborted).toBe(true);
  });

  it('makes room for another call at once, and what comes late belongs to nobody', async () => {
    const prompts: Deferred<FakeTrack>[] = [];
    const call = setUpCall({
      openMicrophone: () => {
        const prompt = deferred<FakeTrack>();
        prompts.push(prompt);
        return prompt.promise;
      },
    });
    call.start();
    await settle();
    await call.session.end();
    expect(call.start()).toBe(true);
    await settle();
    prompts[0]?.resolve(call.tracks[0] as FakeTrack);
    await settle();
    expect(call.tracks[0]?.stopped).toBe(true);
    expect(call.session.status.callState).toBe('requesting-microphone');
    prompts[1]?.resolve(call.tracks[1] as FakeTrack);
    await settle();
    expect(call.tracks[1]?.stopped).toBe(false);
    expect(call.session.status.callState).toBe('connected');
    call.session.dispose();
  });

  it('in the very moment the microphone is granted sends no connect', async () => {
    const call = setUpCall();
    call.onStatus.mockImplementation(({ callState }) => {
      if (callState === 'connecting') void call.session.end();
    });
    await call.startAndConnect();
    expect(call.steps).toEqual(['microphone']);
    expect(call.tracks[0]?.stopped).toBe(true);
    expect(call.told.ends).toHaveLength(1);
  });

  it.each([
    ['the microphone prompt is open', 'the visitor allows'],
    ['connect is on its way, in a fetch that knows no cancellation', 'it answers'],
    ['the code of the link is being fetched', 'it comes'],
    ['the link is coming up', 'it comes up'],
    ['the link is coming up', 'it fails'],
  ])('in the same moment counts: while %s, %s, and the visitor ends it', async (stage, outcome) => {
    const { setup, steps, callId, lateOutcomes } = (STAGES[stage] as () => Stage)();
    const call = setUpCall(setup);
    await call.startAndConnect();
    lateOutcomes[outcome]?.();
    await call.session.end();
    await settle();
    expect(call.steps).toEqual(steps);
    expect(call.told.connected).toEqual([]);
    expect(call.told.ends).toEqual([{ callId, durationSeconds: 0, connected: false, failure: null }]);
    expect(call.tracks.map(({ stopped }) => stopped)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('before any call, or after it, is nothing', async () => {
    const call = setUpCall();
    await call.session.end();
    call.session.dispose();
    expect(call.told.statuses).toEqual([]);
    await call.converse();
    await call.session.end();
    await call.session.end();
    call.session.dispose();
    call.session.dispose();
    expect(call.told.ends).toHaveLength(1);
  });
});
