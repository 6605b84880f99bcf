import { describe, expect, it } from 'vitest';
import { SilenceDetector, type SoundFacts, type SilenceHint } from '../../../src/call/silence-detector.js';

/** A conversation in which the agent has spoken and waits, and the visitor says nothing. */
const QUIET: Omit<SoundFacts, 'atMs'> = {
  agentJoinedAtMs: 0,
  levels: { agent: 0, caller: 0 },
  agentHeard: true,
  agentState: 'listening',
  stateTold: true,
  muted: false,
  microphoneSilenced: false,
  microphone: 'one',
};

const SPOKEN = { levels: { agent: 0, caller: 0.5 } };

/** What one call's watch says at each of these moments. */
function hintsOf(...looks: (Partial<SoundFacts> & { atMs: number })[]): (SilenceHint | null)[] {
  const hearing = new SilenceDetector();
  return looks.map((look) => hearing.observe({ ...QUIET, ...look }));
}

describe('the visitor is not heard', () => {
  it('after six seconds of silence while the agent waits, and not before', () => {
    expect(hintsOf({ atMs: 10_000 }, { atMs: 15_999 }, { atMs: 16_000 }, { atMs: 40_000 })).toEqual([
      null,
      null,
      'cannot-hear-you',
      'cannot-hear-you',
    ]);
  });

  it('within eight seconds, even when the looks are a quarter of a second apart', () => {
    const looks = Array.from({ length: 32 }, (_, index) => ({ atMs: 10_000 + index * 250 }));
    expect(hintsOf(...looks).at(-1)).toBe('cannot-hear-you');
  });

  it.each<[string, Partial<SoundFacts>]>([
    ['a word from the agent', { agentState: 'speaking' }],
    ['a thought of the agent', { agentState: 'thinking' }],
    ['an agent that begins anew', { agentState: 'initializing' }],
    ['muting', { muted: true }],
    ['another microphone', { microphone: 'two' }],
  ])('but %s starts the six seconds anew', (_what, between) => {
    expect(
      hintsOf(
        { atMs: 10_000 },
        { atMs: 15_000, ...between },
        { atMs: 16_000 },
        { atMs: 21_999 },
        { atMs: 22_000 },
      ),
    ).toEqual([null, null, null, null, 'cannot-hear-you']);
  });

  it('until something is heard', () => {
    expect(hintsOf({ atMs: 10_000 }, { atMs: 16_000 }, { atMs: 16_250, ...SPOKEN })).toEqual([
      null,
      'cannot-hear-you',
      null,
    ]);
  });

  it('and who was heard once listens as long as they like, in whatever quiet room', () => {
    const room = { levels: { agent: 0, caller: 0.0025 } };
    expect(
      hintsOf(
        { atMs: 2_000, ...SPOKEN },
        { atMs: 3_000 },
        { atMs: 60_000, ...room },
        { atMs: 600_000, ...room },
      ),
    ).toEqual([null, null, null, null]);
  });

  it('but with another microphone it begins anew', () => {
    const other = { microphone: 'two' };
    expect(hintsOf({ atMs: 2_000, ...SPOKEN }, { atMs: 3_000, ...other }, { atMs: 9_000, ...other })).toEqual(
      [null, null, 'cannot-hear-you'],
    );
  });

  it('and not when the agent has let them begin: they may not know yet', () => {
    const waiting = { agentHeard: false };
    expect(hintsOf({ atMs: 0, ...waiting }, { atMs: 30_000, ...waiting })).toEqual([null, null]);
  });

  it.each<[string, Partial<SoundFacts>, SilenceHint | null]>([
    ['less than a whisper is silence', { levels: { agent: 0, caller: 0.0079 } }, 'cannot-hear-you'],
    ['a whisper is not', { levels: { agent: 0, caller: 0.008 } }, null],
    ['what the agent says does not count', { levels: { agent: 1, caller: 0 } }, 'cannot-hear-you'],
    ['nobody is waited for while the agent speaks', { agentState: 'speaking' }, null],
    ['nor while it thinks', { agentState: 'thinking' }, null],
    ['who is muted knows it', { muted: true }, null],
    ['a level that nobody knows is not silence', { levels: { agent: 0, caller: null } }, null],
  ])('%s', (_what, facts, expected) => {
    expect(hintsOf({ atMs: 10_000, ...facts }, { atMs: 60_000, ...facts }).at(-1)).toBe(expected);
  });
});

