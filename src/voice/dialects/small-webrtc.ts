import { toJson } from '../../wire/to-json.js';

/** `peerLeft`: the bot leaves. `renegotiate`: the bot asks for another offer. */
type Signalling = 'peerLeft' | 'renegotiate';

/** The index of the microphone: the first track of the offer. */
const AUDIO = 0;

/**
 * Reads a message that Pipecat's SmallWebRTC sends beside RTVI: `{"type":"signalling","message":{"type":"peerLeft"}}`; `null` for
 * any other text.
 */
export function readSignalling(data: string): Signalling | null {
  if (data.length > 1_000 || !data.includes('"signalling"')) return null;
  try {
    const { type, message } = JSON.parse(data) as { type?: unknown; message?: { type?: unknown } };
    const what = type === 'signalling' ? message?.type : null;
    return what === 'peerLeft' || what === 'renegotiate' ? what : null;
  } catch {
    return null;
  }
}

/** Makes the message that tells the bot whether the microphone is on. */
export function trackStatus(enabled: boolean): string {
  return toJson({ type: 'signalling', message: { type: 'trackStatus', receiver_index: AUDIO, enabled } });
}
