import { describe, expect, it } from 'vitest';
import { IDLE, isActive, isLive, type CallState, type CallStatus } from '../../../src/call/call-state.js';
import { transition, type CallEvent } from '../../../src/call/call-transition.js';
import type { Failure } from '../../../src/failures/failure.js';

const failure: Failure = {
  reason: 'unknown',
  source: 'device',
  title: 'Unclassified failure',
  cause: 'Why',
  whatToTry: 'What',
  likelyBlame: 'unknown',
  retryable: false,
};

const STATES = {
  idle: { active: false, live: false },
  'requesting-microphone': { active: true, live: false },
  connecting: { active: true, live: false },
  connected: { active: true, live: true },
  reconnecting: { active: true, live: true },
  ending: { active: true, live: false },
  ended: { active: false, live: false },
  failed: { active: false, live: false },
} satisfies Record<CallState, { active: boolean; live: boolean }>;

interface Rule {
  event: CallEvent;
  /** What is special about it, when an event has several rules. */
  when?: string;
  /** What the status is before, apart from its state. */
  before?: Partial<CallStatus>;
  /** What changes in which states; in all others nothing does. */
  changes: Partial<Record<CallState, Partial<CallStatus>>>;
}

/** The same change while the link is being made and while it lasts. */
function underWay(change: Partial<CallStatus>): Rule['changes'] {
  return { connecting: change, connected: change, reconnecting: change };
}

const lastCall = {
  callId: 'call_1',
  muted: true,
  agentJoined: true,
  connectedAtMs: 5,
  durationSeconds: 9,
  failure,
};
const newCall = { ...IDLE, callState: 'requesting-microphone' } as const;
const ending = {
  callState: 'ending',
  durationSeconds: 12.5,
  playbackBlocked: false,
  recording: false,
  prompting: false,
  hint: null,
} as const;

