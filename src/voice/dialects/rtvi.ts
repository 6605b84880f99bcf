import { toJson } from '../../wire/to-json.js';
import { randomId } from '../../wire/random-id.js';
import type { ConnectOptions, ToolStatus, TransportEvent } from '../transport.js';
import { RTVI_LABEL } from './rtvi-envelope.js';
import { MAX_TOOL_NAME, readToolMessage } from './rtvi-tools.js';

export interface RtviOptions {
  emit: (event: TransportEvent) => void;
  send: (message: string) => void;
  /** Called when the bot reports that it is ready. */
  onReady: () => void;
  onToolCall: ConnectOptions['onToolCall'];
  hasTool: (name: string) => boolean;
  now?: () => number;
}

type Fields = Record<string, unknown>;

/** A bot that is silent for this long after it has thought does not speak its text. */
const UNSPOKEN_AFTER_MS = 1_500;

/** The longest text that is shown, in characters; a longer one is cut. */
const MAX_TEXT = 64 * 1024;

/**
 * Reads and writes RTVI, which Pipecat's bots use over any transport: 2.1, whose `bot-output` says how much of a segment was
 * spoken, and 1.x, which sends words one by one. https://docs.pipecat.ai/client/rtvi-standard
 */
export class RtviDialect {
  readonly #options: RtviOptions;
  readonly #now: () => number;
  /** Part of the ids of lines that have none of their own, unique among the pages of this call. */
  readonly #prefix = randomId();
  #turn = 0;
  /**
   * The visitor's turn: its final text, and the text that is still being recognized. `isOver`: the bot began to answer before the
   * last text was final.
   */
  #heard: { id: string; finals: string; interim: string; isOver: boolean } | null = null;
  /** The bot's text of this turn, where it comes word by word. */
  #spoken: { id: string; text: string } | null = null;
  /** Text that the bot has thought, and may be about to speak. */
  #unspoken = '';
  #unspokenTimer: ReturnType<typeof setTimeout> | undefined;
  /** The best source of text that the bot has used: the other sources repeat the same text. */
  #source: 'output' | 'tts' | 'transcription' = 'transcription';
  /** Segments of 2.1 that are still being spoken, and those that will not change any more. */
  readonly #segments = new Map<string, string>();
  readonly #closed = new Set<string>();
  readonly #tools = new Map<string, { name: string; since: number }>();
  readonly #answered = new Set<string>();

  constructor(options: RtviOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Handles one message, which must be known to be RTVI. */
  receive({ type, data }: Fields): void {
    const fields = asObject(data);
    switch (type) {
      case 'bot-ready':
        return this.#options.onReady();
      case 'bot-started-speaking':
        clearTimeout(this.#unspokenTimer);
        this.#endTurn();
        return this.#state('speaking');
      case 'bot-stopped-speaking':
        this.#closeSpoken();
        return this.#state('listening');
      case 'user-started-speaking':
        return this.#state('listening');
      case 'bot-llm-started':
        this.#closeSpoken();
        this.#unspoken = '';
        return this.#state('thinking');
      case 'user-stopped-speaking':
        return this.#state('thinking');
      case 'bot-llm-stopped':
        return this.#awaitVoice();
      case 'bot-interrupted':
        return this.#interrupt();
      case 'user-transcription':
        return this.#hear(fields);
      case 'bot-output':
        return this.#output(fields);
      case 'bot-tts-text':
        return this.#source === 'output' ? undefined : this.#speak('tts', fields);
      case 'bot-transcription':
        return this.#source === 'transcription' ? this.#keep(fields) : undefined;
      case 'llm-function-call-started':
      case 'llm-function-call-in-progress':
      case 'llm-function-call-stopped':
        return this.#followTool(type, fields);
      case 'llm-function-call':
        return void this.#runTool(fields, fields.args);
      case 'server-message':
        return this.#tell(readToolMessage(data));
      case 'error':
        return fields.fatal === true ? this.#end() : undefined;
      default:
      // Metrics, answers to requests that this client never sends, and messages of a later protocol.
    }
  }

  sendText(text: string): void {
    const options = { run_immediately: true, audio_response: true };
    this.#send('send-text', { content: text, options });
  }

  /** Adds to what the bot knows. It answers nothing. */
  sendContext(context: string): void {
    const options = { run_immediately: false, audio_response: false };
    this.#send('send-text', { content: context, options });
  }

  /** The visitor leaves for good: asks the bot to leave, too. */
  leave(): void {
    this.#send('disconnect-bot');
    this.close();
  }

  close(): void {
    clearTimeout(this.#unspokenTimer);
  }

  #send(type: string, data?: Fields): void {
    this.#options.send(toJson({ label: RTVI_LABEL, type, id: randomId(), ...(data && { data }) }));
  }

  #end(): void {
    this.#options.emit({ type: 'disconnected', end: 'remote', detail: 'fatal error of the bot' });
  }

  #state(agentState: 'listening' | 'thinking' | 'speaking'): void {
    this.#options.emit({ type: 'agent-state', agentState });
  }

