import type { ToldState, ToolStatus } from './transport.js';

const AGENT_STATES: ReadonlySet<string> = new Set<ToldState>([
  'initializing',
  'listening',
  'thinking',
  'speaking',
  'failed',
]);
const TOOL_STATUSES: ReadonlySet<unknown> = new Set<ToolStatus['status']>(['running', 'done', 'failed']);

/** The most characters of a tool's name, which is shown to the visitor; a longer name is cut. */
const MAX_TOOL_NAME = 80;

/**
 * Reads the agent's state. An unknown state becomes `idle`, which is neither listening nor speaking; a value that is no text
 * gives `null`.
 */
export function readAgentState(value: unknown): ToldState | null {
  if (typeof value !== 'string' || value === '') return null;
  return AGENT_STATES.has(value) ? (value as ToldState) : 'idle';
}

/** Reads a `tool_status` data message; `null` for any other bytes, which may be a message of another kind. */
export function readToolStatus(payload: Uint8Array): ToolStatus | null {
  try {
    return toToolStatus(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return null;
  }
}

/** Like `readToolStatus`, for JSON that is parsed already. */
export function toToolStatus(json: unknown): ToolStatus | null {
  if (typeof json !== 'object' || json === null) return null;
  const { name, status, seconds } = json as Record<string, unknown>;
  if (typeof name !== 'string' || !TOOL_STATUSES.has(status)) return null;
  return {
    name: name.slice(0, MAX_TOOL_NAME),
    status: status as ToolStatus['status'],
    seconds: typeof seconds === 'number' && Number.isFinite(seconds) ? Math.max(0, seconds) : 0,
  };
}

/**
 * Reads a `client_tool` request: `{name, arguments}`, the arguments as an object or as JSON text.
 *
 * @throws {TypeError | SyntaxError} When it names no tool, or is not JSON.
 */
export function readToolCall(payload: string): { name: string; args: unknown } {
  const { name, arguments: args } = (JSON.parse(payload) ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw new TypeError('The tool call names no tool');
  return { name, args: typeof args === 'string' ? JSON.parse(args.trim() || '{}') : (args ?? {}) };
}
