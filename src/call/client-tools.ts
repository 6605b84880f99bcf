import { waitFor } from '../api/request.js';
import { toJson } from '../api/to-json.js';
import type { ToolStatus } from '../voice/transport.js';

/** A tool of the page: gets the agent's arguments, returns anything that JSON can say. May be asynchronous, may throw. */
export type ClientTool = (args: unknown) => unknown;

/** The agent waits no longer than this, and neither does the visitor. */
const TOOL_LIMIT_MS = 8_000;

/** What an agent may be sent back at the most; LiveKit's RPC carries 15 KiB. */
const MAX_RESULT_BYTES = 14_000;

/** The rules under which an agent may run the tools that the site has registered. */
export class ClientTools {
  readonly #tools: ReadonlyMap<string, ClientTool>;
  readonly #onStatus: (tool: ToolStatus) => void;
  readonly #limitMs: number;

  constructor(
    tools: ReadonlyMap<string, ClientTool>,
    onStatus: (tool: ToolStatus) => void,
    limitMs: number = TOOL_LIMIT_MS,
  ) {
    this.#tools = tools;
    this.#onStatus = onStatus;
    this.#limitMs = limitMs;
  }

  /** Runs a tool for the agent and resolves with its result as JSON text. Rejects with words that are for the agent. */
  async run(name: string, args: unknown): Promise<string> {
    const tool = this.#tools.get(name);
    if (!tool) throw new Error(`The page has no tool "${name.slice(0, 80)}"`);
    const startedAt = performance.now();
    const tell = (status: ToolStatus['status']): void =>
      this.#onStatus({ name, status, seconds: Math.round((performance.now() - startedAt) / 100) / 10 });
    tell('running');
    try {
      const text = resultAsJson(await this.#limited(tool, args));
      tell('done');
      return text;
    } catch (error) {
      tell('failed');
      throw error instanceof Error ? error : new Error(String(error));
    }
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
