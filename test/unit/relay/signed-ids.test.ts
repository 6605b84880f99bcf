import { describe, expect, it } from 'vitest';
import { SignedIds } from '../../../src/relay/signed-ids.js';
import { SECRET } from './start-relay.js';

const visitor = 'AAAAAAAAAAAAAAAA';
const call = { id: 'call_1', visitor, isNamed: false };
const AGENTS = ['agent_1'];

describe('a signed id', () => {
  it('opens what was sealed', async () => {
    const ids = new SignedIds(SECRET);
    for (const id of ['call_1', 'a.b.c', '4718a326-417b-4dda-90d0-21fd65a11cb8', 'x/y?z', '..']) {
      expect(await ids.open('call', await ids.seal('call', { ...call, id }, 'agent_1'), AGENTS)).toEqual({
        ...call,
        id,
      });
    }
  });

  it('is good in every process with the secret, and in no other', async () => {
    const sealed = await new SignedIds(SECRET).seal('call', call, 'agent_1');
    expect(await new SignedIds(SECRET).open('call', sealed, AGENTS)).toEqual(call);
    expect(await new SignedIds(new TextEncoder().encode(SECRET)).open('call', sealed, AGENTS)).toEqual(call);
    expect(await new SignedIds('another secret').open('call', sealed, AGENTS)).toBeNull();
    expect(await new SignedIds().open('call', sealed, AGENTS)).toBeNull();
  });

  it('is random without a secret', async () => {
    const ids = new SignedIds();
    const sealed = await ids.seal('call', call, 'agent_1');
    expect(await ids.open('call', sealed, AGENTS)).toEqual(call);
    expect(await new SignedIds().open('call', sealed, AGENTS)).toBeNull();
  });

  it('is worth nothing as another kind or with another agent', async () => {
    const ids = new SignedIds(SECRET);
    const sealed = await ids.seal('chat', call, 'agent_1');
    expect(await ids.open('chat', sealed, ['agent_1'])).toEqual(call);
    expect(await ids.open('chat', sealed, ['agent_0', 'agent_1'])).toEqual(call);
    expect(await ids.open('chat', sealed, ['agent_2'])).toBeNull();
    expect(await ids.open('chat', sealed, [])).toBeNull();
    expect(await ids.open('call', sealed, ['agent_1'])).toBeNull();
  });

  it('is worth nothing at another upstream, with the same secret', async () => {
    const sealed = await new SignedIds(SECRET, 'dialnexa').seal('call', call, 'agent_1');
    expect(await new SignedIds(SECRET, 'dialnexa').open('call', sealed, AGENTS)).toEqual(call);
    expect(await new SignedIds(SECRET, 'osmtalk').open('call', sealed, AGENTS)).toBeNull();
  });

  it('tells whether its visitor was named', async () => {
    const ids = new SignedIds(SECRET);
    const named = { ...call, isNamed: true };
    expect(await ids.open('call', await ids.seal('call', named, 'agent_1'), AGENTS)).toEqual(named);
  });

  it('cannot be changed in any character', async () => {
    const ids = new SignedIds(SECRET);
    const sealed = await ids.seal('call', call, 'agent_1');
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'B' ? 'C' : 'B';
      expect(await ids.open('call', sealed.slice(0, at) + other + sealed.slice(at + 1), AGENTS)).toBeNull();
    }
  });

  it.each([
    '',
    'call_1',
    'call_1.x.y.z',
    `call_1.0.${visitor}.${'A'.repeat(22)}`,
    '.'.repeat(50),
    'a'.repeat(10_000),
  ])('is not %j', async (sealed) => {
    expect(await new SignedIds(SECRET).open('call', sealed, AGENTS)).toBeNull();
  });

  it('grows old', async () => {
    let now = 1_800_000_000_000;
    const ids = new SignedIds(SECRET, '', () => now);
    const sealed = {
      call: await ids.seal('call', call, 'agent_1'),
      chat: await ids.seal('chat', call, 'agent_1'),
    };
    now += 24 * 3_600_000;
    expect(await ids.open('call', sealed.call, AGENTS)).toEqual(call);
    now += 1_000;
    expect(await ids.open('call', sealed.call, AGENTS)).toBeNull();
    expect(await ids.open('chat', sealed.chat, AGENTS)).toEqual(call);
    now += 30 * 24 * 3_600_000;
    expect(await ids.open('chat', sealed.chat, AGENTS)).toBeNull();
  });
});

describe('a visitor', () => {
  it('is new each time', () => {
    const ids = new SignedIds(SECRET);
    const visitors = new Set(Array.from({ length: 100 }, () => ids.newVisitor()));
    expect(visitors.size).toBe(100);
    for (const each of visitors) expect(each).toMatch(/^[\w-]{16}$/);
  });

  it('has one pseudonym for a name of the site, which does not tell it', async () => {
    const named = await new SignedIds(SECRET).visitorNamed('ada@site.example');
    expect(named).toMatch(/^[\w-]{16}$/);
    expect(await new SignedIds(SECRET).visitorNamed('ada@site.example')).toBe(named);
    expect(await new SignedIds(SECRET).visitorNamed('bob@site.example')).not.toBe(named);
    expect(await new SignedIds('another secret').visitorNamed('ada@site.example')).not.toBe(named);
  });
});
