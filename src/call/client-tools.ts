import { waitFor } from '../async/wait-for.js';
import { toJson } from '../wire/to-json.js';
import type { ToolStatus } from '../voice/transport.js';

/** A tool of the page: gets the agent's arguments, returns anything that JSON can say. May be asynchronous, may throw. */
export type ClientTool = (args: unknown) => unknown;

export interface ToolOptions {
  /** What the tool does, in the words that the visitor is asked with. Without it, its name. */
  description?: string | undefined;
  /** JSON Schema of the arguments, for the site's own use: no engine that is understood here asks a page for it. */
  parameters?: object | undefined;
  /** The visitor must say yes before it runs; a function gives the words of the question, from the agent's arguments. */
  confirm?: boolean | ((args: unknown) => string) | undefined;
}

export interface PageTool extends ToolOptions {
  handler: ClientTool;
}

/** Whether the visitor says yes to this within the time. */
export type Confirm = (question: string, withinMs: number) => Promise<boolean>;

/** The agent waits no longer than this, and neither does the visitor. */
const TOOL_LIMIT_MS = 8_000;

/** A question stays this long, unless the agent gives up before. */
const CONFIRM_LIMIT_MS = 30_000;

/** Of the time that the agent waits, this much is for the tool itself. */
const RUN_MS = 3_000;

/** What an agent may be sent back at the most; LiveKit's RPC carries 15 KiB. */
const MAX_RESULT_BYTES = 14_000;

export interface ClientToolsOptions {
  onStatus: (tool: ToolStatus) => void;
  confirm: Confirm;
  limitMs?: number | undefined;
}

/** The rules under which an agent may run the tools that the site has registered. */
export class ClientTools {
  readonly #tools: ReadonlyMap<string, PageTool>;
  readonly #options: ClientToolsOptions;
  readonly #limitMs: number;

  constructor(tools: ReadonlyMap<string, PageTool>, options: ClientToolsOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#limitMs = options.limitMs ?? TOOL_LIMIT_MS;
  }

  /**
   * Runs a tool for the agent, who waits for `waitsMs` where that is known, and resolves with its result as JSON text. Rejects
   * with words that are for the agent.
   */
  async run(name: string, args: unknown, waitsMs?: number): Promise<string> {
    const tool = this.#tools.get(name);
    if (!tool) throw new Error(`The page has no tool "${name.slice(0, 80)}"`);
    if (tool.confirm) await this.#ask(name, tool, args, waitsMs);
    const startedAt = performance.now();
    const tell = (status: ToolStatus['status']): void =>
      this.#options.onStatus({
        name,
        status,
        seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      });
    tell('running');
    try {
      const text = resultAsJson(await this.#limited(tool.handler, args));
      tell('done');
      return text;
    } catch (error) {
      tell('failed');
      throw error instanceof Error ? error : new Error(String(error));
    }
  }

  /** What comes of no answer is a no. @throws for the agent */
  async #ask(name: string, tool: PageTool, args: unknown, waitsMs?: number): Promise<void> {
    const { description, confirm } = tool;
    const question = typeof confirm === 'function' ? confirm(args) : description || name.replaceAll('_', ' ');
    // Who says yes in the last moment must not have a tool run that the agent no longer waits for.
    const withinMs = waitsMs === undefined ? CONFIRM_LIMIT_MS : Math.max(waitsMs / 2, waitsMs - RUN_MS);
    if (!(await this.#options.confirm(question, Math.min(withinMs, CONFIRM_LIMIT_MS))))
      throw new Error('declined');
    // Taken back or replaced meanwhile: the visitor has said yes to another one.
    if (this.#tools.get(name) !== tool) throw new Error('declined');
  }

  async #limited(tool: ClientTool, args: unknown): Promise<unknown> {
    const done = new AbortController();
    const limit = waitFor(this.#limitMs, done.signal).then(() => {
      throw new Error(`The tool did not answer within ${this.#limitMs / 1000} s`);
    });
    try {
      // In a task of its own: a tool that throws at once rejects like one that throws later.
      return await Promise.race([Promise.resolve().then(() => tool(args)), limit]);
    } finally {
      // The loser of the race has nobody left to hear it.
      limit.catch(() => undefined);
      done.abort();
    }
  }
}

function resultAsJson(result: unknown): string {
  const text = toJson(result ?? null) as string | undefined;
  if (text === undefined) throw new Error('The result cannot be said in JSON');
  if (new TextEncoder().encode(text).length > MAX_RESULT_BYTES) throw new Error('The result is too long');
  return text;
}
