import type { CallOffer, WebRtcOffer } from '../../wire/call-offer.js';
import { AgentAudio } from './agent-audio.js';
import { AudioTally } from '../audio-totals.js';
import { ChannelDialects } from './channel-dialects.js';
import { DeadLink } from '../dead-link.js';
import { trackStatus } from '../dialects/small-webrtc.js';
import { LinkRepair } from './link-repair.js';
import { linkStats, type LinkStats } from '../link-stats.js';
import { LinkWatch } from './link-watch.js';
import type { AudioTotals, ConnectOptions, LinkEnd, TransportEvent, VoiceTransport } from '../transport.js';
import { VoiceError } from '../voice-error.js';
import { WebRtcLink, type OfferOptions } from './webrtc-link.js';
import { openSession, type WebRtcSession } from './webrtc-session.js';

/** How long an offer waits for candidates, all of which it should contain; a STUN server may never answer. */
const GATHER_LIMIT_MS = 2_000;

/** How long the connection may take to come up; browsers themselves give up on ICE after up to half a minute. */
const LINK_LIMIT_MS = 15_000;

const ALIVE_EVERY_MS = 1_000;

/**
 * How long a broken connection to a SmallWebRTC server may take to recover by itself: a new one cuts the bot off in its sentence.
 */
const NEW_PEER_AFTER_MS = 2_500;

export function createWebRtcTransport(offer: CallOffer): VoiceTransport {
  if (offer.transport !== 'webrtc')
    throw new VoiceError('unsupported-transport', `Not a WebRTC offer: ${offer.transport}`);
  return new WebRtcTransport(offer);
}

/**
 * A call by one offer, one answer, and a data channel for everything but sound. A broken connection is repaired in the way that
 * the server has given: a session at its `Location`, or SmallWebRTC's `pc_id`.
 */
