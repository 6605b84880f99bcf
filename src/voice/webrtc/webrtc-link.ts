import { DATA_CHANNEL } from '../data-channel-messages.js';

/** Candidates come in a bunch: those of this long go out together. */
const TRICKLE_EVERY_MS = 100;

/** What is still to be said when a link is left goes out within this time, or not at all. */
const LAST_WORDS_MS = 200;

export interface LinkListener {
  onTrack(track: MediaStreamTrack): void;
  onOpen(): void;
  onMessage(data: unknown): void;
  onClosed(): void;
  onState(): void;
}

/** One connection to the server, with a track each way and a data channel. A call may use several, one after another. */
export class WebRtcLink {
  readonly peer: RTCPeerConnection;
  readonly #sender: RTCRtpSender;
  readonly #channel: RTCDataChannel;
  readonly #closed = new AbortController();
  /** Found, and in no offer yet. */
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

  /** Makes an offer with the candidates that are found within the limit, or of a restarted ICE with the new ones. */
  async offer({ gatherMs, iceRestart = false, signal }: OfferOptions): Promise<RTCSessionDescriptionInit> {
    const { peer } = this;
    // Not by the state of gathering: after a restart it still says `complete` for a moment.
    const gathered = this.#untilGathered(signal, gatherMs);
    gathered.catch(() => undefined);
    // Untried in Safari: that it gathers all candidates soon, with the microphone granted, which else hides the host's.
    await peer.setLocalDescription(await peer.createOffer({ iceRestart }));
    await gathered;
    signal.throwIfAborted();
    this.#candidates = [];
    return peer.localDescription as RTCSessionDescription;
  }

  accept(answer: RTCSessionDescriptionInit): Promise<void> {
    return this.peer.setRemoteDescription(answer);
  }

  /** Takes an offer back that was not answered: the link is as it was. */
  async takeBack(): Promise<void> {
    if (this.peer.signalingState === 'have-local-offer')
      await this.peer.setLocalDescription({ type: 'rollback' });
  }

  /** From now on candidates that no offer holds go out by themselves. */
  trickle(send: (candidates: RTCIceCandidate[]) => void): void {
    this.#sendCandidates = send;
    this.#trickleSoon();
  }

  /** Resolves when the link is up or failed, or when the time is over. Rejects when `signal` aborts. */
  untilSettled(signal: AbortSignal, limitMs: number): Promise<void> {
    const isSettled = (): boolean => !['new', 'connecting', 'disconnected'].includes(this.state);
    return untilTrue(this.peer, 'connectionstatechange', isSettled, { limitMs, signal });
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    if (this.#sender.track !== track) await this.#sender.replaceTrack(track);
  }

  /** False where nothing can be said now. */
  send(text: string): boolean {
    if (this.isOpen) this.#channel.send(text);
    return this.isOpen;
  }

  /** Closes the channel when all that was said has gone out: what is closed with its connection takes that along. */
  async sayLast(): Promise<void> {
    if (!this.isOpen) return;
    this.#channel.close();
    const isClosed = (): boolean => this.#channel.readyState === 'closed';
    const { signal } = this.#closed;
    await untilTrue(this.#channel, 'close', isClosed, { limitMs: LAST_WORDS_MS, signal });
  }

  /** Nothing is told of it any more. */
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
  /** 0: the rest is to trickle. */
  gatherMs: number;
  iceRestart?: boolean;
  signal: AbortSignal;
}

/** Resolves when `isTrue`, looked at with every `event`, or when the time is up. Rejects when `signal` aborts. */
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
