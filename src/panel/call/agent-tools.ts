import { html, type TemplateResult } from 'lit/html.js';
import type { Thread } from '../../chat/thread.js';
import { ClientTools } from '../../call/client-tools.js';
import type { PanelHost } from '../../contract/panel-host.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import type { Messages } from '../../i18n/messages.en.js';
import type { ToolStatus } from '../../voice/transport.js';
import { BuiltInTools } from './built-in-tools.js';
import { ToolQuestions } from './tool-questions.js';
import { VisitorPrompts } from './visitor-prompts.js';

export interface AgentToolsOptions {
  host: Pick<PanelHost, 'config' | 'dispatch' | 'show' | 'tools'>;
  thread: Pick<Thread, 'addTyped' | 'messages' | 'patch'>;
  onChange: () => void;
  /** Sends this text as the visitor's own words. */
  onSay: (text: string) => void;
  /** Whether a call is up. */
  isLive: () => boolean;
  onStatus: (tool: ToolStatus) => void;
}

/** The tools that the agent of a call may use, those of the site and the built-in ones, and what they ask the visitor. */
export class AgentTools {
  readonly #options: AgentToolsOptions;
  readonly #questions: ToolQuestions;
  readonly #prompts: VisitorPrompts;
  readonly #all: BuiltInTools;
  readonly #client: ClientTools;

  constructor(options: AgentToolsOptions) {
    this.#options = options;
    const { host, thread, onChange, onSay, isLive, onStatus } = options;
    const onAsked = (): void => host.show();
    this.#questions = new ToolQuestions(onChange, onAsked);
    this.#prompts = new VisitorPrompts({
      onChange,
      onAsked,
      isLive,
      say: onSay,
      note: (text) => this.#note(text),
      said: () => thread.messages.filter(({ role }) => role === 'user'),
      onChoice: (label) => host.dispatch('osmtalk-choice', { label }),
    });
    this.#all = new BuiltInTools({
      tools: host.tools,
      wanted: () => host.config.builtInTools,
      prompts: this.#prompts,
    });
    this.#client = new ClientTools(this.#all, {
      onStatus,
      confirm: async (question, withinMs) => isLive() && this.#questions.ask(question, withinMs),
    });
  }

  get names(): Iterable<string> {
    return this.#all.keys();
  }

  /** As `ClientTools.run()`. */
  run(name: string, args: unknown, waitsMs?: number): Promise<string> {
    return this.#client.run(name, args, waitsMs);
  }

  /** Whether a card says that this tool runs; not where the visitor sees anyway what it asks. */
  hasCard(name: string): boolean {
    return !this.#all.isShownItself(name);
  }

  view(words: Messages & CallWords): TemplateResult {
    return html`${this.#questions.view(words)}${this.#prompts.view(words)}`;
  }

  /** Declines and takes away all that is asked: the call is over. */
  clear(): void {
    this.#questions.clear();
    this.#prompts.clear();
  }

  /** Adds to the conversation what the agent got as the answer to its question, and not as a message. */
  #note(text: string): void {
    const { thread, host } = this.#options;
    const { id } = thread.addTyped(text);
    thread.patch(id, { status: 'sent' });
    host.dispatch('osmtalk-message', { id, role: 'user', text });
  }
}
