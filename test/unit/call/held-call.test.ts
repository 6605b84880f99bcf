import { describe, expect, it } from 'vitest';
import type { CallOffer } from '../../../src/api/responses.js';
import { HELD_FOR_MS, HeldCallStorage } from '../../../src/call/held-call.js';

const KEY = 'held';
const PLACE = { agentId: 'agent_1', baseUrl: 'https://api.example' };
const raw = { callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' };
const offer: CallOffer = {
  transport: 'livekit',
  callId: 'call_1',
  serverUrl: 'wss://media.example',
  token: 'token',
  raw,
};

function setUp() {
  const items = new Map<string, string>();
  const clock = { now: 1_000_000 };
  const store = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const calls = new HeldCallStorage(
    KEY,
    () => store,
    () => clock.now,
  );
  return { items, clock, calls, hold: () => calls.keep({ ...PLACE, offer, leftAt: clock.now }) };
}

describe('a call that is kept over a reload', () => {
  it('comes back as it was, once', () => {
    const { calls, hold, items } = setUp();
    hold();
    expect(calls.take(PLACE)).toEqual({ ...PLACE, offer, leftAt: 1_000_000 });
    expect(items.size).toBe(0);
    expect(calls.take(PLACE)).toBeNull();
  });

  it('is offered for half a minute, and not one moment more', () => {
    const { calls, hold, clock } = setUp();
    hold();
    clock.now += HELD_FOR_MS - 1;
    const held = calls.take(PLACE);
    expect(held && calls.remainingMs(held)).toBe(1);
    clock.now += 1;
    if (held) calls.keep(held);
    expect(calls.take(PLACE)).toBeNull();
  });

  it.each([
    ['another agent', { ...PLACE, agentId: 'agent_2' }],
    ['another API', { ...PLACE, baseUrl: 'https://other.example' }],
  ])('of %s is not this one, and its token does not stay', (_whose, place) => {
    const { calls, hold, items } = setUp();
    hold();
    expect(calls.take(place)).toBeNull();
    expect(items.size).toBe(0);
  });

  it.each([
    'null',
    '[]',
    '"text"',
    '{',
    '',
    JSON.stringify({ ...PLACE, leftAt: 1_000_000 }),
    JSON.stringify({ ...PLACE, leftAt: 1_000_000, offer: { serverUrl: 'javascript:alert(1)', token: 't' } }),
    JSON.stringify({ ...PLACE, leftAt: '1000000', offer: raw }),
    JSON.stringify({ ...PLACE, leftAt: 9_999_999_999, offer: raw }),
    JSON.stringify({ leftAt: 1_000_000, offer: raw }),
  ])('foreign data is no call: %s', (text) => {
    const { calls, items } = setUp();
    items.set(KEY, text);
    expect(calls.take(PLACE)).toBeNull();
    expect(items.size).toBe(0);
  });

  it('where storage is blocked, nothing is kept and nothing is thrown', () => {
    const calls = new HeldCallStorage(KEY, () => {
      throw new DOMException('blocked', 'SecurityError');
    });
    calls.keep({ ...PLACE, offer, leftAt: 0 });
    expect(calls.take(PLACE)).toBeNull();
  });
});
