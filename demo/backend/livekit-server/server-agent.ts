import { setTimeout as wait } from 'node:timers/promises';
import type { LocalParticipant, RemoteTrack, Room } from '@livekit/rtc-node';
import type { AgentChannel, AgentListener, AgentState, TranscriptWriter } from '../agent/agent-channel.js';
import { frameMs } from '../agent/frame-pacer.js';
import { newSid } from '../livekit/new-sid.js';
import { agentIdentity, agentStateAttribute } from '../livekit/participants.js';
import { participantGrant, signToken } from '../livekit/token.js';
import { chatTopic, transcriptionTopic } from '../livekit/topics.js';
import { deleteRoom } from './delete-room.js';
import type { Rtc } from './load-rtc.js';
import { levelOf, PcmVoice, sampleRate } from './pcm-voice.js';
import type { RoomWatch } from './room-watch.js';
import type { ServerAddress } from './server-address.js';

export interface ServerAgentOptions {
  rtc: Rtc;
  address: ServerAddress;
  roomName: string;
  callerIdentity: string;
  listener: AgentListener;
  watch: RoomWatch;
  onClosed: () => void;
}

/** A server that does not take what is sent must not keep a call open. */
const lastWordsMs = 1_000;

/** The agent as a participant of a room on a LiveKit server. */
export class ServerAgent implements AgentChannel {
  readonly callerIdentity: string;
  readonly #options: ServerAgentOptions;
  readonly #room: Room;
  readonly #voice: PcmVoice;
  /** What is sent goes out in the order it was asked for: the SDK's calls are all asynchronous. */
  #order: Promise<unknown> = Promise.resolve();
  #trackSid = '';
  #isEchoing = false;
  #hasLeft = false;
  #closing: Promise<void> | undefined;

  constructor(options: ServerAgentOptions) {
    this.#options = options;
    this.callerIdentity = options.callerIdentity;
    this.#room = new options.rtc.Room();
    this.#voice = new PcmVoice(options.rtc);
  }

  async join(): Promise<void> {
    const { rtc, address, roomName } = this.#options;
    this.#listen();
    const video = { ...participantGrant(roomName), canUpdateOwnMetadata: true };
    const claims = { identity: agentIdentity, name: 'Agent', kind: 'agent', video } as const;
    const token = signToken(claims, address);
    await this.#voice.ready();
    await this.#room.connect(address.socketUrl, token, { autoSubscribe: true, dynacast: false });
    // The call may have ended meanwhile; a participant who comes late would open the room again.
    if (this.#closing) return this.#disconnect();
    this.setState('initializing');
    const heard = new Promise<void>((resolve) => this.#room.once('localTrackSubscribed', () => resolve()));
    const track = rtc.LocalAudioTrack.createAudioTrack(agentIdentity, this.#voice.source);
    const options = new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE });
    const publication = await this.#room.localParticipant?.publishTrack(track, options);
    this.#trackSid = publication?.sid ?? '';
    await heard;
  }

  sendFrame(frame: Uint8Array): void {
    this.#voice.sendOpus(frame);
  }

  startEcho(): void {
    this.#isEchoing = true;
  }

  setState(state: AgentState): void {
    this.#inOrder((participant) => participant.setAttributes({ [agentStateAttribute]: state }));
  }

  /** As LiveKit's agents for Node do it: the SDK cannot put attributes in a trailer, so that a line just closes. */
  openTranscript(): TranscriptWriter {
    const attributes = { 'lk.segment_id': newSid('SG_'), 'lk.transcribed_track_id': this.#trackSid };
    let writer: Awaited<ReturnType<LocalParticipant['streamText']>> | undefined;
    this.#inOrder(async (participant) => {
      const interim = { ...attributes, 'lk.transcription_final': 'false' };
      writer = await participant.streamText({ ...this.#toCaller, attributes: interim });
    });
    return {
      write: (piece) => {
        this.#inOrder(() => writer?.write(piece));
      },
      finish: () => {
        this.#inOrder(() => writer?.close());
      },
    };
  }

  sendCallerTranscript(text: string): void {
    const attributes = { 'lk.segment_id': newSid('SG_'), 'lk.transcription_final': 'true' };
    this.#sendText(text, attributes, { senderIdentity: this.callerIdentity });
  }

  sendMessage(text: string): void {
    this.#sendText(text, {}, { topic: chatTopic });
  }

  sendData(topic: string, value: object): void {
    const payload = Buffer.from(JSON.stringify(value));
    const options = { reliable: true, topic, destination_identities: [this.callerIdentity] };
    this.#inOrder((participant) => participant.publishData(payload, options));
  }

  async callRpc(method: string, payload: string, timeoutMs: number): Promise<string> {
    const participant = this.#room.localParticipant;
    if (!participant) throw new Error('The call is over.');
    const destinationIdentity = this.callerIdentity;
    return participant.performRpc({ destinationIdentity, method, payload, responseTimeout: timeoutMs });
  }

  leave(): void {
    this.#hasLeft = true;
    this.#disconnect().catch((error: unknown) => console.error('agent did not leave', error));
  }

  closeRoom(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get #toCaller(): { topic: string; destinationIdentities: string[] } {
    return { topic: transcriptionTopic, destinationIdentities: [this.callerIdentity] };
  }

  async #close(): Promise<void> {
    const { address, roomName, watch, onClosed } = this.#options;
    watch.stop();
    // The last words, and the end of the room, in this order.
    await Promise.race([this.#order, wait(lastWordsMs, undefined, { ref: false })]);
    await deleteRoom(roomName, address).catch((error: unknown) => console.error('room not deleted', error));
    await Promise.all([this.#disconnect(), watch.close()]);
    onClosed();
  }

  async #disconnect(): Promise<void> {
    await this.#voice.close();
    await this.#room.disconnect();
  }

  #listen(): void {
    const { listener } = this.#options;
    this.#room.registerTextStreamHandler(chatTopic, (reader) => {
      reader.readAll().then(
        (text) => listener.onTypedText(text),
        () => {},
      );
    });
    this.#room.on('trackSubscribed', (track) => {
      // A track that is gone again cannot be listened to.
      this.#hear(track).catch(() => {});
    });
  }

  async #hear(track: RemoteTrack): Promise<void> {
    const { rtc, listener } = this.#options;
    if (track.kind !== rtc.TrackKind.KIND_AUDIO) return;
    for await (const frame of new rtc.AudioStream(track, {
      sampleRate,
      numChannels: 1,
      frameSizeMs: frameMs,
    })) {
      const levelDb = levelOf(frame.data);
      listener.onCallerPacket(levelDb);
      if (!this.#isEchoing) continue;
      this.#voice.send(frame);
      listener.onEcho(levelDb);
    }
  }

  #sendText(
    text: string,
    attributes: Record<string, string>,
    options: { topic?: string; senderIdentity?: string },
  ): void {
    this.#inOrder(async (participant) => {
      const writer = await participant.streamText({
        ...this.#toCaller,
        senderIdentity: agentIdentity,
        attributes,
        ...options,
      });
      await writer.write(text);
      await writer.close();
    });
  }

  #inOrder(work: (participant: LocalParticipant) => unknown): void {
    this.#order = this.#order.then(async () => {
      const participant = this.#room.localParticipant;
      if (!participant || this.#hasLeft || !this.#room.isConnected) return;
      try {
        await work(participant);
      } catch (error) {
        if (!this.#hasLeft && !this.#closing && this.#room.isConnected)
          console.error('agent could not send', error);
      }
    });
  }
}
