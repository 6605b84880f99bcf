import { randomUUID } from 'node:crypto';
import type {
  AgentChannel,
  AgentListener,
  AgentState,
  MessageCarrier,
  TranscriptWriter,
} from './agent-channel.js';
import { PendingAnswers } from './pending-answers.js';

const label = 'rtvi-ai';

interface Message {
  type: string;
  id?: string;
  data?: Record<string, unknown>;
}

/** An agent that speaks RTVI 2.1, as Pipecat's bots do, and none of what LiveKit's agents and our own calls say. */
export class RtviChannel implements AgentChannel {
  readonly #answers = new PendingAnswers();
  #state: AgentState = 'initializing';
  #segments = 0;
  #onClientReady = (): void => {};
  readonly #clientReady = new Promise<void>((resolve) => (this.#onClientReady = resolve));

  constructor(
    private readonly inner: AgentChannel,
    private readonly messages: MessageCarrier,
    private readonly listener: AgentListener,
  ) {
    messages.useAlone((text) => this.#receive(text));
  }

  get callerIdentity(): string {
    return this.inner.callerIdentity;
  }

  /** Such a bot does not begin before the client says that it is ready. */
  async join(): Promise<void> {
    await this.inner.join();
    await this.#clientReady;
  }

  sendFrame(frame: Uint8Array): void {
    this.inner.sendFrame(frame);
  }

  startEcho(): void {
    this.inner.startEcho();
  }

  setState(state: AgentState): void {
    if (state === this.#state) return;
    if (this.#state === 'speaking') this.#send('bot-stopped-speaking');
    if (state === 'speaking') this.#send('bot-started-speaking');
    if (state === 'thinking') this.#send('bot-llm-started');
    this.#state = state;
  }

  openTranscript(): TranscriptWriter {
    this.#segments += 1;
    const segment = this.#segments;
    let text = '';
    const tell = (status: 'in-progress' | 'completed'): void =>
      this.#send('bot-output', {
        text,
        segment_id: segment,
        aggregated_by: 'sentence',
        will_be_spoken: true,
        spoken_status: status,
        spoken_progress: { accumulated_text: text, remaining_text: '' },
      });
    return {
      write: (piece) => {
        text += piece;
        tell('in-progress');
      },
      finish: () => tell('completed'),
    };
  }

  sendCallerTranscript(text: string): void {
    this.#send('user-transcription', {
      text,
      final: true,
      user_id: this.callerIdentity,
      timestamp: new Date().toISOString(),
    });
  }

  sendData(topic: string, value: object): void {
    this.#send('server-message', { type: topic, ...value });
  }

  /** Its function calls have no method beside the name. */
  callRpc(_method: string, payload: string, timeoutMs: number): Promise<string> {
    const { name, arguments: args } = JSON.parse(payload) as Record<string, unknown>;
    return this.#answers.ask(timeoutMs, (id) =>
      this.#send('llm-function-call-in-progress', { function_name: name, tool_call_id: id, arguments: args }),
    );
  }

  leave(): void {
    this.inner.leave();
  }

  closeRoom(): Promise<void> {
    this.#answers.close();
    return this.inner.closeRoom();
  }

  #receive(text: string): void {
    const message = readMessage(text);
    const data = message?.data ?? {};
    switch (message?.type) {
      case 'client-ready':
        this.#send('bot-ready', { version: '2.1.0', about: { library: 'osmtalk-widget demo' } }, message.id);
        return this.#onClientReady();
      case 'send-text':
        return this.#hearText(data);
      case 'disconnect-bot':
        return this.listener.onCallerLeft('left');
      case 'llm-function-call-result':
        return this.#answers.resolve(String(data.tool_call_id), JSON.stringify(data.result));
      default:
      // Our own set, and what a bot does not answer.
    }
  }

  /** Text that shall not be run at once only adds to what the bot knows. */
  #hearText({ content, options }: Record<string, unknown>): void {
    if (typeof content !== 'string') return;
    const { run_immediately: runs = true } = (options ?? {}) as { run_immediately?: boolean };
    if (runs) this.listener.onTypedText(content);
    else this.listener.onContext?.(content);
  }

  #send(type: string, data?: object, id: string = randomUUID()): void {
    this.messages.send(JSON.stringify({ label, type, id, ...(data && { data }) }));
  }
}

function readMessage(text: string): Message | undefined {
  try {
    const json = JSON.parse(text) as Message & { label?: unknown };
    return json.label === label ? json : undefined;
  } catch {
    return undefined;
  }
}
