import type { CallOffer, WebRtcOffer } from '../api/responses.js';
import { toJson } from '../api/to-json.js';
import { AgentAudio } from './agent-audio.js';
import { readToolCall } from './agent-messages.js';
import { AudioTally } from './audio-totals.js';
import { DATA_CHANNEL, readAgentMessage, type PageMessage } from './data-channel-messages.js';
import { DeadLink } from './dead-link.js';
import { RtviLine } from './dialects/rtvi-line.js';
import { isPeerLeft } from './dialects/small-webrtc.js';
import { linkStats, type LinkStats } from './link-stats.js';
import { LinkWatch } from './link-watch.js';
import type { AudioTotals, ConnectOptions, LinkEnd, TransportEvent, VoiceTransport } from './transport.js';
import { VoiceError } from './voice-error.js';
import { openSession, type WebRtcSession } from './webrtc-session.js';

/** All candidates go with the offer; a STUN server that does not answer must not hold it up for longer. */
const GATHER_LIMIT_MS = 2_000;

/** Browsers give up on ICE by themselves, after up to half a minute. */
const LINK_LIMIT_MS = 15_000;

const ALIVE_EVERY_MS = 1_000;

export function createWebRtcTransport(offer: CallOffer): VoiceTransport {
  if (offer.transport !== 'webrtc')
    throw new VoiceError('unsupported-transport', `Not a WebRTC offer: ${offer.transport}`);
  return new WebRtcTransport(offer);
}

