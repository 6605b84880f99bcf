import { describe, expect, it } from 'vitest';
import type { CallOffer } from '../../../src/wire/call-offer.js';
import { RESUMABLE_FOR_MS, ResumableCallStorage } from '../../../src/call/resumable-call.js';

const KEY = 'held';
const PLACE = { agentId: 'agent_1', baseUrl: 'https://api.example', user: '' };
const raw = { callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' };
const offer: CallOffer = {
  transport: 'livekit',
  callId: 'call_1',
  serverUrl: 'wss://media.example',
  token: 'token',
  raw,
};

function setUp() {
  const [items, siteItems] = [new Map<string, string>(), new Map<string, string>()];
  const clock = { now: 1_000_000 };
  const storeOf = (map: Map<string, string>) => ({
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  });
  const calls = new ResumableCallStorage(
    KEY,
    () => storeOf(items),
    () => storeOf(siteItems),
    () => clock.now,
  );
  const hold = (): void => {
    calls.allow(PLACE, offer);
    calls.keep({ ...PLACE, offer, leftAt: clock.now });
  };
  return { items, siteItems, clock, calls, hold };
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
    clock.now += RESUMABLE_FOR_MS - 1;
    const held = calls.take(PLACE);
    expect(held && calls.remainingMs(held)).toBe(1);
    clock.now += 1;
    if (held) calls.keep(held);
    expect(calls.take(PLACE)).toBeNull();
  });

  it.each([
    ['another agent', { ...PLACE, agentId: 'agent_2' }],
    ['another API', { ...PLACE, baseUrl: 'https://other.example' }],
    ['another user', { ...PLACE, user: 'a1' }],
  ])('of %s is not this one, which may be asked for later; its token does not stay', (_whose, place) => {
    const { calls, hold, items, clock } = setUp();
    hold();
    expect(calls.take(place)).toBeNull();
    expect(calls.take(PLACE)).not.toBeNull();
    hold();
    clock.now += RESUMABLE_FOR_MS;
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

  it.each([
    ['another server', { ...raw, serverUrl: 'wss://evil.example' }],
    ['another port', { ...raw, serverUrl: 'wss://media.example:8443' }],
    ['another scheme', { ...raw, serverUrl: 'ws://media.example' }],
    ['another way of speaking', { callId: 'call_1', transport: 'webrtc', url: 'https://evil.example/whip' }],
  ])('leads the microphone to no %s than connect has named', (_what, planted) => {
    const { calls, items, hold } = setUp();
    items.set(KEY, JSON.stringify({ ...PLACE, leftAt: 1_000_000, offer: raw }));
    expect(calls.take(PLACE), 'before any call').toBeNull();
    hold();
    expect(calls.take(PLACE)).not.toBeNull();
    items.set(KEY, JSON.stringify({ ...PLACE, leftAt: 1_000_000, offer: planted }));
    expect(calls.take(PLACE)).toBeNull();
    const other = { ...PLACE, baseUrl: 'https://other.example' };
    items.set(KEY, JSON.stringify({ ...other, leftAt: 1_000_000, offer: raw }));
    expect(calls.take(other), 'of another API').toBeNull();
  });

  it('a server is named once, and few are kept', () => {
    const { calls, siteItems } = setUp();
    for (let index = 0; index < 50; index++) {
      const serverUrl = `wss://media${index >> 1}.example`;
      calls.allow(PLACE, { ...offer, serverUrl, raw: { ...raw, serverUrl } });
    }
    const [stored] = [...siteItems.values()];
    expect(stored?.split('\n')).toHaveLength(20);
    expect(stored).toContain('wss://media24.example');
  });

  it('a transport of the site itself knows where it goes', () => {
    const { calls } = setUp();
    const foreign: CallOffer = {
      transport: 'foreign',
      callId: 'c',
      name: 'ours',
      raw: { callId: 'c', transport: 'ours' },
    };
    calls.allow(PLACE, foreign);
    calls.keep({ ...PLACE, offer: foreign, leftAt: 1_000_000 });
    expect(calls.take(PLACE)?.offer).toEqual(foreign);
  });

  it('where storage is blocked, nothing is kept and nothing is thrown', () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const calls = new ResumableCallStorage(KEY, blocked, blocked);
    calls.allow(PLACE, offer);
    calls.keep({ ...PLACE, offer, leftAt: 0 });
    expect(calls.take(PLACE)).toBeNull();
  });
});
