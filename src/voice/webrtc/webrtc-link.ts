import { DATA_CHANNEL } from '../data-channel-messages.js';

/** Candidates are found several at a time: those of this interval are sent together. */
const TRICKLE_EVERY_MS = 100;

/** How long closing waits for the last messages to be sent. */
const LAST_WORDS_MS = 200;

export interface LinkListener {
  onTrack(track: MediaStreamTrack): void;
  onOpen(): void;
  onMessage(data: unknown): void;
  onClosed(): void;
  onState(): void;
}

/** One connection to the server, with an audio track each way and a data channel. A call may use several, one after another. */
export class WebRtcLink {
  readonly peer: RTCPeerConnection;
  readonly #sender: RTCRtpSender;
  readonly #channel: RTCDataChannel;
  readonly #closed = new AbortController();
  /** Candidates that are found, and in no offer yet. */
  #candidates: RTCIceCandidate[] = [];
  #sendCandidates: ((candidates: RTCIceCandidate[]) => void) | undefined;
  #trickleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(iceServers: RTCIceServer[], microphone: MediaStreamTrack, listener: LinkListener) {
    const peer = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    const { signal } = this.#closed;
    this.peer = peer;
    this.#sender = peer.addTrack(microphone, new MediaStream([microphone]));
    const channel = peer.createDataChannel(DATA_CHANNEL);
    this.#channel = channel;
    channel.addEventListener('open', () => listener.onOpen(), { signal });
    channel.addEventListener('message', ({ data }) => listener.onMessage(data), { signal });
    channel.addEventListener('close', () => listener.onClosed(), { signal });
    peer.addEventListener('track', ({ track }) => listener.onTrack(track), { signal });
    peer.addEventListener('connectionstatechange', () => listener.onState(), { signal });
    peer.addEventListener('icecandidate', ({ candidate }) => this.#found(candidate), { signal });
  }

  get state(): RTCPeerConnectionState {
    return this.peer.connectionState;
  }

  get isOpen(): boolean {
    return this.#channel.readyState === 'open';
  }

  /**
   * Makes an offer with the candidates that are found within `gatherMs`; after an ICE restart, with the new ones. Rejects with
   * the signal's reason when it aborts.
   */
  async offer({ gatherMs, iceRestart = false, signal }: OfferOptions): Promise<RTCSessionDescriptionInit> {
    const { peer } = this;
    // Does not read `iceGatheringState`, which is still `complete` for a moment after a restart.
    const gathered = this.#untilGathered(signal, gatherMs);
    gathered.catch(() => undefined);
    // Untried in Safari: that it gathers all candidates soon; without a granted microphone it hides those of the host.
    await peer.setLocalDescription(await peer.createOffer({ iceRestart }));
    await gathered;
    signal.throwIfAborted();
    this.#candidates = [];
    return peer.localDescription as RTCSessionDescription;
  }

  accept(answer: RTCSessionDescriptionInit): Promise<void> {
    return this.peer.setRemoteDescription(answer);
  }

  /** Rolls back an offer that was not answered, so that the connection is as before. */
  async takeBack(): Promise<void> {
    if (this.peer.signalingState === 'have-local-offer')
      await this.peer.setLocalDescription({ type: 'rollback' });
  }

  /** Sends candidates that are in no offer, now and as they are found. */
  trickle(send: (candidates: RTCIceCandidate[]) => void): void {
    this.#sendCandidates = send;
    this.#trickleSoon();
  }

  /** Resolves when the connection is up or has failed, or after `limitMs`. Rejects with the signal's reason when it aborts. */
  untilSettled(signal: AbortSignal, limitMs: number): Promise<void> {
    const isSettled = (): boolean => !['new', 'connecting', 'disconnected'].includes(this.state);
    return untilTrue(this.peer, 'connectionstatechange', isSettled, { limitMs, signal });
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    if (this.#sender.track !== track) await this.#sender.replaceTrack(track);
  }

  /** Sends a message. Returns false where the channel is not open. */
  send(text: string): boolean {
    if (this.isOpen) this.#channel.send(text);
    return this.isOpen;
  }

  /**
   * Closes the channel, which first sends all messages: closing the connection at once would drop them. Waits 200 ms at the most;
   * rejects when the connection is closed meanwhile.
   */
  async sayLast(): Promise<void> {
    if (!this.isOpen) return;
    this.#channel.close();
    const isClosed = (): boolean => this.#channel.readyState === 'closed';
    const { signal } = this.#closed;
    await untilTrue(this.#channel, 'close', isClosed, { limitMs: LAST_WORDS_MS, signal });
  }

  /** Closes the connection. Its listener gets no more events. */
  close(): void {
    this.#closed.abort();
    clearTimeout(this.#trickleTimer);
    this.peer.close();
  }

  #found(candidate: RTCIceCandidate | null): void {
    if (candidate?.candidate) this.#candidates.push(candidate);
    if (this.#sendCandidates) this.#trickleSoon();
  }

  #trickleSoon(): void {
    this.#trickleTimer ??= setTimeout(() => {
      this.#trickleTimer = undefined;
      const candidates = this.#candidates.splice(0);
      if (candidates.length > 0) this.#sendCandidates?.(candidates);
    }, TRICKLE_EVERY_MS);
  }

  #untilGathered(signal: AbortSignal, limitMs: number): Promise<void> {
    let isGathered = false;
    this.peer.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        isGathered ||= candidate === null;
      },
      { signal: this.#closed.signal },
    );
    return untilTrue(this.peer, 'icecandidate', () => isGathered || limitMs === 0, { limitMs, signal });
  }
}

export interface OfferOptions {
  /** How long to wait for candidates, in milliseconds; with 0, all candidates are sent later. */
  gatherMs: number;
  iceRestart?: boolean;
  signal: AbortSignal;
}

/**
 * Resolves when `isTrue` returns true, which is checked at once and with every `event`, or after `limitMs`. Rejects with the
 * signal's reason when it aborts.
 */
function untilTrue(
  target: EventTarget,
  event: string,
  isTrue: () => boolean,
  { limitMs, signal }: { limitMs: number; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      done.abort();
      how();
    };
    const look = (): void => {
      if (isTrue()) settle(resolve);
    };
    const timer = setTimeout(() => settle(resolve), limitMs);
    target.addEventListener(event, look, { signal: done.signal });
    signal.addEventListener('abort', () => settle(() => reject(signal.reason as Error)), {
      signal: done.signal,
    });
    if (signal.aborted) settle(() => reject(signal.reason as Error));
    else look();
  });
}