class WebRtcTransport implements VoiceTransport {
  readonly #offer: WebRtcOffer;
  readonly #audio = new AgentAudio((held) => this.#emit({ type: 'playback', blocked: held }));
  readonly #watch = new LinkWatch({
    onQuiet: () => this.#onQuiet(),
    onBack: () => this.#onBack(),
    onLost: () => this.#end('lost', 'no sign of life'),
  });
  readonly #repair = new LinkRepair(
    () => this.#inTurn(() => this.#mend()),
    () => this.#endIfFailed(),
  );
  #link: WebRtcLink | null = null;
  #microphone: MediaStreamTrack | null = null;
  /** Resolves with `null` where no session was opened. */
  #opening: Promise<WebRtcSession | null> | null = null;
  #session: WebRtcSession | null = null;
  /** The last negotiation: they run one after the other, since two at a time would get each other's answers. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #gone = new AbortController();
  #aliveTimer: ReturnType<typeof setInterval> | undefined;
  readonly #tally = new AudioTally();
  #muted = false;
  #isUp = false;
  #emit: (event: TransportEvent) => void = () => undefined;
  #dialects: ChannelDialects | null = null;
  readonly #deadLink = new DeadLink();

  constructor(offer: WebRtcOffer) {
    this.#offer = offer;
  }

  async connect({
    microphone,
    signal,
    onEvent,
    onSignalling,
    onToolCall,
    toolNames,
  }: ConnectOptions): Promise<void> {
    signal.throwIfAborted();
    const gone = this.#gone.signal;
    this.#emit = onEvent;
    this.#dialects = new ChannelDialects({
      send: (text) => void this.#link?.send(text),
      emit: (event) => this.#tell(event),
      onAlive: () => this.#watch.heard(),
      onRenegotiate: () => this.#renegotiate(),
      onToolCall,
      toolNames,
    });
    this.#microphone = microphone;
    signal.addEventListener('abort', () => void this.disconnect(), { signal: gone });
    try {
      gone.throwIfAborted();
      const link = this.#openLink(microphone);
      this.#link = link;
      const gatherMs = this.#offer.small ? 0 : GATHER_LIMIT_MS;
      const session = await this.#openSession(await link.offer({ gatherMs, signal: gone }));
      gone.throwIfAborted();
      onSignalling?.();
      await this.#adopt(link, session.answer);
      await link.untilSettled(gone, LINK_LIMIT_MS);
      if (link.state !== 'connected') throw blocked(`The media link is ${link.state}`);
      this.#onUp();
    } catch (error) {
      // The session is left in the background: the reason is known, and the caller need not wait.
      void this.disconnect();
      signal.throwIfAborted();
      throw error instanceof VoiceError ? error : blocked(String(error), error);
    }
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    if (this.#microphone) this.#microphone.enabled = !muted;
    this.#tellMuted();
  }

  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    track.enabled = !this.#muted;
    this.#microphone = track;
    await this.#link?.replaceTrack(track);
  }

  setSpeaker(deviceId: string): Promise<void> {
    return this.#audio.setSpeaker(deviceId);
  }

  setVolume(volume: number): void {
    this.#audio.setVolume(volume);
  }

  async sendText(text: string): Promise<void> {
    if (!this.#link?.isOpen) throw new VoiceError('connection-lost', 'The data channel is not open');
    await this.#dialects?.sendText(text);
  }

  async sendContext(context: string): Promise<boolean> {
    return this.#link?.isOpen === true && (await this.#dialects?.sendContext(context)) === true;
  }

  startPlayback(): Promise<void> {
    return this.#audio.start();
  }

  async audioTotals(): Promise<AudioTotals> {
    const link = this.#link;
    const report = await link?.peer.getStats();
    // A connection that was replaced meanwhile must not be judged any more.
    if (link === this.#link) this.#noteLife(report);
    return this.#tally.read([{ owner: link ?? this, report }]);
  }

  async linkStats(): Promise<LinkStats | null> {
    return linkStats([await this.#link?.peer.getStats()]);
  }

  async disconnect(): Promise<void> {
    if (!this.#gone.signal.aborted) {
      const goodbye = this.#dialects?.close();
      this.#gone.abort(new VoiceError('connection-lost', 'The call was left'));
      this.#emit = () => undefined;
      this.#watch.stop();
      this.#repair.stop();
      clearInterval(this.#aliveTimer);
      this.#audio.release();
      void this.#closeLink(goodbye);
    }
    const session = await this.#opening;
    await session?.leave();
  }

  async #closeLink(goodbye: Promise<void> | undefined): Promise<void> {
    const link = this.#link;
    // A connection that is closed or replaced meanwhile rejects: nothing more can be said on it.
    await goodbye?.then(() => link?.sayLast()).catch(() => undefined);
    link?.close();
  }

  #openLink(microphone: MediaStreamTrack): WebRtcLink {
    const link: WebRtcLink = new WebRtcLink(this.#offer.iceServers, microphone, {
      onTrack: (track) => {
        this.#audio.play(track);
        // Where the server does not send our messages, the first sound shows that the agent is there.
        track.addEventListener('unmute', () => this.#dialects?.handleAgentJoined(), { once: true });
      },
      onOpen: () => {
        this.#dialects?.onOpen();
        this.#tellMuted();
      },
      onMessage: (data) => this.#dialects?.receive(data),
      // A broken network does not close the channel: the other side did. But the other side also closes a channel that it is
      // about to replace.
      onClosed: () => {
        if (link === this.#link && !this.#repair.isAsking) this.#end('remote', 'the data channel was closed');
      },
      onState: () => this.#onState(link),
    });
    return link;
  }

  #openSession(offer: RTCSessionDescriptionInit): Promise<WebRtcSession> {
    const { url, token, small } = this.#offer;
    const opening = openSession({ url, token, small, offer });
    this.#opening = opening.catch(() => null);
    return opening.then((session) => (this.#session = session));
  }

  /** Makes this connection the one of the call, and accepts the answer. */
  async #adopt(link: WebRtcLink, answer: RTCSessionDescriptionInit): Promise<void> {
    if (this.#link !== link) this.#link?.close();
    this.#link = link;
    await link.accept(answer);
    const session = this.#session;
    if (session?.isSmall) link.trickle((candidates) => void session.sendCandidates(candidates));
    // Another microphone may have been chosen since the connection was opened.
    if (this.#microphone) await link.replaceTrack(this.#microphone);
  }

  #onUp(): void {
    this.#isUp = true;
    this.#watch.start();
    this.#aliveTimer = setInterval(() => this.#dialects?.sayAlive(), ALIVE_EVERY_MS);
    addEventListener('online', () => this.#repair.hurry(), { signal: this.#gone.signal });
  }

  #onState(link: WebRtcLink): void {
    if (!this.#isUp || link !== this.#link) return;
    this.#watch.ice(link.state === 'connected');
    if (link.state !== 'failed') return;
    this.#repair.hurry();
    this.#endIfFailed();
  }

  /** Ends the call when ICE has failed and the connection cannot be repaired. */
  #endIfFailed(): void {
    if (this.#link?.state === 'failed' && (!this.#session?.repair || this.#repair.isRefused))
      this.#end('lost', 'the media link failed');
  }

  #onQuiet(): void {
    this.#emit({ type: 'reconnecting' });
    if (this.#session?.repair) this.#repair.start(this.#session.repair === 'peer' ? NEW_PEER_AFTER_MS : 0);
  }

  #onBack(): void {
    this.#repair.stop();
    this.#emit({ type: 'reconnected' });
  }

  /** Repairs the connection once. A failed attempt leaves the connection as it was: it may still recover by itself. */
  async #mend(): Promise<void> {
    const { signal } = this.#gone;
    const { repair } = this.#session ?? {};
    if (repair === 'ice') return this.#negotiate({ gatherMs: GATHER_LIMIT_MS, iceRestart: true, signal });
    if (!this.#microphone) return;
    const link = this.#openLink(this.#microphone);
    try {
      await this.#negotiateWith(link, true, await link.offer({ gatherMs: 0, signal }));
    } finally {
      if (link !== this.#link) link.close();
    }
  }

  /** Sends another offer of the present connection, and rolls it back when that fails. */
  async #negotiate(options: OfferOptions): Promise<void> {
    const link = this.#link;
    if (!link) return;
    try {
      await this.#negotiateWith(link, options.iceRestart === true, await link.offer(options));
    } catch (error) {
      await link.takeBack().catch(() => undefined);
      throw error;
    }
  }

  async #negotiateWith(link: WebRtcLink, restart: boolean, offer: RTCSessionDescriptionInit): Promise<void> {
    const answer = await this.#session?.negotiate(offer, restart);
    this.#gone.signal.throwIfAborted();
    if (answer) await this.#adopt(link, answer);
  }

  #inTurn(negotiate: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => {
      this.#gone.signal.throwIfAborted();
      return negotiate();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Reports a dead connection to the watch some seconds before ICE does. */
  #noteLife(report: RTCStatsReport | undefined): void {
    if (!this.#link) return;
    const isDead = this.#deadLink.look([report], performance.now());
    this.#watch.ice(this.#link.state === 'connected' && !isDead);
  }

  #renegotiate(): void {
    const { signal } = this.#gone;
    // A connection that is being repaired is negotiated anyway.
    if (!this.#session?.isSmall || this.#repair.isAsking) return;
    this.#inTurn(() => this.#negotiate({ gatherMs: 0, signal })).catch(() => undefined);
  }

  /** Tells a SmallWebRTC server whether the microphone is muted, since it cannot tell a muted track from a quiet one. */
  #tellMuted(): void {
    if (this.#session?.isSmall) this.#link?.send(trackStatus(!this.#muted));
  }

  #tell(event: TransportEvent): void {
    if (event.type === 'disconnected') this.#end(event.end, event.detail);
    else this.#emit(event);
  }

  #end(end: LinkEnd, detail: string): void {
    const emit = this.#emit;
    // Disconnects first, so that no event follows the end.
    void this.disconnect();
    emit({ type: 'disconnected', end, detail });
  }
}

function blocked(message: string, cause?: unknown): VoiceError {
  return new VoiceError('connection-blocked', message, cause);
}
