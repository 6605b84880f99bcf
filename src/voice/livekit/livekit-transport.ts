import {
  ConnectionError,
  ConnectionState,
  ConnectionErrorReason,
  DisconnectReason,
  LogLevel,
  PublishTrackError,
  RemoteAudioTrack,
  RoomEvent,
  Track,
  LocalAudioTrack,
  setLogLevel,
  type RemoteTrack,
  type Room,
} from 'livekit-client';
import type { CallOffer, LiveKitOffer } from '../../wire/call-offer.js';
import { AudioTally, type OwnedReport } from '../audio-totals.js';
import { DeadLink } from '../dead-link.js';
import type { FirstWords } from '../first-words.js';
import { linkStats, type LinkStats } from '../link-stats.js';
import { LiveKitListener } from './livekit-listener.js';
import { followMessages, openRoom, type RoomMessages } from './livekit-room.js';
import type { AudioTotals, ConnectOptions, LinkEnd, TransportEvent, VoiceTransport } from '../transport.js';
import { VoiceError } from '../voice-error.js';

const FORBIDDEN = 403;

/** How long ICE may be down before the visitor is told; after that it seldom recovers by itself. */
const ICE_DOWN_MS = 3_000;

// LiveKit logs connection URLs, which contain tokens; our own events report the course of a call.
setLogLevel(LogLevel.silent);

export function createLiveKitTransport(offer: CallOffer): VoiceTransport {
  if (offer.transport !== 'livekit')
    throw new VoiceError('unsupported-transport', `Not a LiveKit offer: ${offer.transport}`);
  return new LiveKitTransport(offer);
}

class LiveKitTransport implements VoiceTransport {
  readonly #room: Room;
  readonly #closeRoom: (goodbye: boolean) => Promise<void>;
  readonly #offer: LiveKitOffer;
  readonly #remoteTracks = new Set<RemoteTrack>();
  /** The track, not its publication: a full reconnect makes another publication of the same track. */
  #microphone: LocalAudioTrack | undefined;
  /** A microphone that was chosen while there was no publication to send it with. */
  #nextMicrophone: MediaStreamTrack | null = null;
  readonly #messages: RoomMessages;
  #listener: LiveKitListener | null = null;
  readonly #tally = new AudioTally();
  readonly #deadLink = new DeadLink();
  /** The visitor was told of a dead connection before livekit-client detected it. */
  #isDead = false;
  #iceDownSinceMs: number | null = null;
  #connected = false;
  #volume = 1;
  #emit: (event: TransportEvent) => void = () => undefined;

  constructor(offer: LiveKitOffer) {
    this.#offer = offer;
    [this.#room, this.#closeRoom] = openRoom();
    this.#messages = followMessages(this.#room);
  }

  async connect({
    microphone,
    firstWords,
    signal,
    onEvent,
    onSignalling,
    onToolCall,
    toolNames,
  }: ConnectOptions): Promise<void> {
    signal.throwIfAborted();
    this.#emit = onEvent;
    signal.addEventListener('abort', () => void this.disconnect(), { once: true });
    this.#listen();
    this.#listener = new LiveKitListener({
      room: this.#room,
      messages: this.#messages,
      emit: (event) => this.#emit(event),
      onToolCall,
      toolNames,
    });
    if (onSignalling) this.#room.once(RoomEvent.SignalConnected, onSignalling);
    try {
      await this.#room.connect(this.#offer.serverUrl, this.#offer.token);
      signal.throwIfAborted();
      this.#noteAll();
      this.#microphone = new LocalAudioTrack(microphone);
      if (firstWords) takeAlong(this.#microphone, firstWords);
      await this.#room.localParticipant.publishTrack(this.#microphone, { source: Track.Source.Microphone });
      signal.throwIfAborted();
      this.#connected = true;
    } catch (error) {
      await this.disconnect();
      signal.throwIfAborted();
      throw describeConnectError(error);
    }
  }

