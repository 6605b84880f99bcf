import { randomUUID } from 'node:crypto';
import type { AgentMessage, PageMessage } from '../../../src/voice/data-channel-messages.js';
import type {
  AgentChannel,
  AgentListener,
  AgentState,
  MessageCarrier,
  TranscriptWriter,
} from '../agent/agent-channel.js';
import { PendingAnswers } from '../agent/pending-answers.js';
import { EchoClock } from '../media/echo-clock.js';
import type { WebRtcPeer } from './webrtc-peer.js';

/** The agent's end of a plain WebRTC call. */
export class WebRtcAgent implements AgentChannel {
  readonly #answers = new PendingAnswers();
  readonly #echoClock = new EchoClock();
  #state: AgentState = 'initializing';
  #isPresent = false;
  #isEchoing = false;
  #onHeard: (() => void) | undefined;
  #onMessage: ((text: string) => void) | undefined;

  readonly carrier: MessageCarrier = {
    useAlone: (onMessage) => (this.#onMessage = onMessage),
    send: (text) => this.peer()?.sendData(text),
  };

  constructor(
    readonly callerIdentity: string,
    private readonly listener: AgentListener,
    /** The caller's connection of the moment: a caller may come back with another. */
    private readonly peer: () => WebRtcPeer | undefined,
    readonly closeRoom: () => Promise<void>,
  ) {}

  join(): Promise<void> {
    this.#isPresent = true;
    if (this.peer()?.isReady) return Promise.resolve(this.#introduce());
    // Stays pending when the call ends first; nothing refers to it then.
    return new Promise((resolve) => (this.#onHeard = resolve));
  }

  /** Sound and data run, for the first time or anew. */
  noteReady(): void {
    if (!this.#isPresent) return;
    this.#introduce();
    this.#onHeard?.();
    this.#onHeard = undefined;
  }

  sendFrame(frame: Uint8Array): void {
    this.peer()?.sendAudio(frame);
  }

  startEcho(): void {
    this.#isEchoing = true;
  }

  hearAudio(payload: Buffer, timestamp: number, levelDb: number): void {
    this.listener.onCallerPacket(levelDb);
    if (!this.#isEchoing || !this.#isPresent) return;
    this.peer()?.sendAudio(payload, this.#echoClock.samplesUntil(timestamp));
    this.listener.onEcho(levelDb);
  }

  /** It speaks another dialect than ours. */
  get isStranger(): boolean {
    return this.#onMessage !== undefined;
  }

  hearOther(text: string): void {
    this.#onMessage?.(text);
  }

  hear(message: PageMessage): void {
    if (this.isStranger) return;
    if (message.type === 'text') this.listener.onTypedText(message.text);
    if (message.type === 'context') this.listener.onContext?.(message.text);
    if (message.type !== 'client_tool_result') return;
    if ('error' in message) this.#answers.reject(message.id, message.error);
    else this.#answers.resolve(message.id, message.result);
  }

  setState(state: AgentState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#send({ type: 'agent_state', state });
  }

  openTranscript(): TranscriptWriter {
    const line = { type: 'transcript', id: randomUUID(), role: 'agent' } as const;
    let text = '';
    return {
      write: (piece) => {
        text += piece;
        this.#send({ ...line, text, final: false });
      },
      finish: () => this.#send({ ...line, text, final: true }),
    };
  }

  sendCallerTranscript(text: string): void {
    this.#send({ type: 'transcript', id: randomUUID(), role: 'user', text, final: true });
  }

  sendData(topic: string, value: object): void {
    this.#send({ type: topic, ...value } as AgentMessage);
  }

  callRpc(method: string, payload: string, timeoutMs: number): Promise<string> {
    const call = JSON.parse(payload) as object;
    return this.#answers.ask(timeoutMs, (id) => this.#send({ type: method, id, ...call } as AgentMessage));
  }

  leave(): void {
    this.#send({ type: 'agent_left' });
    this.#isPresent = false;
  }

  close(): void {
    this.#answers.close();
  }

  #introduce(): void {
    this.#send({ type: 'agent_joined' });
    this.#send({ type: 'agent_state', state: this.#state });
  }

  #send(message: AgentMessage): void {
    // An agent that has gone says nothing more, not even the end of its sentence.
    if (this.#isPresent && !this.isStranger) this.peer()?.sendData(JSON.stringify(message));
  }
}
