import {
  ConnectionQuality,
  RoomEvent,
  RpcError,
  type Participant,
  type RemoteParticipant,
  type Room,
  type RpcInvocationData,
  type TextStreamReader,
  type TranscriptionSegment,
} from 'livekit-client';
import { readAgentState, readToolCall, readToolStatus } from '../agent-messages.js';
import {
  AGENT_STATE_ATTRIBUTE,
  CHAT_TOPIC,
  OLD_CHAT_TOPIC,
  OldTranscripts,
  readOldChat,
  TRANSCRIPTION_TOPIC,
  TranscriptReader,
  type Speaker,
} from '../dialects/livekit-agents.js';
import { RtviLine } from '../dialects/rtvi-line.js';
import { EarlyWords } from '../early-words.js';
import type { RoomMessages } from './livekit-room.js';
import { tellAgent } from './tell-agent.js';
import { memberOf } from './livekit-member.js';
import { RoomCast } from './room-cast.js';
import type { ConnectOptions, TransportEvent } from '../transport.js';
import { VoiceError } from '../voice-error.js';

const TOOL_STATUS_TOPIC = 'tool_status';
const TOOL_CALL_METHOD = 'client_tool';

/** The application error of LiveKit's RPC: the agent gets its message (up to 256 bytes) instead of a result. */
const TOOL_FAILED = 1500;

/** The same text by another carrier within this time is the same message. */
const TWICE_WITHIN_MS = 5_000;

/** How long to wait for an agent that has joined to show which dialect it speaks. */
const KNOWN_WITHIN_MS = 2_000;

const LONGEST_MESSAGE = 64 * 1024;

export interface ListenerOptions extends Pick<ConnectOptions, 'onToolCall' | 'toolNames'> {
  room: Room;
  messages: RoomMessages;
  emit: (event: TransportEvent) => void;
}

/** Handles everything in a LiveKit room but sound: who is there, their states, speech and messages, and their tool calls. */
export class LiveKitListener {
  readonly #options: ListenerOptions;
  readonly #cast: RoomCast;
  readonly #rtvi: RtviLine;
  readonly #early: EarlyWords;
  readonly #oldTranscripts = new OldTranscripts();
  readonly #methods = new Set<string>();
  /** The identities that have shown that they use LiveKit's dialect. */
  readonly #speaksLiveKit = new Set<string>();
  #written: { from: string; text: string; carrier: string; atMs: number }[] = [];
  #onKnown = (): void => undefined;
  readonly #lost = new Set<string>();