  async setMuted(muted: boolean): Promise<void> {
    await (muted ? this.#microphone?.mute() : this.#microphone?.unmute());
  }

  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    // During a reconnect there is no publication: the next one takes the track.
    if (this.#microphone?.sender) await this.#microphone.replaceTrack(track, { userProvidedTrack: true });
    else this.#nextMicrophone = track;
  }

  async setSpeaker(deviceId: string): Promise<void> {
    // The empty id is the system's default in every browser; the id `default` exists only in Chromium.
    await this.#room.switchActiveDevice('audiooutput', deviceId);
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    for (const track of this.#remoteTracks) if (track instanceof RemoteAudioTrack) track.setVolume(volume);
  }

  async sendText(text: string): Promise<void> {
    await this.#listener?.sendText(text);
  }

  async sendContext(context: string): Promise<boolean> {
    return (await this.#listener?.sendContext(context)) ?? false;
  }

  offerTools(): void {
    this.#listener?.offerTools();
  }

  async startPlayback(): Promise<void> {
    await this.#room.startAudio();
  }

  async audioTotals(): Promise<AudioTotals> {
    const reports = await this.#reports();
    this.#noteLife(reports.map(({ report }) => report));
    return this.#tally.read(reports);
  }

  async linkStats(): Promise<LinkStats | null> {
    return linkStats((await this.#reports()).map(({ report }) => report));
  }

  disconnect(): Promise<void> {
    return this.#leave(true);
  }

  leaveOpen(): Promise<void> {
    return this.#leave(false);
  }

  /** Reports a dead connection at once; the recovery is left to livekit-client, which waits for ICE to give up. */
  #noteLife(reports: readonly (RTCStatsReport | undefined)[]): void {
    const isDead = this.#deadLink.look(reports, performance.now()) || this.#isIceDown(performance.now());
    if (isDead === this.#isDead || this.#room.state !== ConnectionState.Connected) return;
    this.#isDead = isDead;
    this.#emit({ type: isDead ? 'reconnecting' : 'reconnected' });
  }

  /** Whether ICE has been down too long, for browsers that do not count checks. */
  #isIceDown(nowMs: number): boolean {
    const manager = this.#room.engine?.pcManager;
    const states = [manager?.publisher, manager?.subscriber].map((peer) => peer?.getICEConnectionState());
    if (!states.includes('disconnected')) this.#iceDownSinceMs = null;
    else this.#iceDownSinceMs ??= nowMs;
    return this.#iceDownSinceMs !== null && nowMs - this.#iceDownSinceMs >= ICE_DOWN_MS;
  }

  #reports(): Promise<OwnedReport[]> {
    const tracks = [this.#microphone, ...this.#remoteTracks].filter((track) => track !== undefined);
    return Promise.all(
      tracks.map(async (track) => ({ owner: track, report: await track.getRTCStatsReport() })),
    );
  }

  async #leave(goodbye: boolean): Promise<void> {
    this.#emit = () => undefined;
    this.#listener?.close(goodbye);
    this.#room.removeAllListeners();
    for (const track of this.#remoteTracks) this.#release(track);
    await this.#closeRoom(goodbye);
  }

  #listen(): void {
    this.#room
      .on(RoomEvent.Reconnecting, () => this.#emit({ type: 'reconnecting' }))
      .on(RoomEvent.SignalReconnecting, () => this.#emit({ type: 'reconnecting' }))
      .on(RoomEvent.Reconnected, () => {
        this.#deadLink.forget();
        this.#isDead = false;
        this.#noteAll();
        this.#emit({ type: 'reconnected' });
      })
      .on(RoomEvent.Disconnected, (reason) => this.#noticeDisconnect(reason))
      .on(RoomEvent.LocalTrackPublished, () => this.#sendNextMicrophone())
      .on(RoomEvent.TrackSubscribed, (track) => this.#play(track))
      .on(RoomEvent.TrackUnsubscribed, (track) => this.#release(track))
      .on(RoomEvent.RecordingStatusChanged, () => this.#noteRecording())
      .on(RoomEvent.AudioPlaybackStatusChanged, (playing) =>
        this.#emit({ type: 'playback', blocked: !playing }),
      );
  }

  #noteAll(): void {
    this.#listener?.noteAll();
    this.#noteRecording();
  }

  #noteRecording(): void {
    this.#emit({ type: 'recording', recording: this.#room.isRecording });
  }

  #sendNextMicrophone(): void {
    const track = this.#nextMicrophone;
    this.#nextMicrophone = null;
    // A track that has ended meanwhile was replaced by the next one already.
    if (track) void this.replaceMicrophone(track).catch(() => undefined);
  }

  /** While connecting this event is ignored: the error that `connect` rejects with says more. */
  #noticeDisconnect(reason: DisconnectReason | undefined): void {
    if (this.#connected) this.#emit(describeDisconnect(reason));
  }

  #play(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    this.#remoteTracks.add(track);
    track.attach();
    this.setVolume(this.#volume);
  }

  #release(track: RemoteTrack): void {
    this.#remoteTracks.delete(track);
    for (const element of track.detach()) element.remove();
  }
}

/**
 * Attaches the recording as `startPreConnectBuffer` of livekit-client 2.21 does, which could not begin before this point.
 * livekit-client sends it only to an agent of LiveKit's kind; an agent that does not read it misses nothing.
 */
function takeAlong(track: LocalAudioTrack, words: FirstWords): void {
  const recorder = { byteStream: words.read(), mimeType: words.mimeType, stop: () => words.stop() };
  Object.assign(track, { localTrackRecorder: recorder });
}

function describeConnectError(error: unknown): VoiceError {
  if (error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed) {
    return new VoiceError('token-expired', 'The media server refused the token', error);
  }
  // The platform issued a token that does not allow publishing: the visitor's network is not to blame.
  if (error instanceof PublishTrackError && error.status === FORBIDDEN)
    return new VoiceError('invalid-response', 'The token does not allow to publish', error);
  return new VoiceError('connection-blocked', `LiveKit could not connect: ${String(error)}`, error);
}

const REMOTE_ENDS = new Set<DisconnectReason>([
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.SERVER_SHUTDOWN,
  DisconnectReason.USER_REJECTED,
  DisconnectReason.USER_UNAVAILABLE,
]);

function describeDisconnect(reason: DisconnectReason | undefined): TransportEvent {
  let end: LinkEnd = 'lost';
  if (reason === DisconnectReason.DUPLICATE_IDENTITY) end = 'replaced';
  else if (reason !== undefined && REMOTE_ENDS.has(reason)) end = 'remote';
  return {
    type: 'disconnected',
    end,
    detail: reason === undefined ? 'unknown' : (DisconnectReason[reason] ?? String(reason)),
  };
}
