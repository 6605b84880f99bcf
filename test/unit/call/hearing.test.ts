import { describe, expect, it } from 'vitest';
import { Hearing, type HearingFacts, type HearingHint } from '../../../src/call/hearing.js';

/** A conversation in which the agent waits and the visitor says nothing. */
const QUIET: Omit<HearingFacts, 'atMs'> = {
  linkUpAtMs: 0,
  levels: { agent: 0, caller: 0 },
  agentHeard: true,
  agentState: 'listening',
  muted: false,
  microphoneSilenced: false,
};

/** What one call's watch says at each of these moments. */
function hintsOf(...looks: (Partial<HearingFacts> & { atMs: number })[]): (HearingHint | null)[] {
  const hearing = new Hearing();
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

  it.each<[string, Partial<HearingFacts>]>([
    ['a sound from the visitor', { levels: { agent: 0, caller: 0.008 } }],
    ['a word from the agent', { agentState: 'speaking' }],
    ['a thought of the agent', { agentState: 'thinking' }],
    ['an agent that begins anew', { agentState: 'initializing' }],
    ['muting', { muted: true }],
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
    expect(
      hintsOf({ atMs: 10_000 }, { atMs: 16_000 }, { atMs: 16_250, levels: { agent: 0, caller: 0.5 } }),
    ).toEqual([null, 'cannot-hear-you', null]);
  });

  it.each<[string, Partial<HearingFacts>, HearingHint | null]>([
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
  it('is told at once, whatever the agent does', () => {
    for (const agentState of ['initializing', 'listening', 'thinking', 'speaking'] as const) {
      expect(hintsOf({ atMs: 10_000, microphoneSilenced: true, agentState })).toEqual(['cannot-hear-you']);
    }
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
  it('after eight seconds of a link without a sound of it, and not before', () => {
    const facts = { agentHeard: false, linkUpAtMs: 5_000, agentState: 'speaking' } as const;
    expect(
      hintsOf({ atMs: 5_000, ...facts }, { atMs: 12_999, ...facts }, { atMs: 13_000, ...facts }),
    ).toEqual([null, null, 'cannot-hear-agent']);
  });

  it('which comes before whatever is wrong on the visitor’s side', () => {
    const facts = { agentHeard: false, muted: false, microphoneSilenced: true };
    expect(hintsOf({ atMs: 7_999, ...facts }, { atMs: 8_000, ...facts })).toEqual([
      'cannot-hear-you',
      'cannot-hear-agent',
    ]);
  });

  it('until it is, for good', () => {
    expect(
      hintsOf(
        { atMs: 8_000, agentHeard: false },
        { atMs: 8_250, agentState: 'speaking' },
        { atMs: 600_000, agentState: 'speaking' },
      ),
    ).toEqual(['cannot-hear-agent', null, null]);
  });
});
