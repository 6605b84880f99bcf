import { randomBytes } from 'node:crypto';
import type { AgentMessage } from '../../../src/voice/data-channel-messages.js';
import type { AgentListener } from '../agent/agent-channel.js';
import type { PeerListener } from '../media/media-peer.js';
import type { RoomFaults } from '../media/media-server.js';
import { TimerSet } from '../timer-set.js';
import type { Timings } from '../timings.js';
import { readPageMessage } from './page-messages.js';
import { WebRtcAgent } from './webrtc-agent.js';
import { WebRtcPeer } from './webrtc-peer.js';

export interface EnteredRoom {
  sessionId: string;
  answer: string;
}

/** How Pipecat's SmallWebRTC says it. */
const peerLeft = JSON.stringify({ type: 'signalling', message: { type: 'peerLeft' } });

const aliveEveryMs = 1_000;
/** A page that hears of the end leaves at once; one that does not is not waited for. */
const farewellMs = 500;

/** A call by plain WebRTC, for one caller and one agent. */
export class WebRtcRoom implements PeerListener, RoomFaults {
  readonly token = randomBytes(24).toString('base64url');
  readonly agent: WebRtcAgent;
  readonly #timers = new TimerSet();
  #peer: WebRtcPeer | undefined;
  #sessionId = '';
  #lastSignAt = 0;
  #stopWatching = (): void => {};
  #onFarewell = (): void => {};
  #closing: Promise<void> | undefined;

  constructor(
    callerIdentity: string,
    private readonly listener: AgentListener,
    private readonly timings: Timings,
    private readonly onClosed: () => void,
  ) {
    const peer = (): WebRtcPeer | undefined => this.#peer;
    this.agent = new WebRtcAgent(callerIdentity, listener, peer, () => this.close());
  }

  /** The caller's offer is here; whoever was in the call before makes room. Rejects when the offer cannot be read. */
  async enter(offer: string): Promise<EnteredRoom> {
    const peer = new WebRtcPeer(this);
    let answer: string;
    try {
      answer = await peer.answer(offer);
    } catch (error) {
      await peer.close();
      throw error;
    }
    if (this.#closing) {
      await peer.close();
      throw new Error('The call is over.');
    }
    await this.#replace(peer);
    this.listener.onCallerJoined();
    // werift never gives up on a client that does not connect.
    this.#timers.after(this.timings.mediaWindowMs, () => {
      if (this.#peer === peer && !peer.isReady) this.listener.onCallerLeft('media-lost');
    });
    return { sessionId: this.#sessionId, answer };
  }

  /** A new offer for the connection that there is: its ICE is restarted, or something else has changed. */
  async renegotiate(offer: string): Promise<string> {
    if (!this.#peer) throw new Error('Nobody is in the call.');
    this.#lastSignAt = performance.now();
    return this.#peer.answer(offer);
  }

  has(sessionId: string): boolean {
    return sessionId !== '' && sessionId === this.#sessionId;
  }

  async addCandidate(candidate: string, sdpMid: string, sdpMLineIndex: number): Promise<void> {
    await this.#peer?.addCandidate(candidate, sdpMid, sdpMLineIndex);
  }

  /** Takes the caller's connection away before there is another, as SmallWebRTC does. */
  async dropPeer(): Promise<void> {
    const peer = this.#peer;
    this.#peer = undefined;
    await peer?.close();
  }

  /** The page says goodbye; false when it is not, or no longer, the one in the call. */
  leave(sessionId: string): boolean {
    if (!this.has(sessionId)) return false;
    this.#sessionId = '';
    this.#onFarewell();
    this.listener.onCallerLeft('left');
    return true;
  }

  cutMedia(cutMs: number): void {
    this.#peer?.cutMedia(cutMs);
  }

  changeNetwork(): void {
    this.#peer?.changeNetwork();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  onReady(): void {
    this.#watch();
    this.listener.onCallerConnected();
    this.agent.noteReady();
  }

  onAudio(payload: Buffer, timestamp: number, levelDb: number): void {
    this.#lastSignAt = performance.now();
    this.agent.hearAudio(payload, timestamp, levelDb);
  }

  onData(bytes: Uint8Array): void {
    this.#lastSignAt = performance.now();
    const message = readPageMessage(bytes);
    if (message) this.agent.hear(message);
    else this.agent.hearOther(Buffer.from(bytes).toString());
  }

  onLost(): void {
    this.listener.onCallerLeft('media-lost');
  }

  /** A page that vanished says nothing any more, neither sound nor signs of life. */
  #watch(): void {
    this.#stopWatching();
    this.#lastSignAt = performance.now();
    // From the first one on, the page counts our silence.
    this.#tell({ type: 'alive' });
    this.#stopWatching = this.#timers.every(aliveEveryMs, () => {
      this.#tell({ type: 'alive' });
      if (performance.now() - this.#lastSignAt > this.timings.callerGraceMs)
        this.listener.onCallerLeft('media-lost');
    });
  }

  async #replace(peer: WebRtcPeer): Promise<void> {
    this.#tell({ type: 'end', reason: 'replaced' });
    await this.#peer?.close();
    this.#peer = peer;
    this.#sessionId = randomBytes(12).toString('base64url');
  }

  async #close(): Promise<void> {
    this.#timers.clear();
    this.agent.close();
    if (this.#sessionId !== '' && this.#peer?.isReady) await this.#sayFarewell();
    await this.#peer?.close();
    this.onClosed();
  }

  /** What is sent just before a connection closes does not arrive: the page's own goodbye says that it has. */
  async #sayFarewell(): Promise<void> {
    if (this.agent.isStranger) this.#peer?.sendData(peerLeft);
    this.#tell({ type: 'end', reason: 'ended' });
    await new Promise<void>((resolve) => {
      this.#onFarewell = resolve;
      this.#timers.after(farewellMs, resolve);
    });
    this.#timers.clear();
  }

  #tell(message: AgentMessage): void {
    if (!this.agent.isStranger) this.#peer?.sendData(JSON.stringify(message));
  }
}