/** What every event does; several rules for those that depend on more than the state. */
const RULES: Record<CallEvent['type'], Rule[]> = {
  start: [
    {
      event: { type: 'start' },
      before: lastCall,
      changes: { idle: newCall, ended: newCall, failed: newCall },
    },
  ],
  'microphone-granted': [
    {
      event: { type: 'microphone-granted' },
      before: { prompting: true },
      changes: { 'requesting-microphone': { callState: 'connecting', prompting: false } },
    },
  ],
  prompting: [
    {
      event: { type: 'prompting', prompting: true },
      changes: { 'requesting-microphone': { prompting: true } },
    },
    {
      when: 'a second time',
      event: { type: 'prompting', prompting: true },
      before: { prompting: true },
      changes: {},
    },
  ],
  'handed-over': [
    {
      event: { type: 'handed-over', name: 'Grace' },
      before: { agentJoined: true, agentState: 'speaking', agentLinkLost: true },
      changes: Object.fromEntries(
        (['connecting', 'connected', 'reconnecting'] as const).map((state) => [
          state,
          { person: 'Grace', agentState: 'initializing', agentLinkLost: false },
        ]),
      ),
    },
    {
      when: 'to the same person again',
      event: { type: 'handed-over', name: 'Grace' },
      before: { agentJoined: true, person: 'Grace' },
      changes: {},
    },
  ],
  'agent-link': [
    {
      event: { type: 'agent-link', lost: true },
      before: { hint: 'cannot-hear-you' },
      changes: {
        connected: { agentLinkLost: true, hint: null },
        reconnecting: { agentLinkLost: true, hint: null },
      },
    },
    { when: 'that says nothing new', event: { type: 'agent-link', lost: false }, changes: {} },
  ],
  hint: [
    {
      event: { type: 'hint', hint: 'cannot-hear-you' },
      changes: { connected: { hint: 'cannot-hear-you' }, reconnecting: { hint: 'cannot-hear-you' } },
    },
    {
      when: 'taken back',
      event: { type: 'hint', hint: null },
      before: { hint: 'cannot-hear-agent' },
      changes: { connected: { hint: null }, reconnecting: { hint: null } },
    },
    { when: 'that says nothing new', event: { type: 'hint', hint: null }, changes: {} },
  ],
  'connect-answered': [
    {
      event: { type: 'connect-answered', callId: 'call_1' },
      changes: { connecting: { callId: 'call_1' } },
    },
  ],
  'link-up': [
    {
      event: { type: 'link-up', atMs: 700 },
      changes: { connecting: { callState: 'connected', connectedAtMs: 700 } },
    },
  ],
  reconnecting: [{ event: { type: 'reconnecting' }, changes: { connected: { callState: 'reconnecting' } } }],
  reconnected: [{ event: { type: 'reconnected' }, changes: { reconnecting: { callState: 'connected' } } }],
  'agent-joined': [
    { event: { type: 'agent-joined' }, changes: underWay({ agentJoined: true }) },
    { when: 'a second time', event: { type: 'agent-joined' }, before: { agentJoined: true }, changes: {} },
  ],
  'agent-left': [
    {
      event: { type: 'agent-left' },
      before: { agentJoined: true, agentState: 'speaking' },
      changes: underWay({ agentJoined: false, agentState: 'initializing' }),
    },
    { when: 'without having joined', event: { type: 'agent-left' }, changes: {} },
  ],
  'agent-state': [
    {
      event: { type: 'agent-state', agentState: 'thinking' },
      changes: underWay({ agentState: 'thinking' }),
    },
    {
      when: 'a second time',
      event: { type: 'agent-state', agentState: 'thinking' },
      before: { agentState: 'thinking' },
      changes: {},
    },
  ],
  muted: [
    { event: { type: 'muted', muted: true }, changes: underWay({ muted: true }) },
    {
      when: 'taken back',
      event: { type: 'muted', muted: false },
      before: { muted: true },
      changes: underWay({ muted: false }),
    },
    { when: 'a second time', event: { type: 'muted', muted: true }, before: { muted: true }, changes: {} },
  ],
  recording: [
    { event: { type: 'recording', recording: true }, changes: underWay({ recording: true }) },
    {
      when: 'that has stopped',
      event: { type: 'recording', recording: false },
      before: { recording: true },
      changes: underWay({ recording: false }),
    },
    { when: 'that never was', event: { type: 'recording', recording: false }, changes: {} },
  ],
  playback: [
    { event: { type: 'playback', blocked: true }, changes: underWay({ playbackBlocked: true }) },
    { when: 'that was never blocked', event: { type: 'playback', blocked: false }, changes: {} },
  ],
  end: [
    {
      event: { type: 'end', durationSeconds: 12.5 },
      before: { playbackBlocked: true, recording: true, prompting: true, hint: 'cannot-hear-you' },
      changes: {
        'requesting-microphone': ending,
        connecting: ending,
        connected: ending,
        reconnecting: ending,
      },
    },
  ],
  ended: [{ event: { type: 'ended' }, changes: { ending: { callState: 'ended' } } }],
  failed: [
    {
      event: { type: 'failed', failure },
      changes: {
        ending: { callState: 'failed', failure },
        ended: { callState: 'failed', failure },
        failed: { failure },
      },
    },
  ],
  reset: [{ event: { type: 'reset' }, before: lastCall, changes: { ended: IDLE, failed: IDLE } }],
};

const NAMED_RULES = Object.entries(RULES).flatMap(([type, rules]) =>
  rules.map((rule) => [rule.when ? `${type} ${rule.when}` : type, rule] as const),
);

describe.each(NAMED_RULES)('the event %s', (_name, { event, before, changes }) => {
  it.each(Object.keys(STATES) as CallState[])('in the state %s', (callState) => {
    const status = Object.freeze({ ...IDLE, ...before, callState });
    const change = changes[callState];
    const next = transition(status, event);
    if (change) expect(next).toEqual({ ...status, ...change });
    else expect(next).toBe(status);
  });
});

describe.each(Object.entries(STATES))('%s', (state, { active, live }) => {
  it(active ? 'is a call under way' : 'leaves room for a call', () =>
    expect(isActive(state as CallState)).toBe(active),
  );
  it(live ? 'lets sound flow' : 'lets no sound flow', () => expect(isLive(state as CallState)).toBe(live));
});

it('starts from a status that nobody can change', () => {
  expect(IDLE).toMatchObject({ callState: 'idle', agentState: 'initializing', callId: null, muted: false });
  expect(Object.isFrozen(IDLE)).toBe(true);
});
