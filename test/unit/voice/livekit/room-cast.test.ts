import { describe, expect, it } from 'vitest';
import { RoomCast, type RoomMember } from '../../../../src/voice/livekit/room-cast.js';
import type { TransportEvent } from '../../../../src/voice/transport.js';

const NOBODY: Omit<RoomMember, 'identity'> = {
  name: '',
  isAgent: false,
  isPhone: false,
  isRecorder: false,
  onBehalfOf: null,
  hasAudio: false,
};

const AGENT: RoomMember = { ...NOBODY, identity: 'agent', isAgent: true };
const BOT: RoomMember = { ...NOBODY, identity: 'bot', hasAudio: true };
const GRACE: RoomMember = { ...NOBODY, identity: 'grace', name: 'Grace', hasAudio: true };
const PHONE: RoomMember = { ...GRACE, identity: 'sip', name: 'Ada', isPhone: true };
const RECORDER: RoomMember = { ...NOBODY, identity: 'recorder', hasAudio: true, isRecorder: true };
const AVATAR: RoomMember = {
  ...NOBODY,
  identity: 'avatar',
  isAgent: true,
  hasAudio: true,
  onBehalfOf: 'agent',
};

function cast(): { room: RoomCast; told: TransportEvent[] } {
  const told: TransportEvent[] = [];
  return { room: new RoomCast((event) => told.push(event)), told };
}

/** What is told of these who come, in their order, and of those who go (`-identity`). */
function story(...steps: (RoomMember | string)[]): string[] {
  const { room, told } = cast();
  for (const step of steps) {
    if (typeof step === 'string') room.remove(step, 'hung-up');
    else room.put(step);
  }
  return told.map((event) => (event.type === 'handed-over' ? `${event.type} ${event.name}` : event.type));
}

describe('who is to be talked to', () => {
  it.each<[string, (RoomMember | string)[], string[]]>([
    ['an agent comes and goes', [AGENT, 'agent'], ['agent-joined', 'agent-left']],
    ['a bot that the server calls nothing', [BOT, 'bot'], ['agent-joined', 'agent-left']],
    ['one that publishes nothing is no answer', [{ ...BOT, hasAudio: false }], []],
    ['until it does', [{ ...BOT, hasAudio: false }, BOT], ['agent-joined']],
    ['a recorder is none', [RECORDER], []],
    ['a recorder before the bot', [RECORDER, BOT, 'recorder'], ['agent-joined']],
    ['a recorder before the bot, which goes', [RECORDER, BOT, 'bot'], ['agent-joined', 'agent-left']],
    [
      'an agent, and a person it hands the call to',
      [AGENT, GRACE, 'agent'],
      ['agent-joined', 'handed-over Grace'],
    ],
    [
      'and who goes as well',
      [AGENT, PHONE, 'agent', 'sip'],
      ['agent-joined', 'handed-over Ada', 'agent-left'],
    ],
    ['a person who goes before the agent', [AGENT, GRACE, 'grace', 'agent'], ['agent-joined', 'agent-left']],
    [
      'a person after the agent has gone',
      [AGENT, 'agent', GRACE],
      ['agent-joined', 'agent-left', 'handed-over Grace'],
    ],
    ['a bot that hands over', [BOT, GRACE, 'bot'], ['agent-joined', 'handed-over Grace']],
    [
      'a bot that is started again',
      [BOT, 'bot', { ...BOT, identity: 'bot2' }],
      ['agent-joined', 'agent-left', 'agent-joined'],
    ],
    ['somebody by telephone is a person', [PHONE], ['handed-over Ada']],
    [
      'the agent comes back',
      [AGENT, GRACE, 'agent', AGENT],
      ['agent-joined', 'handed-over Grace', 'agent-joined'],
    ],
    ['two agents, of whom one goes', [AGENT, { ...AGENT, identity: 'two' }, 'two'], ['agent-joined']],
    ['an avatar belongs to its agent', [AGENT, AVATAR, 'avatar'], ['agent-joined']],
    ['an avatar alone is nobody', [AGENT, AVATAR, 'agent'], ['agent-joined', 'agent-left']],
    ['an avatar before its agent', [AVATAR, AGENT], ['agent-joined']],
  ])('%s', (_what, steps, expected) => {
    expect(story(...steps)).toEqual(expected);
  });

  it('how the last one left is told', () => {
    const { room, told } = cast();
    room.put(AGENT);
    room.remove('agent', 'vanished');
    expect(told.at(-1)).toEqual({ type: 'agent-left', how: 'vanished' });
  });
});

describe('whose words they are', () => {
  it.each<[string, RoomMember[], string, string | null]>([
    ['the agent’s', [AGENT, GRACE], 'agent', 'agent'],
    ['a person’s', [AGENT, GRACE], 'grace', 'person'],
    ['a person’s who was there first', [GRACE, AGENT], 'grace', 'person'],
    ['an avatar’s are its agent’s', [AGENT, AVATAR], 'avatar', 'agent'],
    ['a recorder’s are nobody’s', [RECORDER, AGENT], 'recorder', null],
    ['a listener’s without sound are nobody’s', [AGENT, { ...GRACE, hasAudio: false }], 'grace', null],
    ['a stranger’s are nobody’s', [AGENT], 'mallory', null],
    ['an avatar’s without its agent are nobody’s', [AVATAR], 'avatar', null],
    ['a plain bot’s', [BOT, GRACE], 'bot', 'agent'],
    ['a person’s beside a plain bot', [BOT, GRACE], 'grace', 'person'],
  ])('%s', (_what, members, identity, role) => {
    const { room } = cast();
    for (const member of members) room.put(member);
    expect(room.roleOf(identity)).toBe(role);
  });

  it('an agent’s last words are still its own, a person’s theirs', () => {
    const { room } = cast();
    for (const member of [AGENT, GRACE]) room.put(member);
    room.remove('agent');
    room.remove('grace');
    expect([room.roleOf('agent'), room.roleOf('grace'), room.nameOf('grace')]).toEqual([
      'agent',
      'person',
      'Grace',
    ]);
  });

  it('nobody becomes the agent by staying when it leaves', () => {
    const { room } = cast();
    for (const member of [AGENT, GRACE]) room.put(member);
    room.remove('agent');
    expect(room.roleOf('grace')).toBe('person');
  });
});

describe('whether it is settled who somebody is', () => {
  it.each<[string, (RoomMember | string)[], string, boolean]>([
    ['a stranger', [], 'bot', false],
    ['a bot', [BOT], 'bot', true],
    ['one that is silent so far', [{ ...BOT, hasAudio: false }], 'bot', false],
    ['one that was silent, and has left', [{ ...BOT, hasAudio: false }, 'bot'], 'bot', true],
    ['a recorder', [RECORDER], 'recorder', true],
    ['an agent that has left', [AGENT, 'agent'], 'agent', true],
    ['an avatar whose agent is not here yet', [AVATAR], 'avatar', false],
  ])('%s', (_what, steps, identity, expected) => {
    const { room } = cast();
    for (const step of steps) {
      if (typeof step === 'string') room.remove(step);
      else room.put(step);
    }
    expect(room.isKnown(identity)).toBe(expected);
  });
});
