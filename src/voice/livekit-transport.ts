import {
  ConnectionError,
  ConnectionErrorReason,
  DisconnectReason,
  LogLevel,
  ParticipantKind,
  RemoteAudioTrack,
  RoomEvent,
  RpcError,
  Track,
  setLogLevel,
  type LocalAudioTrack,
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  type TextStreamReader,
} from 'livekit-client';
import type { CallOffer, LiveKitOffer } from '../api/responses.js';
import { readAgentState, readToolCall, readToolStatus } from './agent-messages.js';
import { AudioTally, type OwnedReport } from './audio-totals.js';
import { linkStats, type LinkStats } from './link-stats.js';
import { openRoom } from './livekit-room.js';
import type { AudioTotals, ConnectOptions, LinkEnd, TransportEvent, VoiceTransport } from './transport.js';
import { VoiceError } from './voice-error.js';

const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';
const TRANSCRIPTION_TOPIC = 'lk.transcription';
const CHAT_TOPIC = 'lk.chat';
const TOOL_STATUS_TOPIC = 'tool_status';
const TOOL_CALL_METHOD = 'client_tool';

// LiveKit logs connection URLs, and with them tokens; a call's story is told by our own events.
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
  /** Not its publication: a full reconnect makes another one, of the same track. */
  #microphone: LocalAudioTrack | undefined;
  /** Chosen while there was nothing to send it by. */
  #nextMicrophone: MediaStreamTrack | null = null;
  #agent: RemoteParticipant | null = null;
  readonly #tally = new AudioTally();
  #connected = false;
  #volume = 1;
  #emit: (event: TransportEvent) => void = () => undefined;

  constructor(offer: LiveKitOffer) {
    this.#offer = offer;
    [this.#room, this.#closeRoom] = openRoom();
  }

  async connect({ microphone, signal, onEvent, onSignalling, onToolCall }: ConnectOptions): Promise<void> {
    signal.throwIfAborted();
    this.#emit = onEvent;
    this.#room.registerRpcMethod(TOOL_CALL_METHOD, ({ payload }) => answerToolCall(payload, onToolCall));
    signal.addEventListener('abort', () => void this.disconnect(), { once: true });
    this.#listen();
    if (onSignalling) this.#room.once(RoomEvent.SignalConnected, onSignalling);
    try {
      await this.#room.connect(this.#offer.serverUrl, this.#offer.token);
      signal.throwIfAborted();
      for (const participant of this.#room.remoteParticipants.values()) this.#noticeAgent(participant);
      const publication = await this.#room.localParticipant.publishTrack(microphone, {
        source: Track.Source.Microphone,
      });
      this.#microphone = publication.audioTrack;
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
    // In the middle of a reconnect there is no publication: the next one takes it.
    if (this.#microphone?.sender) await this.#microphone.replaceTrack(track, { userProvidedTrack: true });
    else this.#nextMicrophone = track;
  }

  async setSpeaker(deviceId: string): Promise<void> {
    // The empty id is the system's default in every browser; 'default' is an id in Chromium alone.
    await this.#room.switchActiveDevice('audiooutput', deviceId);
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    for (const track of this.#remoteTracks) if (track instanceof RemoteAudioTrack) track.setVolume(volume);
  }

  async sendText(text: string): Promise<void> {
    await this.#room.localParticipant.sendText(text, { topic: CHAT_TOPIC });
  }

  async startPlayback(): Promise<void> {
    await this.#room.startAudio();
  }

  async audioTotals(): Promise<AudioTotals> {
    return this.#tally.read(await this.#reports());
  }

  async linkStats(): Promise<LinkStats | null> {
    return linkStats((await this.#reports()).map(({ report }) => report));
  }

  disconnect(): Promise<void> {
    return this.#leave(true);
  }

  hold(): Promise<void> {
    return this.#leave(false);
  }

  #reports(): Promise<OwnedReport[]> {
    const tracks = [this.#microphone, ...this.#remoteTracks].filter((track) => track !== undefined);
    return Promise.all(
      tracks.map(async (track) => ({ owner: track, report: await track.getRTCStatsReport() })),
    );
  }

  async #leave(goodbye: boolean): Promise<void> {
    this.#emit = () => undefined;
    this.#room.removeAllListeners();
    this.#room.unregisterTextStreamHandler(TRANSCRIPTION_TOPIC);
    for (const track of this.#remoteTracks) this.#release(track);
    await this.#closeRoom(goodbye);
  }

  #listen(): void {
    this.#room
      .on(RoomEvent.Reconnecting, () => this.#emit({ type: 'reconnecting' }))
      .on(RoomEvent.SignalReconnecting, () => this.#emit({ type: 'reconnecting' }))
      .on(RoomEvent.Reconnected, () => this.#emit({ type: 'reconnected' }))
      .on(RoomEvent.Disconnected, (reason) => this.#noticeDisconnect(reason))
      .on(RoomEvent.ParticipantConnected, (participant) => this.#noticeAgent(participant))
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#noticeLeft(participant))
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => this.#noticeState(participant))
      .on(RoomEvent.LocalTrackPublished, () => this.#sendNextMicrophone())
      .on(RoomEvent.TrackSubscribed, (track) => this.#play(track))
      .on(RoomEvent.TrackUnsubscribed, (track) => this.#release(track))
      .on(RoomEvent.AudioPlaybackStatusChanged, (playing) =>
        this.#emit({ type: 'playback', blocked: !playing }),
      )
      .on(RoomEvent.DataReceived, (payload, _participant, _kind, topic) => this.#readData(payload, topic));
    this.#room.registerTextStreamHandler(
      TRANSCRIPTION_TOPIC,
      (reader, { identity }) => void this.#readTranscript(reader, identity),
    );
  }

  #sendNextMicrophone(): void {
    const track = this.#nextMicrophone;
    this.#nextMicrophone = null;
    // A track that ended meanwhile has been replaced by the next one already.
    if (track) void this.replaceMicrophone(track).catch(() => undefined);
  }

  /** While connecting, the error that `connect` rejects with says more than this event. */
  #noticeDisconnect(reason: DisconnectReason | undefined): void {
    if (this.#connected) this.#emit(describeDisconnect(reason));
  }

  #noticeAgent(participant: RemoteParticipant): void {
    // Self-hosted agents may join as ordinary participants; then the first one is the agent.
    if (this.#agent && participant.kind !== ParticipantKind.AGENT) return;
    this.#agent = participant;
    this.#emit({ type: 'agent-joined' });
    this.#noticeState(participant);
  }

  #noticeLeft(participant: RemoteParticipant): void {
    if (participant.identity !== this.#agent?.identity) return;
    this.#agent = null;
    this.#emit({ type: 'agent-left' });
  }

  #noticeState(participant: Participant): void {
    const agentState = readAgentState(participant.attributes[AGENT_STATE_ATTRIBUTE]);
    if (agentState && participant.identity === this.#agent?.identity)
      this.#emit({ type: 'agent-state', agentState });
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

  #readData(payload: Uint8Array, topic: string | undefined): void {
    const tool =
      topic === TOOL_STATUS_TOPIC || topic === undefined || topic === '' ? readToolStatus(payload) : null;
    if (tool) this.#emit({ type: 'tool-status', tool });
  }

  /** An agent may send a segment as one growing stream, or as several streams with one segment id: each replaces the text. */
  async #readTranscript(reader: TextStreamReader, identity: string): Promise<void> {
    const id = reader.info.attributes?.['lk.segment_id'] ?? reader.info.id;
    const role = identity === this.#room.localParticipant.identity ? 'user' : 'agent';
    let text = '';
    try {
      for await (const piece of reader) {
        text += piece;
        this.#emit({ type: 'transcript', entry: { id, role, text, final: false } });
      }
    } catch {
      // The stream broke with the link; what arrived of it stays.
    }
    // Read again: the stream's trailer may have turned an interim text into the final one.
    const closes = reader.info.attributes?.['lk.transcription_final'] !== 'false';
    if (closes && text !== '') this.#emit({ type: 'transcript', entry: { id, role, text, final: true } });
  }
}

/** The application error of LiveKit's RPC: the agent gets its message (up to 256 bytes) instead of a result. */
const TOOL_FAILED = 1500;

async function answerToolCall(payload: string, onToolCall: ConnectOptions['onToolCall']): Promise<string> {
  try {
    const { name, args } = readToolCall(payload);
    return await onToolCall(name, args);
  } catch (error) {
    throw new RpcError(TOOL_FAILED, error instanceof Error ? error.message : String(error));
  }
}

function describeConnectError(error: unknown): VoiceError {
  if (error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed) {
    return new VoiceError('token-expired', 'The media server refused the token', error);
  }
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
