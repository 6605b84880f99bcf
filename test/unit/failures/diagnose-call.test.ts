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
    expect(diagnoseCall({ agentJoined, agentHeard, callerHeard, agentCutOff: false })).toBe(expected);
  },
);

it('an agent that vanished in the middle of a sentence broke off, whoever was heard', () => {
  const facts = { agentJoined: true, agentHeard: true, agentCutOff: true };
  for (const callerHeard of [true, false])
    expect(diagnoseCall({ ...facts, callerHeard })).toBe('stale_sweep');
});