describe('a microphone that is dead or interrupted', () => {
  it('is told at once, whatever the agent does, and whoever was heard before', () => {
    for (const agentState of ['initializing', 'listening', 'thinking', 'speaking'] as const) {
      expect(hintsOf({ atMs: 10_000, microphoneSilenced: true, agentState })).toEqual(['cannot-hear-you']);
    }
    expect(hintsOf({ atMs: 1_000, ...SPOKEN }, { atMs: 2_000, microphoneSilenced: true })).toEqual([
      null,
      'cannot-hear-you',
    ]);
  });

  it('is none of the visitor’s worries while they are muted', () => {
    expect(hintsOf({ atMs: 10_000, microphoneSilenced: true, muted: true })).toEqual([null]);
  });

  it('is forgotten when it is back', () => {
    expect(hintsOf({ atMs: 10_000, microphoneSilenced: true }, { atMs: 10_250 })).toEqual([
      'cannot-hear-you',
      null,
    ]);
  });
});

describe('the agent is not heard', () => {
  const unheard = { agentHeard: false, agentState: 'speaking' } as const;
  const untold = { agentHeard: false, agentState: 'initializing', stateTold: false } as const;

  it('after three seconds in which it is said to speak, and not before', () => {
    expect(
      hintsOf({ atMs: 5_000, ...unheard }, { atMs: 7_999, ...unheard }, { atMs: 8_000, ...unheard }),
    ).toEqual([null, null, 'cannot-hear-agent']);
  });

  it('after eight seconds of one that says nothing of itself, from when it came', () => {
    const since = { ...untold, agentJoinedAtMs: 13_000 };
    expect(hintsOf({ atMs: 20_999, ...since }, { atMs: 21_000, ...since })).toEqual([
      null,
      'cannot-hear-agent',
    ]);
  });

  it.each<[string, Partial<SoundFacts>]>([
    ['nobody is there yet', { ...untold, agentJoinedAtMs: null }],
    ['it listens', { agentHeard: false, agentState: 'listening' }],
    ['it thinks', { agentHeard: false, agentState: 'thinking' }],
    ['it starts', { agentHeard: false, agentState: 'initializing' }],
  ])('which is no wonder while %s', (_what, facts) => {
    expect(hintsOf({ atMs: 0, ...facts }, { atMs: 60_000, ...facts })).toEqual([null, null]);
  });

  it('which is not told in the place of a dead microphone', () => {
    const facts = { ...unheard, microphoneSilenced: true };
    expect(hintsOf({ atMs: 0, ...facts }, { atMs: 8_000, ...facts })).toEqual([
      'cannot-hear-you',
      'cannot-hear-you',
    ]);
  });

  it('until it is, for good', () => {
    expect(
      hintsOf(
        { atMs: 0, ...unheard },
        { atMs: 3_000, ...unheard },
        { atMs: 3_250, agentState: 'speaking' },
        { atMs: 600_000, agentState: 'speaking' },
      ),
    ).toEqual([null, 'cannot-hear-agent', null, null]);
  });
});

it('a break of the link starts the clocks anew, and forgets nobody who was heard', () => {
  const hearing = new SilenceDetector();
  hearing.observe({ ...QUIET, atMs: 0 });
  hearing.restart();
  expect(hearing.observe({ ...QUIET, atMs: 6_000 })).toBeNull();
  expect(hearing.observe({ ...QUIET, atMs: 12_000 })).toBe('cannot-hear-you');
  hearing.observe({ ...QUIET, ...SPOKEN, atMs: 12_250 });
  hearing.restart();
  expect(hearing.observe({ ...QUIET, atMs: 60_000 })).toBeNull();
});
