import type { ToolStatus } from '../../voice/transport.js';

/** How many tools are shown: the newest ones. */
const MOST_SHOWN = 8;

/** A finished tool stays in sight this long; a failed one until the call is over. */
const DONE_SHOWN_MS = 3_000;

/** The tools that the agent uses in this call, as the visitor sees them: one line for each name. */
export class ToolCards {
  #tools: readonly ToolStatus[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get tools(): readonly ToolStatus[] {
    return this.#tools;
  }

  put(tool: ToolStatus): void {
    const others = this.#tools.filter((each) => each.name !== tool.name);
    this.#show([...others, tool].slice(-MOST_SHOWN));
    if (tool.status !== 'done') return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // Unless the tool runs again, or newer ones have taken its place, meanwhile.
      if (this.#tools.includes(tool)) this.#show(this.#tools.filter((each) => each !== tool));
    }, DONE_SHOWN_MS);
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#show([]);
  }

  #show(tools: readonly ToolStatus[]): void {
    this.#tools = tools;
    this.#onChange();
  }
}
