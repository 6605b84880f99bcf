import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/wire/api-error.js';
import type { CallRecord } from '../../../src/wire/call-record.js';
import { decideOutcome, ownReason, type EndedBy } from '../../../src/call/call-outcome.js';
import type { FailureReason } from '../../../src/failures/failure-reasons.js';
import { VoiceError } from '../../../src/voice/voice-error.js';

/** An agent was there, and nobody was heard. */
const HEARD = {
  agentJoined: true,
  agentHeard: false,
  callerHeard: false,
  agentCutOff: false,
  agentWaited: false,
};

const FACTS = {
  conversation: { ...HEARD, agentHeard: true, callerHeard: true },
  'agent only': { ...HEARD, agentHeard: true },
  'caller only': { ...HEARD, callerHeard: true },
  silence: HEARD,
  'a waiting agent': { ...HEARD, agentWaited: true },
  'a broken sentence': { ...HEARD, agentHeard: true, callerHeard: true, agentCutOff: true },
  'a dead agent, and nobody heard': { ...HEARD, agentCutOff: true },
  'no agent': { ...HEARD, agentJoined: false, callerHeard: true },
};

describe('what the page itself knows', () => {
  it.each<[EndedBy, keyof typeof FACTS, FailureReason]>([
    ['lost', 'conversation', 'connection-lost'],
    ['lost', 'no agent', 'connection-lost'],
    ['replaced', 'conversation', 'call-in-another-tab'],
    ['replaced', 'silence', 'call-in-another-tab'],
    ['remote', 'conversation', 'unknown'],
    ['remote', 'agent only', 'caller-silent'],
    ['remote', 'caller only', 'agent-silent'],
    ['remote', 'silence', 'no_audio_either_direction'],
    ['remote', 'no agent', 'agent-never-joined'],
    ['remote', 'a broken sentence', 'stale_sweep'],
    ['remote', 'a dead agent, and nobody heard', 'stale_sweep'],
    ['visitor', 'a waiting agent', 'unknown'],
    ['visitor', 'caller only', 'agent-silent'],
    ['visitor', 'no agent', 'agent-never-joined'],
  ])('ended by: %s, heard: %s → %s', (endedBy, facts, reason) => {
    expect(ownReason(FACTS[facts], endedBy, undefined)).toBe(reason);
  });

  it.each<[string, unknown, FailureReason]>([
    ['a microphone that was taken back', new VoiceError('microphone-denied', 'log'), 'microphone-denied'],
    ['an agent that never came', new VoiceError('agent-never-joined', 'log'), 'agent-never-joined'],
    ['an empty account', new ApiError('no-credit', 'log'), 'no-credit'],
    ['a fault that nobody foresaw', new RangeError('bug'), 'unknown'],
    ['an abortion that nobody asked for', new DOMException('gone', 'AbortError'), 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('of %s, whatever was heard', (_what, error, reason) => {
    for (const facts of Object.values(FACTS)) expect(ownReason(facts, 'error', error)).toBe(reason);
  });
});

describe('whose word counts', () => {
  const completed = record('completed');
  const failed = (failureReason: unknown): CallRecord => record('failed', failureReason);

  it.each<
    [string, CallRecord | null, FailureReason, boolean, EndedBy, FailureReason | null, 'server' | 'device']
  >([
    [
      'the platform’s reason before ours',
      failed('idle_timeout'),
      'agent-silent',
      false,
      'remote',
      'idle_timeout',
      'server',
    ],
    [
      'the platform’s reason after a conversation too',
      failed('stale_sweep'),
      'unknown',
      true,
      'remote',
      'stale_sweep',
      'server',
    ],
    [
      'the platform’s reason when the link was lost',
      failed('stale_sweep'),
      'connection-lost',
      true,
      'lost',
      'stale_sweep',
      'server',
    ],
    [
      'ours when the platform has none',
      failed('unknown'),
      'agent-silent',
      false,
      'remote',
      'agent-silent',
      'device',
    ],
    [
      'ours when the platform’s is a new word',
      failed('a_new_word'),
      'caller-silent',
      true,
      'remote',
      'caller-silent',
      'device',
    ],
    [
      'ours when the platform’s is no word',
      failed(42),
      'agent-silent',
      false,
      'remote',
      'agent-silent',
      'device',
    ],
    [
      'ours when there is no record',
      null,
      'agent-never-joined',
      false,
      'error',
      'agent-never-joined',
      'device',
    ],
    [
      'ours when the record knows of no failure',
      completed,
      'connection-lost',
      true,
      'lost',
      'connection-lost',
      'device',
    ],
    [
      'ours when the record is not finished',
      record('in_progress', 'stale_sweep'),
      'agent-silent',
      false,
      'remote',
      'agent-silent',
      'device',
    ],
    [
      'the platform’s “failed” when neither knows why',
      failed(null),
      'unknown',
      true,
      'remote',
      'unknown',
      'server',
    ],
    [
      'nobody’s after a conversation that the agent ended',
      completed,
      'unknown',
      true,
      'remote',
      null,
      'device',
    ],
    ['nobody’s after a conversation without a record', null, 'unknown', true, 'remote', null, 'device'],
    [
      'nobody’s when the caller only listened and the agent hung up',
      completed,
      'caller-silent',
      true,
      'remote',
      null,
      'device',
    ],
    ['nobody’s when a visitor ends a conversation', completed, 'unknown', true, 'visitor', null, 'device'],
    [
      'ours when a microphone was taken back in the middle of a conversation',
      null,
      'microphone-denied',
      true,
      'error',
      'microphone-denied',
      'device',
    ],
    [
      'ours when another tab took over in the middle of a conversation',
      null,
      'call-in-another-tab',
      true,
      'replaced',
      'call-in-another-tab',
      'device',
    ],
  ])('%s', (_what, callRecord, own, agentHeard, endedBy, reason, source) => {
    expect(decideOutcome(callRecord, own, agentHeard, endedBy)).toEqual({
      connected: agentHeard,
      reason,
      source,
    });
  });

  it('a call counts as connected when the agent was heard, whatever the record says', () => {
    const didConnect = { ...completed, didConnect: true };
    expect(decideOutcome(didConnect, 'agent-silent', false, 'remote').connected).toBe(false);
    expect(decideOutcome({ ...didConnect, didConnect: false }, 'unknown', true, 'remote').connected).toBe(
      true,
    );
  });
});

function record(status: string, failureReason: unknown = null): CallRecord {
  return {
    callId: 'call_1',
    status,
    failureReason,
    didConnect: true,
    durationSeconds: 5,
    transcript: [],
    recordingUrl: null,
    startedAt: null,
    endedAt: null,
    channel: null,
    agentId: 'agent_1',
  };
}
