import { toJson } from '../../wire/to-json.js';
import { readToolCall } from '../agent-messages.js';
import { readAgentMessage, type PageMessage } from '../data-channel-messages.js';
import { RtviLine } from '../dialects/rtvi-line.js';
import { readSignalling } from '../dialects/small-webrtc.js';
import type { ConnectOptions, TransportEvent } from '../transport.js';
import { VoiceError } from '../voice-error.js';

export interface ChannelOptions extends Pick<ConnectOptions, 'onToolCall' | 'toolNames'> {
  send: (text: string) => void;
  /** Called with every event, also with the end of the call (`disconnected`). */
  emit: (event: TransportEvent) => void;
  onAlive: () => void;
  onRenegotiate: () => void;
}

/** Handles the messages of a call's data channel: our own set, or RTVI with SmallWebRTC's signals. */
export class ChannelDialects {
  readonly #options: ChannelOptions;
  readonly #rtvi: RtviLine;
  /** Whether the other side has sent a message of our own set. */
  #speaksOurs = false;
  #agentPresent = false;

  constructor(options: ChannelOptions) {
    const { onToolCall, toolNames } = options;
    this.#options = options;
    this.#rtvi = new RtviLine({
      emit: (event) => this.#emitOfBot(event),
      send: options.send,
      onReady: () => this.handleAgentJoined(),
      onToolCall,
      hasTool: (name) => [...(toolNames?.() ?? [])].includes(name),
    });
  }

  /** Called when the channel is open, also after a new connection. */
  onOpen(): void {
    this.#rtvi.awaitBot(() => this.#speaksOurs);
  }

  receive(data: unknown): void {
    if (typeof data !== 'string' || this.#rtvi.receive(data)) return;
    const { emit, onAlive, onRenegotiate } = this.#options;
    const signal = readSignalling(data);
    if (signal === 'peerLeft')
      return emit({ type: 'disconnected', end: 'remote', detail: 'the bot has left' });
    if (signal === 'renegotiate') return onRenegotiate();
    const message = readAgentMessage(data);
    this.#speaksOurs ||= message !== null;
    switch (message?.type) {
      case 'agent_joined':
        return this.handleAgentJoined();
      case 'agent_left':
        return this.#noticeAgentLeft();
      case 'agent_state':
        return emit({ type: 'agent-state', agentState: message.agentState });
      case 'transcript':
        return emit({ type: 'transcript', entry: message.entry });
      case 'tool_status':
        return emit({ type: 'tool-status', tool: message.tool });
      case 'client_tool':
        return void this.#answerTool(message.id, data);
      case 'end':
        return emit({ type: 'disconnected', end: message.end, detail: 'the server ended the call' });
      case 'alive':
        return onAlive();
      case undefined:
      // An unknown message, perhaps of a newer server.
    }
  }

  async sendText(text: string): Promise<void> {
    if (this.#rtvi.isSpoken) return this.#rtvi.sendText(text);
    if (!this.#speaksOurs)
      throw new VoiceError('unsupported-transport', 'The other side has shown no way to take typed text');
    this.#send({ type: 'text', text });
  }

  /** Resolves with whether the other side has shown a way to take it. */
  async sendContext(context: string): Promise<boolean> {
    if (this.#rtvi.isSpoken) await this.#rtvi.sendContext(context);
    else if (this.#speaksOurs) this.#send({ type: 'context', text: context });
    return this.#rtvi.isSpoken || this.#speaksOurs;
  }

  /** Sends the sign of life of the dialect in use: a Pipecat bot logs a complaint about every message that it does not know. */
  sayAlive(): void {
    if (this.#speaksOurs) this.#send({ type: 'alive' });
    else this.#options.send(`ping: ${Date.now()}`);
  }

  handleAgentJoined(): void {
    if (this.#agentPresent) return;
    this.#agentPresent = true;
    this.#options.emit({ type: 'agent-joined' });
  }

  /** Says goodbye to an RTVI bot. Resolves when the message was handed over; undefined where no RTVI was spoken. */
  close(): Promise<void> | undefined {
    return this.#rtvi.close(true);
  }

  #noticeAgentLeft(): void {
    if (!this.#agentPresent) return;
    this.#agentPresent = false;
    this.#options.emit({ type: 'agent-left' });
  }

  /** Reports a bot's event; a state or a transcript shows that the bot is there. */
  #emitOfBot(event: TransportEvent): void {
    if (event.type === 'agent-state' || event.type === 'transcript') this.handleAgentJoined();
    this.#options.emit(event);
  }

  async #answerTool(id: string, call: string): Promise<void> {
    try {
      const { name, args } = readToolCall(call);
      this.#send({ type: 'client_tool_result', id, result: await this.#options.onToolCall(name, args) });
    } catch (error) {
      this.#send({
        type: 'client_tool_result',
        id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #send(message: PageMessage): void {
    this.#options.send(toJson(message));
  }
}