  #line(role: 'user' | 'agent', id: string, text: string, final: boolean): void {
    if (text !== '') this.#options.emit({ type: 'transcript', entry: { id, role, text, final } });
  }

  #newId(who: string): string {
    this.#turn += 1;
    return `rtvi-${this.#prefix}-${who}-${this.#turn}`;
  }

  /** One turn may have several final texts, and an interim text behind them. */
  #hear({ text, final }: Fields): void {
    const heard = (this.#heard ??= {
      id: this.#newId('user'),
      finals: '',
      interim: '',
      isOver: false,
    });
    if (final === true) heard.finals = join(heard.finals, textOf(text));
    heard.interim = final === true ? '' : textOf(text);
    const isLast = heard.isOver && final === true;
    if (isLast) this.#heard = null;
    this.#line('user', heard.id, join(heard.finals, heard.interim), isLast);
  }

  /**
   * Ends the visitor's turn, since the bot speaks. A text that is still being recognized comes once more, as final, and belongs
   * to this turn.
   */
  #endTurn(): void {
    const heard = this.#heard;
    if (!heard) return;
    if (heard.interim !== '' && !heard.isOver) {
      heard.isOver = true;
      return;
    }
    this.#heard = null;
    this.#line('user', heard.id, join(heard.finals, heard.interim), true);
  }

  #output(fields: Fields): void {
    this.#source = 'output';
    const segment = fields.segment_id;
    if (typeof segment === 'string' || typeof segment === 'number')
      return this.#speakSegment(`bot-${String(segment).slice(0, 150)}`, fields);
    // 1.x sends a sentence when it is thought, and its words again as they are spoken.
    if (fields.spoken === true) this.#speak('output', fields);
    else this.#keep(fields);
  }

  /** Keeps text that the bot has thought; later messages show whether it is spoken. */
  #keep({ text }: Fields): void {
    this.#unspoken = join(this.#unspoken, textOf(text));
  }

  #speakSegment(id: string, fields: Fields): void {
    if (this.#closed.has(id)) return;
    const isUnspoken = fields.will_be_spoken === false;
    const isCompleted = fields.spoken_status === 'completed';
    const progress = textOf(asObject(fields.spoken_progress).accumulated_text);
    const text = isUnspoken ? textOf(fields.text) : progress || (isCompleted ? textOf(fields.text) : '');
    if (isUnspoken || isCompleted) return this.#closeSegment(id, text);
    if (text === '') return;
    this.#segments.set(id, text);
    this.#line('agent', id, text, false);
  }

  #closeSegment(id: string, text: string): void {
    this.#segments.delete(id);
    this.#closed.add(id);
    this.#line('agent', id, text, true);
  }

  #speak(source: 'output' | 'tts', { text }: Fields): void {
    this.#source = source;
    this.#unspoken = '';
    clearTimeout(this.#unspokenTimer);
    const spoken = (this.#spoken ??= { id: this.#newId('bot'), text: '' });
    spoken.text = join(spoken.text, textOf(text));
    this.#line('agent', spoken.id, spoken.text, false);
  }

  #closeSpoken(): void {
    const spoken = this.#spoken;
    this.#spoken = null;
    if (!spoken) return this.#sayUnspoken();
    // The kept text was sent again as it was spoken.
    this.#unspoken = '';
    this.#line('agent', spoken.id, spoken.text, true);
  }

  /** Shows text that was never reported as spoken: a reply without a voice, or of a bot that reports whole sentences only. */
  #sayUnspoken(): void {
    clearTimeout(this.#unspokenTimer);
    const text = this.#unspoken;
    this.#unspoken = '';
    if (text !== '') this.#line('agent', this.#newId('bot'), text, true);
  }

  #awaitVoice(): void {
    clearTimeout(this.#unspokenTimer);
    if (this.#unspoken !== '' && !this.#spoken)
      this.#unspokenTimer = setTimeout(() => this.#sayUnspoken(), UNSPOKEN_AFTER_MS);
  }

  /** The visitor interrupts the bot: spoken text stays as it is, and unspoken text is dropped. */
  #interrupt(): void {
    clearTimeout(this.#unspokenTimer);
    if (this.#source !== 'transcription') this.#unspoken = '';
    for (const [id, text] of this.#segments) this.#closeSegment(id, text);
    this.#closeSpoken();
    this.#state('listening');
  }

  /**
   * Follows the bot's own tool calls. Their names come only where the bot's owner allows it; a call without one is shown without
   * a name.
   */
  #followTool(type: string, fields: Fields): void {
    const id = typeof fields.tool_call_id === 'string' ? fields.tool_call_id : '';
    const name = textOf(fields.function_name) || (this.#tools.get(id)?.name ?? '');
    const isOver = type === 'llm-function-call-stopped';
    if (name !== '' && this.#options.hasTool(name)) {
      // The page reports the state of its own tools itself.
      if (type === 'llm-function-call-in-progress' && fields.arguments !== undefined)
        void this.#runTool(fields, fields.arguments);
      return;
    }
    // `llm-function-call-started` comes without the id that the two later messages share.
    if (id === '') return;
    const since = this.#tools.get(id)?.since ?? this.#now();
    if (isOver) this.#tools.delete(id);
    else this.#tools.set(id, { name, since });
    const seconds = Math.round((this.#now() - since) / 100) / 10;
    const ended = fields.cancelled === true ? 'failed' : 'done';
    const shown = name.slice(0, MAX_TOOL_NAME);
    this.#tell({ name: shown, status: isOver ? ended : 'running', seconds: isOver ? seconds : 0 });
  }

  #tell(tool: ToolStatus | null): void {
    if (tool) this.#options.emit({ type: 'tool-status', tool });
  }

  async #runTool({ function_name: name, tool_call_id: id }: Fields, args: unknown): Promise<void> {
    if (typeof name !== 'string' || typeof id !== 'string' || this.#answered.has(id)) return;
    this.#answered.add(id);
    const parsed = typeof args === 'string' ? parse(args) : (args ?? {});
    let result: unknown;
    try {
      result = parse(await this.#options.onToolCall(name, parsed));
    } catch (error) {
      result = { error: error instanceof Error ? error.message : String(error) };
    }
    const answer = { function_name: name, tool_call_id: id, arguments: parsed, result };
    this.#send('llm-function-call-result', answer);
  }
}

function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Joins two texts with one blank where it is needed: words come with or without blanks around them. */
function join(before: string, after: string): string {
  const needsBlank =
    before !== '' && after !== '' && !/\s$/.test(before) && !/^[\s.,;:!?…。，、！？]/.test(after);
  const joined = `${before}${needsBlank ? ' ' : ''}${after}`;
  return joined.slice(0, MAX_TEXT);
}