  constructor(options: ListenerOptions) {
    this.#options = options;
    const { room, onToolCall, toolNames } = options;
    this.#cast = new RoomCast((event) => this.#noteCast(event));
    // A server's own messages have no sender, so that there is no sender to wait for.
    const isNoOther = (identity: string): boolean =>
      identity === '' || identity === room.localParticipant.identity;
    this.#early = new EarlyWords((identity) => isNoOther(identity) || this.#cast.isKnown(identity));
    this.#rtvi = new RtviLine({
      emit: options.emit,
      send: (message) => this.#sendData(message),
      // The room itself reports who is there.
      onReady: () => undefined,
      onToolCall,
      hasTool: (name) => [...(toolNames?.() ?? [])].includes(name),
    });
    this.#listen();
    this.offerTools();
  }

  /** Takes in all participants once the room is entered, and again after a full reconnect. */
  noteAll(): void {
    for (const participant of this.#options.room.remoteParticipants.values()) this.#put(participant);
  }

  /**
   * Sends typed text in the dialect that the other side has shown to use.
   *
   * @throws {VoiceError} `unsupported-transport` when it has shown none in time.
   */
  async sendText(text: string): Promise<void> {
    if (!this.#dialect()) await this.#untilKnown();
    const dialect = this.#dialect();
    if (dialect === 'rtvi') return this.#rtvi.sendText(text);
    if (!dialect)
      throw new VoiceError('unsupported-transport', 'Nobody in the room has shown how it takes typed text');
    await this.#options.room.localParticipant.sendText(text, { topic: CHAT_TOPIC });
  }

  /** Resolves with whether the agent takes it. */
  async sendContext(context: string): Promise<boolean> {
    if (this.#dialect() !== 'rtvi') return tellAgent(this.#options.room, this.#cast.agents[0], context);
    return this.#rtvi.sendContext(context).then(() => true);
  }

  /**
   * Registers an RPC method for each tool name, as LiveKit's own examples do, beside the one method whose payload names the tool.
   */
  offerTools(): void {
    const { room, toolNames } = this.#options;
    const wanted = new Set([TOOL_CALL_METHOD, ...(toolNames?.() ?? [])]);
    for (const method of this.#methods) if (!wanted.has(method)) this.#withdraw(method);
    for (const method of wanted) {
      if (this.#methods.has(method)) continue;
      this.#methods.add(method);
      room.registerRpcMethod(method, (call) => this.#answerTool(method, call));
    }
  }

  close(forGood: boolean): void {
    const { room } = this.#options;
    void this.#rtvi.close(forGood);
    this.#early.clear();
    this.#onKnown();
    for (const method of this.#methods) this.#withdraw(method);
    room.unregisterTextStreamHandler(TRANSCRIPTION_TOPIC);
    room.unregisterTextStreamHandler(CHAT_TOPIC);
  }

  #listen(): void {
    const { room } = this.#options;
    const put = (participant: Participant): void => this.#put(participant as RemoteParticipant);
    room
      .on(RoomEvent.ParticipantConnected, put)
      .on(RoomEvent.TrackPublished, (_publication, participant) => put(participant))
      .on(RoomEvent.TrackUnpublished, (_publication, participant) => put(participant))
      .on(RoomEvent.ParticipantNameChanged, (_name, participant) => put(participant))
      .on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => put(participant))
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => put(participant))
      .on(RoomEvent.ParticipantDisconnected, ({ identity }) => this.#remove(identity))
      .on(RoomEvent.ConnectionQualityChanged, (quality, participant) =>
        this.#noteQuality(quality, participant),
      )
      .on(RoomEvent.DataReceived, (payload, participant, _kind, topic) =>
        this.#fromSender(participant, (sender) => this.#readData(payload, sender, topic)),
      )
      .on(RoomEvent.ChatMessage, ({ id, message }, participant) =>
        this.#fromSender(participant, (sender) => this.#noteWritten(sender, id, message, 'packet')),
      )
      .on(RoomEvent.TranscriptionReceived, (segments, spoke) =>
        this.#fromSender(undefined, (sender) => this.#readOld(segments, sender, spoke?.identity ?? sender)),
      );
    const onStream = (
      topic: string,
      read: (reader: TextStreamReader, identity: string) => Promise<void>,
    ): void =>
      room.registerTextStreamHandler(topic, (reader, { identity }) =>
        this.#early.whenKnown(identity, () => void read(reader, identity)),
      );
    onStream(TRANSCRIPTION_TOPIC, (reader, identity) => this.#readTranscript(reader, identity));
    onStream(CHAT_TOPIC, (reader, identity) => this.#readChat(reader, identity));
  }

  #put(participant: RemoteParticipant): void {
    if (participant.isLocal) return;
    const { identity, attributes } = participant;
    this.#cast.put(memberOf(participant));
    if (Object.keys(attributes).some((name) => name.startsWith('lk.agent'))) this.#noteDialect(identity);
    this.#tellState();
    this.#early.lookAgain();
  }

  /** livekit-client gives no participant for a sender that it does not know yet; the packet itself has the identity. */
  #fromSender(participant: Participant | undefined, read: (sender: string) => void): void {
    const sender = participant?.identity ?? this.#options.messages.sender();
    this.#early.whenKnown(sender, () => read(sender));
  }

  #remove(identity: string): void {
    this.#lost.delete(identity);
    this.#cast.remove(identity, this.#options.messages.howLeft(identity));
    this.#tellState();
  }

  #noteCast(event: TransportEvent): void {
    this.#options.emit(event);
    if (event.type === 'agent-joined')
      this.#rtvi.awaitBot(() => this.#cast.agents.some((identity) => this.#speaksLiveKit.has(identity)));
  }

  /** Reports the state of the agents: of several, one that speaks counts, else the newest. */
  #tellState(): void {
    const { room, emit } = this.#options;
    const states = this.#cast.agents.flatMap((identity) => {
      const said = room.remoteParticipants.get(identity)?.attributes[AGENT_STATE_ATTRIBUTE];
      const state = readAgentState(said);
      return state ? [state] : [];
    });
    const agentState = states.includes('speaking') ? 'speaking' : states.at(-1);
    if (agentState) emit({ type: 'agent-state', agentState });
  }

  #noteQuality(quality: ConnectionQuality, { identity }: Participant): void {
    const isLost = quality === ConnectionQuality.Lost;
    if (isLost === this.#lost.has(identity)) return;
    if (isLost) this.#lost.add(identity);
    else this.#lost.delete(identity);
    const { agents } = this.#cast;
    // While another agent's connection works, the call is not over.
    const lost = agents.length > 0 && agents.every((agent) => this.#lost.has(agent));
    this.#options.emit({ type: 'agent-link', lost });
  }

  #noteDialect(identity: string): void {
    this.#speaksLiveKit.add(identity);
    this.#onKnown();
  }

  #dialect(): 'livekit' | 'rtvi' | null {
    const { party, agents } = this.#cast;
    if (party === null) return null;
    // A person uses a LiveKit client.
    if (agents.length === 0) return 'livekit';
    if (this.#speaksLiveKit.has(party)) return 'livekit';
    return this.#rtvi.isSpoken ? 'rtvi' : null;
  }

  #untilKnown(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#onKnown;
      const timer = setTimeout(() => this.#onKnown(), KNOWN_WITHIN_MS);
      this.#onKnown = () => {
        clearTimeout(timer);
        this.#onKnown = () => undefined;
        before();
        resolve();
      };
    });
  }

  /** Who a sender is to the visitor; `null` for a recorder or a stranger, whose text is ignored. */
  #speaker(identity: string): Speaker | null {
    if (identity === this.#options.room.localParticipant.identity) return { role: 'user' };
    const role = this.#cast.roleOf(identity);
    if (role === 'agent') return { role };
    return role === 'person' ? { role: 'agent', name: this.#cast.nameOf(identity) } : null;
  }

  async #readTranscript(reader: TextStreamReader, identity: string): Promise<void> {
    const speaker = this.#speaker(identity);
    if (!speaker) return;
    if (speaker.role === 'agent') this.#noteDialect(identity);
    const { id } = reader.info;
    const stream = { id, attributes: () => reader.info.attributes };
    const lines = new TranscriptReader(stream, speaker, this.#oldTranscripts);
    let broken = false;
    try {
      for await (const piece of reader) this.#emitAll(lines.add(piece));
    } catch {
      // The stream broke off with the connection; the text that arrived stays.
      broken = true;
    }
    this.#emitAll(lines.close(broken));
  }

  /**
   * Reads old transcription packets. They name the participant who was transcribed; the packet itself shows that the agent sent
   * it.
   */
  #readOld(segments: TranscriptionSegment[], sender: string, spoke: string): void {
    const speaker = this.#speaker(spoke);
    if (!speaker || this.#cast.roleOf(sender) !== 'agent') return;
    this.#noteDialect(sender);
    this.#emitAll(this.#oldTranscripts.read(segments, speaker));
  }

  async #readChat(reader: TextStreamReader, identity: string): Promise<void> {
    let text = '';
    try {
      for await (const piece of reader) {
        text += piece;
        if (text.length > LONGEST_MESSAGE) return;
      }
    } catch {
      return;
    }
    if (this.#cast.roleOf(identity) === 'agent') this.#noteDialect(identity);
    this.#noteWritten(identity, reader.info.id, text, 'stream');
  }

  /** Reports a written message once: some senders send the same text twice, for clients of two generations. */
  #noteWritten(from: string, id: string, text: string, carrier: string): void {
    const speaker = this.#speaker(from);
    if (speaker?.role !== 'agent' || text === '' || text.length > LONGEST_MESSAGE) return;
    const atMs = performance.now();
    this.#written = this.#written.filter((each) => atMs - each.atMs < TWICE_WITHIN_MS);
    const isAgain = this.#written.some(
      (each) => each.from === from && each.text === text && each.carrier !== carrier,
    );
    if (isAgain) return;
    this.#written.push({ from, text, carrier, atMs });
    const { name } = speaker;
    this.#options.emit({ type: 'message', id: `chat-${id}`, text, ...(name !== undefined && { name }) });
  }

  #readData(payload: Uint8Array, identity: string, topic: string | undefined): void {
    if (topic === OLD_CHAT_TOPIC) {
      const chat = readOldChat(payload);
      if (chat) this.#noteWritten(identity, chat.id, chat.text, 'data');
      return;
    }
    if (this.#cast.roleOf(identity) !== 'agent') return;
    if (topic !== TOOL_STATUS_TOPIC && topic !== undefined && topic !== '') return;
    if (topic !== TOOL_STATUS_TOPIC && this.#rtvi.receive(new TextDecoder().decode(payload))) {
      this.#onKnown();
      return;
    }
    const tool = readToolStatus(payload);
    if (tool) this.#options.emit({ type: 'tool-status', tool });
  }

  async #answerTool(
    method: string,
    { payload, callerIdentity, responseTimeout }: RpcInvocationData,
  ): Promise<string> {
    await new Promise<void>((resolve) => this.#early.whenKnown(callerIdentity, resolve));
    try {
      if (this.#cast.roleOf(callerIdentity) !== 'agent')
        throw new Error('Only the agent may use tools of the page');
      this.#noteDialect(callerIdentity);
      const { name, args } =
        method === TOOL_CALL_METHOD
          ? readToolCall(payload)
          : { name: method, args: JSON.parse(payload.trim() || '{}') as unknown };
      return await this.#options.onToolCall(name, args, responseTimeout);
    } catch (error) {
      throw new RpcError(TOOL_FAILED, error instanceof Error ? error.message : String(error));
    }
  }

  #withdraw(method: string): void {
    this.#methods.delete(method);
    this.#options.room.unregisterRpcMethod(method);
  }

  #sendData(message: string): void {
    const { agents } = this.#cast;
    void this.#options.room.localParticipant
      .publishData(new TextEncoder().encode(message), { reliable: true, destinationIdentities: agents })
      .catch(() => undefined);
  }

  #emitAll(events: readonly TransportEvent[]): void {
    for (const event of events) this.#options.emit(event);
  }
}
