import { expect, it } from 'vitest';
import { readSignalling, trackStatus } from '../../../../src/voice/dialects/small-webrtc.js';

it.each<[string, string | null]>([
  ['{"type":"signalling","message":{"type":"peerLeft"}}', 'peerLeft'],
  ['{"type":"signalling","message":{"type":"renegotiate"}}', 'renegotiate'],
  // As Python writes it.
  ['{"type": "signalling", "message": {"type": "peerLeft"}}', 'peerLeft'],
  ['{"type":"signalling","message":{"type":"later"}}', null],
  ['{"type":"signalling","message":null}', null],
  ['{"type":"signalling"}', null],
  ['{"type":"text","message":{"type":"peerLeft"},"a":"signalling"}', null],
  ['"signalling"', null],
  ['peerLeft "signalling"', null],
  [`{"type":"signalling","message":{"type":"peerLeft"},"pad":"${'x'.repeat(1_000)}"}`, null],
])('%s is the signal %s', (data, expected) => expect(readSignalling(data)).toBe(expected));

it('tells whether the microphone is on, as Pipecat reads it', () => {
  expect(JSON.parse(trackStatus(false))).toEqual({
    type: 'signalling',
    message: { type: 'trackStatus', receiver_index: 0, enabled: false },
  });
});
