import { randomUUID } from 'node:crypto';
import { WebRtcRoom } from './webrtc-room.js';

/** The bot hears nobody whose last `ping` is older: that is how it notices that they have gone. */
const pingWindowMs = 3_000;

let connections = 0;

/** A call as SmallWebRTC of Pipecat carries it: its connection has an id, which changes with each new one. */
export class SmallWebRtcRoom extends WebRtcRoom {
  /** The last one is that of the present connection; the others still lead to it, since an answer may be lost. */
  readonly #pcIds: string[] = [];
  #ufrags = new Set<string>();
  #lastPingAt: number | undefined;

  /** Undefined before the first offer. */
  get pcId(): string | undefined {
    return this.#pcIds.at(-1);
  }

  knows(pcId: string): boolean {
    return this.#pcIds.includes(pcId);
  }

  async enterAnew(offer: string): Promise<string> {
    const { answer } = await this.enter(offer);
    this.#pcIds.push(`SmallWebRTCConnection#${connections++}-${randomUUID().replaceAll('-', '')}`);
    this.#ufrags = ufragsOf(offer);
    this.#lastPingAt = undefined;
    return answer;
  }

  /** aiortc answers the offer of a restarted ICE, and the link is dead then: here it is said. */
  override async renegotiate(offer: string): Promise<string> {
    if ([...ufragsOf(offer)].some((ufrag) => !this.#ufrags.has(ufrag)))
      throw new Error('ICE is not restarted without restart_pc.');
    return super.renegotiate(offer);
  }

  askToRenegotiate(): void {
    this.agent.carrier.send(JSON.stringify({ type: 'signalling', message: { type: 'renegotiate' } }));
  }

  override onAudio(payload: Buffer, timestamp: number, levelDb: number): void {
    const isGone = this.#lastPingAt !== undefined && performance.now() - this.#lastPingAt > pingWindowMs;
    if (!isGone) super.onAudio(payload, timestamp, levelDb);
  }

  override onData(bytes: Uint8Array): void {
    if (Buffer.from(bytes).toString('utf8', 0, 4) === 'ping') this.#lastPingAt = performance.now();
    super.onData(bytes);
  }
}

function ufragsOf(sdp: string): Set<string> {
  return new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, ufrag = '']) => ufrag));
}
