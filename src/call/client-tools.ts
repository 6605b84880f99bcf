import { waitFor } from '../async/wait-for.js';
import { toJson } from '../wire/to-json.js';
import type { ToolStatus } from '../voice/transport.js';

/** A tool of the page: takes the agent's arguments, returns any JSON value. May be asynchronous, and may throw. */
export type ClientTool = (args: unknown) => unknown;

export interface ToolOptions {
  /** The question that the visitor is asked when `confirm` is true. Default: the tool's name, with spaces for underscores. */
  description?: string | undefined;
  /** JSON Schema of the arguments, for the site's own use: none of the supported engines asks a page for it. */
  parameters?: object | undefined;
  /** The visitor must agree before the tool runs. A function returns the question, given the agent's arguments. */
  confirm?: boolean | ((args: unknown) => string) | undefined;
}

export interface PageTool extends ToolOptions {
  handler: ClientTool;
}

/** A tool that asks the visitor for something, and keeps by itself to the `withinMs` milliseconds that it has. */
export interface VisitorTool {
  ask: (args: unknown, withinMs: number) => Promise<unknown>;
}

/** Finds the tool of a name. */
type Tools = Pick<ReadonlyMap<string, PageTool | VisitorTool>, 'get'>;

/** Asks the visitor and resolves with true only when they agree within `withinMs` milliseconds. */
export type Confirm = (question: string, withinMs: number) => Promise<boolean>;

/** How long a tool may run: the agent waits no longer, and neither does the visitor. */
const TOOL_LIMIT_MS = 8_000;

/** How long a question to the visitor stays, unless the agent stops waiting before. */
const CONFIRM_LIMIT_MS = 30_000;

/** The part of the agent's waiting time that is kept for running the tool. */
const RUN_MS = 3_000;

/** The longest result that is sent to the agent; LiveKit's RPC carries 15 KiB. */
const MAX_RESULT_BYTES = 14_000;

export interface ClientToolsOptions {
  onStatus: (tool: ToolStatus) => void;
  confirm: Confirm;
  limitMs?: number | undefined;
}

/** The rules under which an agent may run the tools that the site has registered. */
export class ClientTools {
  readonly #tools: Tools;
  readonly #options: ClientToolsOptions;
  readonly #limitMs: number;

  constructor(tools: Tools, options: ClientToolsOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#limitMs = options.limitMs ?? TOOL_LIMIT_MS;
  }

  /**
   * Runs a tool for the agent, which waits for `waitsMs` milliseconds where that is known. Resolves with the result as JSON text.
   * Rejects when the page has no such tool, the visitor declines, the tool throws or takes too long, or its result is not JSON or
   * is too long; the error's message is for the agent.
   */
  async run(name: string, args: unknown, waitsMs?: number): Promise<string> {
    const tool = this.#tools.get(name);
    if (!tool) throw new Error(`The page has no tool "${name.slice(0, 80)}"`);
    // A question ends early enough for the tool to answer while the agent still waits.
    const withinMs = Math.min(
      waitsMs === undefined ? CONFIRM_LIMIT_MS : Math.max(waitsMs / 2, waitsMs - RUN_MS),
      CONFIRM_LIMIT_MS,
    );
    if ('confirm' in tool && tool.confirm) await this.#ask(name, tool, args, withinMs);
    const startedAt = performance.now();
    const tell = (status: ToolStatus['status']): void =>
      this.#options.onStatus({
        name,
        status,
        seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      });
    tell('running');
    try {
      const result = 'ask' in tool ? tool.ask(args, withinMs) : this.#limited(tool.handler, args);
      const text = resultAsJson(await result);
      tell('done');
      return text;
    } catch (error) {
      tell('failed');
      throw error instanceof Error ? error : new Error(String(error));
    }
  }

  /**
   * Asks the visitor to confirm. No answer counts as no.
   *
   * @throws {Error} `declined`, for the agent.
   */
  async #ask(name: string, tool: PageTool, args: unknown, withinMs: number): Promise<void> {
    const { description, confirm } = tool;
    const question = typeof confirm === 'function' ? confirm(args) : description || name.replaceAll('_', ' ');
    if (!(await this.#options.confirm(question, withinMs))) throw new Error('declined');
    // The site has removed or replaced the tool meanwhile: the visitor agreed to the earlier one.
    if (this.#tools.get(name) !== tool) throw new Error('declined');
  }

  async #limited(tool: ClientTool, args: unknown): Promise<unknown> {
    const done = new AbortController();
    const limit = waitFor(this.#limitMs, done.signal).then(() => {
      throw new Error(`The tool did not answer within ${this.#limitMs / 1000} s`);
    });
    try {
      // Called within a promise: a tool that throws synchronously rejects like one that throws later.
      return await Promise.race([Promise.resolve().then(() => tool(args)), limit]);
    } finally {
      // `limit` rejects when it is aborted, and nothing else handles that rejection.
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
