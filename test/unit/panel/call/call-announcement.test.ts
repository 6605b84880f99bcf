import { expect, it } from 'vitest';
import { IDLE, type CallState } from '../../../../src/call/call-state.js';
import { callAnnouncement } from '../../../../src/panel/call/call-announcement.js';
import { callWordsEn } from '../../../../src/i18n/en-later/call-words.js';
import { messagesEn } from '../../../../src/i18n/messages.en.js';

const WORDS = { ...messagesEn, ...callWordsEn };

it.each(
  Object.entries({
    idle: '',
    'requesting-microphone': 'Asking for your microphone',
    connecting: 'Connecting',
    connected: 'One moment',
    reconnecting: 'Connection is weak. Reconnecting',
    ending: '',
    ended: 'Call ended after 1:05',
    failed: '',
  } satisfies Record<CallState, string>),
)('a screen reader hears of a call that is %s: %j', (callState, expected) => {
  const status = { ...IDLE, callState: callState as CallState, durationSeconds: 65.4 };
  expect(callAnnouncement(status, WORDS)).toBe(expected);
});

it('whoever is connected is told that the call runs when somebody hears them', () => {
  const status = { ...IDLE, callState: 'connected' as const, agentJoined: true };
  expect(callAnnouncement(status, WORDS)).toBe('Call in progress');
});
