import { expect, it } from 'vitest';
import { diagnoseCall } from '../../../src/failures/diagnose-call.js';

it.each([
  [false, false, false, 'agent-never-joined'],
  [false, false, true, 'agent-never-joined'],
  [false, true, false, 'agent-never-joined'],
  [false, true, true, 'agent-never-joined'],
  [true, false, false, 'no_audio_either_direction'],
  [true, false, true, 'agent-silent'],
  [true, true, false, 'caller-silent'],
  [true, true, true, 'unknown'],
])(
  'agent joined: %s, agent heard: %s, caller heard: %s → %s',
  (agentJoined, agentHeard, callerHeard, expected) => {
    expect(diagnoseCall({ agentJoined, agentHeard, callerHeard })).toBe(expected);
  },
);
