import { expect, it } from 'vitest';
import { diagnoseCall } from '../../../src/failures/diagnose-call.js';

it.each([
  [false, false, false, 'agent-never-joined'],
  [false, false, true, 'agent-never-joined'],
  [false, true, false, 'agent-never-joined'],
  [false, true, true, 'agent-never-joined'],
  [true, false, false, 'no_audio_either_direction'],
  [true, false, true, 'agent-silent'],
  // A browser that does not say how loud the microphone was.
  [true, false, null, 'agent-silent'],
  [true, true, null, 'unknown'],
  [true, true, false, 'caller-silent'],
  [true, true, true, 'unknown'],
])(
  'agent joined: %s, agent heard: %s, caller heard: %s → %s',
  (agentJoined, agentHeard, callerHeard, expected) => {
    expect(
      diagnoseCall({ agentJoined, agentHeard, callerHeard, agentCutOff: false, agentWaited: false }),
    ).toBe(expected);
  },
);

it('an agent that vanished in the middle of a sentence, or whose link died, broke off, whoever was heard', () => {
  for (const agentHeard of [true, false]) {
    for (const callerHeard of [true, false, null]) {
      const facts = { agentJoined: true, agentHeard, callerHeard, agentCutOff: true, agentWaited: false };
      expect(diagnoseCall(facts)).toBe('stale_sweep');
    }
  }
});

it.each([
  [false, 'unknown'],
  [true, 'agent-silent'],
])(
  'an agent that let the visitor begin is no fault, unless they did: heard %s → %s',
  (callerHeard, expected) => {
    const facts = {
      agentJoined: true,
      agentHeard: false,
      callerHeard,
      agentCutOff: false,
      agentWaited: true,
    };
    expect(diagnoseCall(facts)).toBe(expected);
  },
);
