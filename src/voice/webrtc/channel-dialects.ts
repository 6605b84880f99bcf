import { toJson } from '../../wire/to-json.js';
import { readToolCall } from '../agent-messages.js';
import { readAgentMessage, type PageMessage } from '../data-channel-messages.js';
import { RtviLine } from '../dialects/rtvi-line.js';
import { readSignalling } from '../dialects/small-webrtc.js';
import type { ConnectOptions, TransportEvent } from '../transport.js';
import { VoiceError } from '../voice-error.js';

export interface ChannelOptions extends Pick<ConnectOptions, 'onToolCall' | 'toolNames'> {
  send: (text: string) => void;
  /** The end is one of these events. */
  emit: (event: TransportEvent) => void;
  onAlive: () => void;
  onRenegotiate: () => void;
}

/** What page and agent say to each other over the data channel of a call: our own messages, or RTVI with SmallWebRTC's signals. */
export class ChannelDialects {
  readonly #options: ChannelOptions;
  readonly #rtvi: RtviLine;
  /** The other side has sent a message of our own set. */
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

  /** The channel is open, perhaps anew. */
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
      // Somebody else's message, or a newer server's.
    }
  }

  async sendText(text: string): Promise<void> {
    if (this.#rtvi.isSpoken) return this.#rtvi.sendText(text);
    if (!this.#speaksOurs)
      throw new VoiceError('unsupported-transport', 'The other side has shown no way to take typed text');
    this.#send({ type: 'text', text });
  }

  /** Each dialect has a sign of life of its own; of what it does not know, a Pipecat bot complains every time. */
  sayAlive(): void {
    if (this.#speaksOurs) this.#send({ type: 'alive' });
    else this.#options.send(`ping: ${Date.now()}`);
  }

  handleAgentJoined(): void {
    if (this.#agentPresent) return;
    this.#agentPresent = true;
    this.#options.emit({ type: 'agent-joined' });
  }

  /** Resolves when a bot was told of the end; undefined where nobody need be told. */
  close(): Promise<void> | undefined {
    return this.#rtvi.close(true);
  }

  #noticeAgentLeft(): void {
    if (!this.#agentPresent) return;
    this.#agentPresent = false;
    this.#options.emit({ type: 'agent-left' });
  }

  /** What a bot says of the call shows that it is there. */
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
