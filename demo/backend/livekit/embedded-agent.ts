import { randomUUID } from 'node:crypto';
import { DataPacket, DataPacket_Kind, type Room, RoomUpdate, UserPacket } from '@livekit/protocol';
import type {
  AgentChannel,
  AgentListener,
  AgentState,
  MessageCarrier,
  TranscriptWriter,
} from '../agent/agent-channel.js';
import { silenceDb } from '../agent/loudness.js';
import { EchoClock } from '../media/echo-clock.js';
import { ActiveSpeakers } from './active-speakers.js';
import type { CallerSession } from './caller-session.js';
import { IncomingSound } from './incoming-sound.js';
import { IncomingText } from './incoming-text.js';
import { newSid } from './new-sid.js';
import { OutgoingText } from './outgoing-text.js';
import { type AgentParticipant, agentIdentity } from './participants.js';
import { RpcPeer } from './rpc-peer.js';
import { chatTopic, oldChatTopic, transcriptionTopic } from './topics.js';

/** The loudness told for a frame that holds speech, since nobody measures our own lines. */
const speechDb = -20;
/** A frame of Opus silence has three bytes. */
const silentFrameBytes = 3;

/** The agent's end of an embedded room. */
export class EmbeddedAgent implements AgentChannel {
  readonly #text = new IncomingText((topic, text) => {
    // A bot that speaks another dialect reads none of LiveKit's.
    if (topic === chatTopic && !this.#onMessage) this.listener.onTypedText(text);
  });
  readonly #sound = new IncomingSound((sound) => this.listener.onFirstWords?.(sound));
  readonly #rpc = new RpcPeer((value) => this.#send(value), {
    'osmtalk.context': (text) => this.listener.onContext?.(text),
  });
  readonly #speakers = new ActiveSpeakers((value) =>
    this.session()?.send({ case: 'speakersChanged', value }),
  );
  readonly #echoClock = new EchoClock();
  #sequence = 0;
  #isEchoing = false;
  #onHeard: (() => void) | undefined;
  #onMessage: ((text: string) => void) | undefined;

  /** As Pipecat does it: a data packet without a topic. */
  readonly carrier: MessageCarrier = {
    useAlone: (onMessage) => {
      this.#onMessage = onMessage;
      this.shown.participant.isLiveKitAgent = false;
    },
    send: (text) =>
      this.#send({
        case: 'user',
        value: new UserPacket({ payload: Buffer.from(text), participantIdentity: agentIdentity }),
      }),
  };

  constructor(
    readonly callerIdentity: string,
    private readonly shown: { room: Room; participant: AgentParticipant },
    private readonly listener: AgentListener,
    /** The caller's session of the moment: a caller may come back with another. */
    private readonly session: () => CallerSession | undefined,
    readonly closeRoom: () => Promise<void>,
  ) {}

  join(): Promise<void> {
    this.shown.participant.isPresent = true;
    this.session()?.showAgent();
    this.session()?.requestOffer();
    if (this.session()?.hearsAgent) return Promise.resolve();
    // Stays pending when the call ends first; nothing refers to it then.
    return new Promise((resolve) => (this.#onHeard = resolve));
  }

  /** The caller's client has the agent's track, and media runs. */
  noteHeard(): void {
    this.#onHeard?.();
    this.#onHeard = undefined;
  }

  sendFrame(frame: Uint8Array): void {
    this.#speakers.hear(
      this.shown.participant.sid,
      frame.byteLength > silentFrameBytes ? speechDb : silenceDb,
    );
    this.session()?.peer.sendAudio(frame);
  }

  startEcho(): void {
    this.#isEchoing = true;
  }

  hearAudio(payload: Buffer, timestamp: number, levelDb: number): void {
    const session = this.session();
    if (session) this.#speakers.hear(session.sid, levelDb);
    this.listener.onCallerPacket(levelDb);
    if (!this.#isEchoing || !this.shown.participant.isPresent) return;
    this.#speakers.hear(this.shown.participant.sid, levelDb);
    session?.peer.sendAudio(payload, this.#echoClock.samplesUntil(timestamp));
    this.listener.onEcho(levelDb);
  }

  hearData(bytes: Uint8Array): void {
    try {
      const packet = DataPacket.fromBinary(bytes);
      this.#text.receive(packet);
      this.#sound.receive(packet);
      this.#rpc.receive(packet);
      if (packet.value.case === 'user') this.#onMessage?.(Buffer.from(packet.value.value.payload).toString());
    } catch (error) {
      console.warn('a data packet of the caller cannot be read', error);
    }
  }

  setState(state: AgentState): void {
    if (this.shown.participant.state === state) return;
    this.shown.participant.state = state;
    if (this.shown.participant.isPresent) this.session()?.showAgent();
  }

  /** As LiveKit's agents for Node do it: one stream of pieces, which just closes. */
  openTranscript(): TranscriptWriter {
    const stream = new OutgoingText((value) => this.#send(value), transcriptionTopic, {
      'lk.segment_id': newSid('SG_'),
      'lk.transcribed_track_id': this.shown.participant.trackSid,
      'lk.transcription_final': 'false',
    });
    return {
      write: (piece) => stream.write(piece),
      finish: () => stream.close(),
    };
  }

  /** LiveKit sends what a caller said in the caller's own name. */
  sendCallerTranscript(text: string): void {
    const microphone = this.session()?.microphoneSid;
    const stream = new OutgoingText((value) => this.#send(value, this.callerIdentity), transcriptionTopic, {
      'lk.segment_id': newSid('SG_'),
      'lk.transcription_final': 'true',
      ...(microphone !== undefined && { 'lk.transcribed_track_id': microphone }),
    });
    stream.write(text);
    stream.close();
  }

  sendMessage(text: string): void {
    const stream = new OutgoingText((value) => this.#send(value), chatTopic, {});
    stream.write(text);
    stream.close();
    // `@livekit/components` sends it a second time, for clients that know no streams.
    this.sendData(oldChatTopic, {
      id: randomUUID(),
      timestamp: Date.now(),
      message: text,
      ignoreLegacy: true,
    });
  }

  sendData(topic: string, value: object): void {
    const payload = Buffer.from(JSON.stringify(value));
    this.#send({
      case: 'user',
      value: new UserPacket({ payload, topic, participantIdentity: agentIdentity }),
    });
  }

  setRecording(isRecording: boolean): void {
    this.shown.room.activeRecording = isRecording;
    this.session()?.send({ case: 'roomUpdate', value: new RoomUpdate({ room: this.shown.room }) });
  }

  callRpc(method: string, payload: string, timeoutMs: number): Promise<string> {
    return this.#rpc.call(method, payload, timeoutMs);
  }

  leave(): void {
    this.shown.participant.isPresent = false;
    this.session()?.showAgent();
  }

  close(): void {
    this.#rpc.close();
  }

  #send(value: DataPacket['value'], from = agentIdentity): void {
    // An agent that has gone says nothing more, not even the end of its sentence.
    if (!this.shown.participant.isPresent) return;
    this.#sequence += 1;
    const isAgent = from === agentIdentity;
    const packet = new DataPacket({
      kind: DataPacket_Kind.RELIABLE,
      participantIdentity: from,
      // A client drops what comes out of order, by the sender's sid: only packets of one sender share a sequence.
      ...(isAgent && { participantSid: this.shown.participant.sid, sequence: this.#sequence }),
      value,
    });
    this.session()?.peer.sendData(packet.toBinary());
  }
}
