import { toJson } from '../../wire/to-json.js';

/** A bot that goes, and one that wants another offer. */
type Signalling = 'peerLeft' | 'renegotiate';

/** The first track of the offer. */
const AUDIO = 0;

/** What Pipecat's SmallWebRTC says beside RTVI: `{"type":"signalling","message":{"type":"peerLeft"}}`. */
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

/** Tells the bot whether the microphone is on. */
export function trackStatus(enabled: boolean): string {
  return toJson({ type: 'signalling', message: { type: 'trackStatus', receiver_index: AUDIO, enabled } });
}
