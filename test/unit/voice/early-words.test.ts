import { describe, expect, it } from 'vitest';
import { EarlyWords } from '../../../src/voice/early-words.js';

function words() {
  const known = new Set<string>();
  const read: string[] = [];
  const early = new EarlyWords((identity) => known.has(identity));
  const say = (identity: string, word: string): void =>
    early.whenKnown(identity, () => read.push(`${identity}: ${word}`));
  return { known, read, early, say };
}

describe('words that come before it is known whose they are', () => {
  it('are read at once where it is known', () => {
    const { known, read, say } = words();
    known.add('agent');
    say('agent', 'Hello');
    expect(read).toEqual(['agent: Hello']);
  });

  it('wait, and are read once each, in their order', () => {
    const { known, read, early, say } = words();
    say('agent', 'One');
    say('bot', 'Other');
    say('agent', 'Two');
    early.lookAgain();
    expect(read).toEqual([]);
    known.add('agent');
    early.lookAgain();
    early.lookAgain();
    expect(read).toEqual(['agent: One', 'agent: Two']);
    known.add('bot');
    early.lookAgain();
    expect(read).toEqual(['agent: One', 'agent: Two', 'bot: Other']);
  });

  it('of somebody whom the room never names are not kept without end', () => {
    const { known, read, early, say } = words();
    for (let at = 0; at < 10_000; at += 1) say('stranger', String(at));
    known.add('stranger');
    early.lookAgain();
    expect(read.length).toBe(256);
  });

  it('are forgotten at the end', () => {
    const { known, read, early, say } = words();
    say('agent', 'Hello');
    early.clear();
    known.add('agent');
    early.lookAgain();
    expect(read).toEqual([]);
  });
});