/** One offer, one answer, and a data channel for everything that is not sound. */
class WebRtcTransport implements VoiceTransport {
  readonly #offer: WebRtcOffer;
  readonly #audio = new AgentAudio((held) => this.#emit({ type: 'playback', blocked: held }));
  readonly #watch = new LinkWatch({
    onQuiet: () => this.#emit({ type: 'reconnecting' }),
    onBack: () => this.#emit({ type: 'reconnected' }),
    onLost: () => this.#end('lost', 'no sign of life'),
  });
  #peer: RTCPeerConnection | null = null;
  #channel: RTCDataChannel | null = null;
  #sender: RTCRtpSender | null = null;
  /** Resolves with `null` where no session came of it. */
  #session: Promise<WebRtcSession | null> | null = null;
  readonly #gone = new AbortController();
  #aliveTimer: ReturnType<typeof setInterval> | undefined;
  readonly #tally = new AudioTally();
  #agentPresent = false;
  #muted = false;
  #emit: (event: TransportEvent) => void = () => undefined;
  #toolNames: () => Iterable<string> = () => [];
  /** The other side has sent a message of our own set. */
  #speaksOurs = false;
  readonly #rtvi = new RtviLine({
    emit: (event) => this.#emitOfBot(event),
    send: (message) => void this.#sendText(message),
    onReady: () => this.#noticeAgent(),
    onToolCall: (name, args) => this.#onToolCall(name, args),
    hasTool: (name) => [...this.#toolNames()].includes(name),
  });
  readonly #deadLink = new DeadLink();
  #onToolCall: ConnectOptions['onToolCall'] = () => Promise.reject(new Error('The call is over'));

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
    this.#onToolCall = onToolCall;
    this.#toolNames = toolNames ?? (() => []);
    signal.addEventListener('abort', () => void this.disconnect(), { signal: gone });
    try {
      gone.throwIfAborted();
      const peer = this.#openPeer(microphone);
      // Untried in Safari: that it gathers all candidates soon, with the microphone granted, which else hides the host's.
      await peer.setLocalDescription(await peer.createOffer());
      await untilTrue(peer, 'icegatheringstatechange', () => peer.iceGatheringState === 'complete', {
        limitMs: GATHER_LIMIT_MS,
        signal: gone,
      });
      const session = await this.#openSession(peer);
      gone.throwIfAborted();
      onSignalling?.();
      await peer.setRemoteDescription(session.answer);
      await this.#untilUp(peer);
      this.#onUp(peer);
    } catch (error) {
      // What was opened is left in the background: the reason is known, and nobody need wait for it.
      void this.disconnect();
      signal.throwIfAborted();
      throw error instanceof VoiceError ? error : blocked(String(error), error);
    }
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    if (this.#sender?.track) this.#sender.track.enabled = !muted;
  }

  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    track.enabled = !this.#muted;
    await this.#sender?.replaceTrack(track);
  }

  setSpeaker(deviceId: string): Promise<void> {
    return this.#audio.setSpeaker(deviceId);
  }

  setVolume(volume: number): void {
    this.#audio.setVolume(volume);
  }

  async sendText(text: string): Promise<void> {
    if (this.#channel?.readyState !== 'open')
      throw new VoiceError('connection-lost', 'The data channel is not open');
    if (this.#rtvi.isSpoken) return this.#rtvi.sendText(text);
    if (!this.#speaksOurs)
      throw new VoiceError('unsupported-transport', 'The other side has shown no way to take typed text');
    this.#send({ type: 'text', text });
  }

  startPlayback(): Promise<void> {
    return this.#audio.start();
  }

  async audioTotals(): Promise<AudioTotals> {
    const report = await this.#peer?.getStats();
    this.#noteLife(report);
    return this.#tally.read([{ owner: this, report }]);
  }

  async linkStats(): Promise<LinkStats | null> {
    return linkStats([await this.#peer?.getStats()]);
  }

  async disconnect(): Promise<void> {
    if (!this.#gone.signal.aborted) {
      this.#rtvi.close(true);
      this.#gone.abort(new VoiceError('connection-lost', 'The call was left'));
      this.#emit = () => undefined;
      this.#watch.stop();
      clearInterval(this.#aliveTimer);
      this.#audio.release();
      this.#peer?.close();
    }
    const session = await this.#session;
    await session?.leave();
  }

  #openPeer(microphone: MediaStreamTrack): RTCPeerConnection {
    const peer = new RTCPeerConnection({ iceServers: this.#offer.iceServers, bundlePolicy: 'max-bundle' });
    this.#peer = peer;
    this.#sender = peer.addTrack(microphone, new MediaStream([microphone]));
    const channel = peer.createDataChannel(DATA_CHANNEL);
    this.#channel = channel;
    channel.addEventListener('open', () => this.#rtvi.awaitBot(() => this.#speaksOurs));
    channel.addEventListener('message', ({ data }) => this.#onMessage(data));
    // A broken network closes nothing: this was the other side.
    channel.addEventListener('close', () => this.#end('remote', 'the data channel was closed'));
    peer.addEventListener('track', ({ track }) => {
      this.#audio.play(track);
      // A server that knows nothing of our messages shows its agent by its first sound.
      track.addEventListener('unmute', () => this.#noticeAgent(), { once: true });
    });
    return peer;
  }

  #openSession(peer: RTCPeerConnection): Promise<WebRtcSession> {
    const offer = peer.localDescription;
    if (!offer) throw blocked('The browser made no offer');
    const { url, token } = this.#offer;
    const opening = openSession({ url, token, offer });
    this.#session = opening.catch(() => null);
    return opening;
  }

  async #untilUp(peer: RTCPeerConnection): Promise<void> {
    const isSettled = (): boolean => !['new', 'connecting', 'disconnected'].includes(peer.connectionState);
    const { signal } = this.#gone;
    await untilTrue(peer, 'connectionstatechange', isSettled, { limitMs: LINK_LIMIT_MS, signal });
    if (peer.connectionState !== 'connected') throw blocked(`The media link is ${peer.connectionState}`);
  }

  #onUp(peer: RTCPeerConnection): void {
    peer.addEventListener('connectionstatechange', () => {
      const { connectionState } = peer;
      if (connectionState === 'failed') this.#end('lost', 'the media link failed');
      else this.#watch.ice(connectionState === 'connected');
    });
    this.#watch.start();
    this.#aliveTimer = setInterval(() => this.#sayAlive(), ALIVE_EVERY_MS);
  }

  /** Each dialect has a sign of life of its own; of what it does not know, a Pipecat bot complains every time. */
  #sayAlive(): void {
    if (this.#speaksOurs) this.#send({ type: 'alive' });
    else this.#sendText(`ping: ${Date.now()}`);
  }

  /** Nothing comes, and no check is answered: ICE says so some seconds later. */
  #noteLife(report: RTCStatsReport | undefined): void {
    if (!this.#peer) return;
    const isDead = this.#deadLink.look([report], performance.now());
    this.#watch.ice(this.#peer.connectionState === 'connected' && !isDead);
  }

  /** What a bot says of the call shows that it is there. */
  #emitOfBot(event: TransportEvent): void {
    if (event.type === 'disconnected') return this.#end(event.end, event.detail);
    if (event.type === 'agent-state' || event.type === 'transcript') this.#noticeAgent();
    this.#emit(event);
  }

  #onMessage(data: unknown): void {
    if (typeof data !== 'string' || this.#rtvi.receive(data)) return;
    if (isPeerLeft(data)) return this.#end('remote', 'the bot has left');
    const message = readAgentMessage(data);
    this.#speaksOurs ||= message !== null;
    switch (message?.type) {
      case 'agent_joined':
        return this.#noticeAgent();
      case 'agent_left':
        return this.#noticeAgentLeft();
      case 'agent_state':
        return this.#emit({ type: 'agent-state', agentState: message.agentState });
      case 'transcript':
        return this.#emit({ type: 'transcript', entry: message.entry });
      case 'tool_status':
        return this.#emit({ type: 'tool-status', tool: message.tool });
      case 'client_tool':
        return void this.#answerTool(message.id, data);
      case 'end':
        return this.#end(message.end, 'the server ended the call');
      case 'alive':
        return this.#watch.heard();
      case undefined:
      // Somebody else's message, or a newer server's.
    }
  }

  #noticeAgent(): void {
    if (this.#agentPresent) return;
    this.#agentPresent = true;
    this.#emit({ type: 'agent-joined' });
  }

  #noticeAgentLeft(): void {
    if (!this.#agentPresent) return;
    this.#agentPresent = false;
    this.#emit({ type: 'agent-left' });
  }

  async #answerTool(id: string, call: string): Promise<void> {
    try {
      const { name, args } = readToolCall(call);
      this.#send({ type: 'client_tool_result', id, result: await this.#onToolCall(name, args) });
    } catch (error) {
      this.#send({
        type: 'client_tool_result',
        id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #send(message: PageMessage): boolean {
    return this.#sendText(toJson(message));
  }

  #sendText(text: string): boolean {
    if (this.#channel?.readyState !== 'open') return false;
    this.#channel.send(text);
    return true;
  }

  #end(end: LinkEnd, detail: string): void {
    const emit = this.#emit;
    // At once: what comes after the end is nobody's business.
    void this.disconnect();
    emit({ type: 'disconnected', end, detail });
  }
}

function blocked(message: string, cause?: unknown): VoiceError {
  return new VoiceError('connection-blocked', message, cause);
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
