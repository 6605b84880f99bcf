import { expect, it } from 'vitest';
import { type CallFacts, deriveOutcome } from '../../../demo/backend/calls/call-outcome.js';

const good: CallFacts = {
  endedBy: 'caller',
  agentJoined: true,
  callerConnected: true,
  agentFrames: 500,
  agentVoicedFrames: 300,
  welcomeFinished: true,
  callerPackets: 500,
  callerLoudestDb: -12,
  providerErrors: 0,
  agentDied: false,
  durationSeconds: 10,
};
const mute = { agentVoicedFrames: 0, welcomeFinished: false };
const nobody = { agentJoined: false, agentFrames: 0, ...mute };

it.each<[string, Partial<CallFacts>, string | null]>([
  ['a conversation', {}, null],
  ['the agent hangs up', { endedBy: 'agent' }, null],
  ['the operator hangs up', { endedBy: 'operator' }, null],
  ['the caller never says a word but listens', { callerLoudestDb: -80 }, null],
  ['the connection is lost in mid-call', { endedBy: 'media-lost' }, null],
  ['one provider error', { providerErrors: 1 }, null],
  ['the agent is silent, the caller talks', { ...mute, endedBy: 'no-sound' }, 'no_audio_output'],
  ['the agent is silent, the caller leaves after a while', mute, 'no_audio_output'],
  ['both are silent', { ...mute, endedBy: 'no-sound', callerLoudestDb: -60 }, 'no_audio_either_direction'],
  [
    'no packet of the caller arrives',
    { ...mute, callerPackets: 0, callerLoudestDb: null },
    'no_audio_either_direction',
  ],
  [
    'media never comes up',
    { callerConnected: false, ...mute, endedBy: 'media-lost' },
    'no_audio_either_direction',
  ],
  ['nobody speaks any more', { endedBy: 'idle' }, 'idle_timeout'],
  ['three provider errors', { providerErrors: 3, endedBy: 'provider-errors' }, 'provider_circuit_open'],
  ['the agent does not come in time', { ...nobody, endedBy: 'start-window' }, 'bot_startup_failed'],
  ['the caller leaves before the agent comes', { ...nobody, durationSeconds: 6 }, 'bot_startup_failed'],
  ['the caller leaves at once', { ...mute, durationSeconds: 1.2 }, 'caller_hung_up_silently'],
  [
    'the caller leaves during the welcome',
    { welcomeFinished: false, durationSeconds: 1.9 },
    'caller_hung_up_silently',
  ],
  ['the caller leaves a little later', { welcomeFinished: false, durationSeconds: 2.1 }, null],
  ['a short call whose welcome was heard', { durationSeconds: 1.5 }, null],
  ['the agent hangs up early', { endedBy: 'agent', welcomeFinished: false, durationSeconds: 1 }, null],
  ['the agent process dies', { agentDied: true, endedBy: 'sweeper' }, 'stale_sweep'],
  ['the agent dies and the caller leaves', { agentDied: true, durationSeconds: 1 }, 'stale_sweep'],
  ['a reason nobody knows', { reportedReason: 'flux', endedBy: 'agent-failure' }, 'flux'],
  ['the caller never comes', { callerConnected: false, ...mute, endedBy: 'join-window' }, 'unknown'],
  ['the platform stops', { endedBy: 'shutdown' }, 'unknown'],
  ['nobody picks up', { sip: 'no-answer', callerConnected: false }, 'sip_no_answer'],
  ['the carrier refuses', { sip: 'rejected', callerConnected: false }, 'sip_rejected'],
])('%s', (_title, facts, failureReason) => {
  expect(deriveOutcome({ ...good, ...facts })).toEqual({
    status: failureReason === null ? 'completed' : 'failed',
    failureReason,
  });
});
