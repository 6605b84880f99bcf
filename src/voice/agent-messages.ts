import type { ToldState, ToolStatus } from './transport.js';

const AGENT_STATES: ReadonlySet<string> = new Set<ToldState>([
  'initializing',
  'listening',
  'thinking',
  'speaking',
  'failed',
]);
const TOOL_STATUSES: ReadonlySet<unknown> = new Set<ToolStatus['status']>(['running', 'done', 'failed']);

/** A tool's name is shown to the visitor: longer ones are cut. */
const MAX_TOOL_NAME = 80;

/** `idle`, and whatever word a later engine may use, is none of what the page can name: neither listening nor speaking. */
export function readAgentState(value: unknown): ToldState | null {
  if (typeof value !== 'string' || value === '') return null;
  return AGENT_STATES.has(value) ? (value as ToldState) : 'idle';
}

/** A `tool_status` data message; `null` for any other bytes, which may be somebody else's message. */
export function readToolStatus(payload: Uint8Array): ToolStatus | null {
  try {
    return toToolStatus(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return null;
  }
}

/** The same, of what the JSON said. */
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

/** A `client_tool` request: `{name, arguments}`, the arguments as an object or as JSON text. @throws {TypeError} */
export function readToolCall(payload: string): { name: string; args: unknown } {
  const { name, arguments: args } = (JSON.parse(payload) ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw new TypeError('The tool call names no tool');
  return { name, args: typeof args === 'string' ? JSON.parse(args.trim() || '{}') : (args ?? {}) };
}
