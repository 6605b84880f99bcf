import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE, isActive, type CallStatus } from '../../../src/call/call-state.js';
import { transition, type CallEvent } from '../../../src/call/call-transition.js';
import type { Failure } from '../../../src/failures/failure.js';
import { VoiceError } from '../../../src/voice/voice-error.js';
import type { TransportEvent } from '../../../src/voice/transport.js';
import { deferred } from '../../support/deferred.js';
import { json, networkError, status as answer } from '../api/fake-api.js';
import { completed, failedRecord, offer, setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

const failure: Failure = {
  reason: 'unknown',
  source: 'device',
  title: 'Unclassified failure',
  cause: 'Why',
  whatToTry: 'What',
  likelyBlame: 'unknown',
  retryable: false,
};

/** Every event, with each value that leads somewhere else. */
const EVENTS = [
  { type: 'start' },
  { type: 'prompting', prompting: true },
  { type: 'prompting', prompting: false },
  { type: 'microphone-granted' },
  { type: 'connect-answered', callId: null },
  { type: 'connect-answered', callId: 'call_1' },
  { type: 'link-up', atMs: 7 },
  { type: 'reconnecting' },
  { type: 'reconnected' },
  { type: 'agent-joined' },
  { type: 'agent-left' },
  { type: 'handed-over', name: 'Ada' },
  { type: 'handed-over', name: 'Bob' },
  { type: 'agent-link', lost: true },
  { type: 'agent-link', lost: false },
  { type: 'agent-state', agentState: 'listening' },
  { type: 'agent-state', agentState: 'speaking' },
  { type: 'muted', muted: true },
  { type: 'muted', muted: false },
  { type: 'playback', blocked: true },
  { type: 'playback', blocked: false },
  { type: 'recording', recording: true },
  { type: 'recording', recording: false },
  { type: 'hint', hint: 'cannot-hear-you' },
  { type: 'hint', hint: null },
  { type: 'end', durationSeconds: 3 },
  { type: 'ended' },
  { type: 'failed', failure },
  { type: 'reset' },
] as const satisfies readonly CallEvent[];

/** Does not compile while one is missing. */
const isWhole: [Exclude<CallEvent['type'], (typeof EVENTS)[number]['type']>] extends [never] ? true : false =
  true;

/** Every status that any order of events leads to, and every step between two of them. */
function everyOrder(): { statuses: CallStatus[]; steps: [CallStatus, CallEvent, CallStatus][] } {
  const seen = new Map([[JSON.stringify(IDLE), IDLE]]);
  const steps: [CallStatus, CallEvent, CallStatus][] = [];
  // Grows while it is read.
  for (const status of seen.values()) {
    for (const event of EVENTS) {
      const next = transition(status, event);
      steps.push([status, event, next]);
      if (!seen.has(JSON.stringify(next))) seen.set(JSON.stringify(next), next);
    }
  }
  return { statuses: [...seen.values()], steps };
}

describe('in every order of events', () => {
  const { statuses, steps } = everyOrder();

  it('the states are few, and none is left out', () => {
    expect(isWhole).toBe(true);
    expect(new Set(statuses.map(({ callState }) => callState)).size).toBe(8);
    // Else the rules would count something up, and the orders would never end.
    expect(statuses.length).toBeLessThan(20_000);
  });

  it('a call begins from rest alone, and begins from nothing', () => {
    for (const [status, event, next] of steps) {
      const begins =
        next.callState === 'requesting-microphone' && status.callState !== 'requesting-microphone';
      expect(begins).toBe(event.type === 'start' && !isActive(status.callState));
      if (begins) expect(next).toEqual({ ...IDLE, callState: 'requesting-microphone' });
    }
  });

  it('a call ends by its one ending: no way leads from an active state to rest but through it', () => {
    for (const [status, event, next] of steps) {
      if (!isActive(status.callState) || isActive(next.callState)) continue;
      expect(status.callState).toBe('ending');
      expect(['ended', 'failed']).toContain(event.type);
    }
  });

  it('no way leads back from the ending into the call, nor twice into the ending', () => {
    for (const [status, event, next] of steps) {
      if (status.callState === 'ending') expect(['ending', 'ended', 'failed']).toContain(next.callState);
      if (next.callState !== 'ending' || status.callState === 'ending') continue;
      expect(event.type).toBe('end');
      expect(isActive(status.callState)).toBe(true);
    }
  });

  it('from every state the end is two steps away', () => {
    for (const status of statuses.filter(({ callState }) => isActive(callState))) {
      const ending = transition(status, { type: 'end', durationSeconds: 1 });
      expect(transition(ending, { type: 'ended' }).callState).toBe('ended');
      expect(transition(ending, { type: 'failed', failure }).callState).toBe('failed');
    }
  });

  it('what belongs to a running call is never said of another', () => {
    for (const status of statuses) {
      const { callState, failure: shown, hint, playbackBlocked, prompting, connectedAtMs } = status;
      expect(shown !== null).toBe(callState === 'failed');
      if (prompting) expect(callState).toBe('requesting-microphone');
      if (hint !== null) expect(['connected', 'reconnecting']).toContain(callState);
      if (playbackBlocked || status.recording)
        expect(['connecting', 'connected', 'reconnecting']).toContain(callState);
      if (connectedAtMs !== null)
        expect(['idle', 'requesting-microphone', 'connecting']).not.toContain(callState);
    }
  });

  it('an event that changes nothing gives the same object back', () => {
    const isSame = (one: CallStatus, other: CallStatus): boolean =>
      JSON.stringify(one) === JSON.stringify(other);
    // What these say is said anew, however often.
    const anew = new Set(['connect-answered', 'failed']);
    const copies = steps.filter(
      ([status, event, next]) => next !== status && isSame(status, next) && !anew.has(event.type),
    );
    expect(copies).toEqual([]);
  });
});

const LINK_EVENTS: readonly TransportEvent[] = [
  { type: 'reconnecting' },
  { type: 'reconnected' },
  { type: 'agent-joined' },
  { type: 'agent-left' },
  { type: 'agent-state', agentState: 'speaking' },
  { type: 'playback', blocked: true },
  { type: 'disconnected', end: 'remote', detail: '' },
  { type: 'disconnected', end: 'lost', detail: '' },
];

/** With each comes whether what needs no time happens before the next one. */
type Step =
  | { do: 'start' | 'end' | 'mute' | 'reset' | 'dispose' | 'link-up' | 'link-fails' }
  | { do: 'link'; event: TransportEvent }
  | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'start' }) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'link-up' }, { do: 'link-fails' }) },
  { weight: 4, arbitrary: fc.constantFrom(...LINK_EVENTS).map((event): Step => ({ do: 'link', event })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>({ do: 'end' }, { do: 'mute' }, { do: 'reset' }, { do: 'dispose' }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(0, 500, 5_000, 21_000, 40_000).map((ms): Step => ({ do: 'wait', ms })),
  },
);

describe('a session', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells of one end for each start, and leaves no microphone and no link, whatever happens in whatever order', async () => {
    const connects = fc.constantFrom(offer, answer(402), answer(503), networkError, json({}));
    const records = fc.constantFrom(completed, failedRecord('no_audio_output'), answer(404), networkError);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.boolean()), { maxLength: 30 }),
        connects,
        records,
        async (steps, connect, record) => {
          const links: FakeTransport[] = [];
          const { session, start, told, tracks } = setUpCall({
            connect,
            record,
            loadTransport: async () => {
              const link = new FakeTransport();
              link.connecting = deferred<void>();
              links.push(link);
              return link;
            },
          });
          let starts = 0;
          for (const [each, rests] of steps) {
            const link = links.at(-1);
            if (each.do === 'start' && start()) starts++;
            if (each.do === 'end') void session.end();
            if (each.do === 'mute') void session.setMuted(true);
            if (each.do === 'reset') session.reset();
            if (each.do === 'dispose') session.dispose();
            if (each.do === 'link-up') link?.connecting?.resolve();
            if (each.do === 'link-fails')
              link?.connecting?.reject(new VoiceError('connection-blocked', 'no'));
            if (each.do === 'link') link?.emit(each.event);
            if (each.do === 'wait') await vi.advanceTimersByTimeAsync(each.ms);
            else if (rests) await settle();
            // One may be under way, and no more than that.
            expect(starts - told.ends.length).toBeGreaterThanOrEqual(0);
            expect(starts - told.ends.length).toBeLessThanOrEqual(1);
          }
          void session.end();
          await vi.advanceTimersByTimeAsync(60_000);
          expect(told.ends).toHaveLength(starts);
          expect(isActive(session.status.callState)).toBe(false);
          expect(tracks.every(({ stopped }) => stopped)).toBe(true);
          expect(links.every(({ disconnects }) => disconnects === 1)).toBe(true);
        },
      ),
      {
        numRuns: 600,
        // Left while the outcome is being found out.
        examples: [
          [
            [
              [{ do: 'start' }, true],
              [{ do: 'link-up' }, true],
              [{ do: 'end' }, false],
              [{ do: 'dispose' }, false],
            ],
            offer,
            completed,
          ],
        ],
      },
    );
  });
});
