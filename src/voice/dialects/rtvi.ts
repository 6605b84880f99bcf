import { toJson } from '../../wire/to-json.js';
import { randomId } from '../../wire/random-id.js';
import type { ConnectOptions, ToolStatus, TransportEvent } from '../transport.js';
import { RTVI_LABEL } from './rtvi-envelope.js';
import { MAX_TOOL_NAME, readToolMessage } from './rtvi-tools.js';

export interface RtviOptions {
  emit: (event: TransportEvent) => void;
  send: (message: string) => void;
  /** The bot says that it is there. */
  onReady: () => void;
  onToolCall: ConnectOptions['onToolCall'];
  hasTool: (name: string) => boolean;
  now?: () => number;
}

type Fields = Record<string, unknown>;

/** A bot whose words are not spoken says nothing for this long after it has thought. */
const UNSPOKEN_AFTER_MS = 1_500;

/** Longer words are nobody's. */
const MAX_TEXT = 64 * 1024;

/**
 * RTVI, which Pipecat's bots speak over whatever carries them: 2.1, whose `bot-output` tells how much of a segment was
 * spoken, and 1.x with its words one by one. https://docs.pipecat.ai/client/rtvi-standard
 */
export class RtviDialect {
  readonly #options: RtviOptions;
  readonly #now: () => number;
  /** Lines without an id of their own get one that no other page of this call has given. */
  readonly #prefix = randomId();
  #turn = 0;
  /** The visitor's turn: what is final of it, and what is being heard; `isOver`: the bot has answered, before it had all the words. */
  #heard: { id: string; finals: string; interim: string; isOver: boolean } | null = null;
  /** The bot's words of this turn, where they come one by one. */
  #spoken: { id: string; text: string } | null = null;
  /** Thought, and perhaps about to be spoken. */
  #unspoken = '';
  #unspokenTimer: ReturnType<typeof setTimeout> | undefined;
  /** The best source of the bot's words that it has used: the lesser ones say the same again. */
  #source: 'output' | 'tts' | 'transcription' = 'transcription';
  /** Lines of 2.1 that are still being spoken, and those that will not change any more. */
  readonly #segments = new Map<string, string>();
  readonly #closed = new Set<string>();
  readonly #tools = new Map<string, { name: string; since: number }>();
  readonly #answered = new Set<string>();

  constructor(options: RtviOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** One message, as it came, already known to be of this dialect. */
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
      // Metrics, answers to what was never asked, and what a later protocol says.
    }
  }

  sendText(text: string): void {
    const options = { run_immediately: true, audio_response: true };
    this.#send('send-text', { content: text, options });
  }

  /** The visitor leaves for good. */
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

  /** One turn may have several finals, and an interim text behind them. */
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

  /** The bot speaks: the turn is over. What is still being heard of it comes once more, as it is, and is not another turn. */
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
    // 1.x sends a sentence as it is thought, and its words once more as they are spoken.
    if (fields.spoken === true) this.#speak('output', fields);
    else this.#keep(fields);
  }

  /** Thought; whether it is spoken will be seen. */
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
    // It was said again as it was spoken.
    this.#unspoken = '';
    this.#line('agent', spoken.id, spoken.text, true);
  }

  /** A reply without a voice, or of a bot that tells its sentences and not what is spoken of them. */
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

  /** What was spoken stays as it stands; what was not is never said. */
  #interrupt(): void {
    clearTimeout(this.#unspokenTimer);
    if (this.#source !== 'transcription') this.#unspoken = '';
    for (const [id, text] of this.#segments) this.#closeSegment(id, text);
    this.#closeSpoken();
    this.#state('listening');
  }

  /** Names come only where the bot's owner lets them; a call without one is shown as work. */
  #followTool(type: string, fields: Fields): void {
    const id = typeof fields.tool_call_id === 'string' ? fields.tool_call_id : '';
    const name = textOf(fields.function_name) || (this.#tools.get(id)?.name ?? '');
    const isOver = type === 'llm-function-call-stopped';
    if (name !== '' && this.#options.hasTool(name)) {
      // The page tells of its own tools itself.
      if (type === 'llm-function-call-in-progress' && fields.arguments !== undefined)
        void this.#runTool(fields, fields.arguments);
      return;
    }
    // `started` comes without the id that the others share.
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

/** Words come with or without a blank around them. */
function join(before: string, after: string): string {
  const needsBlank =
    before !== '' && after !== '' && !/\s$/.test(before) && !/^[\s.,;:!?…。，、！？]/.test(after);
  const joined = `${before}${needsBlank ? ' ' : ''}${after}`;
  return joined.slice(0, MAX_TEXT);
}
