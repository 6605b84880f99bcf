import type { ToolStatus } from '../transport.js';

type Fields = Record<string, unknown>;

/** The most characters of a tool's name, which is shown to the visitor; a longer name is cut. */
export const MAX_TOOL_NAME = 80;

/** Names that sites use for the states of a tool in their own messages. */
const STATUSES: Record<string, ToolStatus['status']> = {
  running: 'running',
  started: 'running',
  start: 'running',
  in_progress: 'running',
  pending: 'running',
  done: 'done',
  completed: 'done',
  complete: 'done',
  finished: 'done',
  success: 'done',
  succeeded: 'done',
  failed: 'failed',
  error: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
};

/** Reads a tool's name and state from a `server-message`, which may contain anything; `null` when it has none. */
export function readToolMessage(data: unknown, depth = 0): ToolStatus | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const fields = data as Fields;
  const name = [fields.name, fields.tool, fields.tool_name, fields.toolName, fields.function_name].find(
    isName,
  );
  const word = typeof fields.status === 'string' ? fields.status.toLowerCase().replaceAll('-', '_') : '';
  const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  if (name !== undefined && status) {
    const said = fields.seconds;
    // JSON can contain 1e999, which is read as Infinity.
    const seconds = typeof said === 'number' && Number.isFinite(said) ? Math.max(0, said) : 0;
    return { name: name.slice(0, MAX_TOOL_NAME), status, seconds };
  }
  if (depth > 0) return null;
  for (const inner of [fields.data, fields.payload, fields.tool_status, fields.message]) {
    const found = readToolMessage(inner, depth + 1);
    if (found) return found;
  }
  return null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
