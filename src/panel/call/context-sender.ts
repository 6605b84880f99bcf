import { waitFor } from '../../async/wait-for.js';
import { contextText } from '../../context/agent-context.js';
import type { PanelHost } from '../../contract/panel-host.js';

/** A page may tell of every move of its visitor: what comes within this time is sent as one, the last. */
const GATHER_MS = 250;

/** Tells the agent of a running call what the site has passed to `sendContext()`: the newest, one at a time. */
export class ContextSender {
  readonly #host: Pick<PanelHost, 'context' | 'dispatch'>;
  readonly #tell: (context: string) => Promise<boolean>;
  /** The turn that still gathers; it ends the turn before it. */
  #gathering: Promise<boolean> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<PanelHost, 'context' | 'dispatch'>, tell: (context: string) => Promise<boolean>) {
    this.#host = host;
    this.#tell = tell;
  }

  /** Resolves with whether the agent has taken it; never rejects. */
  send(): Promise<boolean> {
    if (!this.#gathering) this.#turn = this.#gathering = this.#turn.then(() => this.#sendNewest());
    return this.#gathering;
  }

  async #sendNewest(): Promise<boolean> {
    await waitFor(GATHER_MS);
    // What comes from now on is for the next turn.
    this.#gathering = null;
    const text = contextText(this.#host.context());
    const sent = text !== '' && (await this.#tell(text));
    this.#host.dispatch('osmtalk-context', { sent });
    return sent;
  }
}
