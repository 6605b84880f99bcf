import { readAgentState, toToolStatus } from './agent-messages.js';
import type { ToldState, LinkEnd, ToolStatus, TranscriptEntry } from './transport.js';

/**
 * What page and agent tell each other on a plain WebRTC call: one JSON object per message, on the data channel below,
 * which the page opens, reliable and in order. A message of an unknown `type` is ignored, so that more may come.
 */
export const DATA_CHANNEL = 'osmtalk';

/** From the agent's side. */
export type AgentMessage =
  /** The agent is there. Sent again on a new connection. */
  | { type: 'agent_joined' }
  /** The agent has gone and the call has not: another may come. */
  | { type: 'agent_left' }
  | { type: 'agent_state'; state: ToldState }
  /** All of one line so far; the same `id` again replaces it. */
  | ({ type: 'transcript' } & TranscriptEntry)
  | ({ type: 'tool_status' } & ToolStatus)
  /** The page is to run a tool and to answer with `client_tool_result`. `arguments` may also be JSON text. */
  | { type: 'client_tool'; id: string; name: string; arguments: unknown }
  /** The call is over. `replaced`: another connection took this one's place. */
  | { type: 'end'; reason: 'ended' | 'replaced' }
  /** A sign of life, every second. A server that sends none is judged by ICE alone. */
  | { type: 'alive' };

/** From the page. */
export type PageMessage =
  | { type: 'text'; text: string }
  /** `result` is JSON text; `error` is a sentence for the agent. */
  | { type: 'client_tool_result'; id: string; result: string }
  | { type: 'client_tool_result'; id: string; error: string }
  | { type: 'alive' };

/** An agent's message as the page uses it. A tool call is read only when it is answered: what is wrong with it is the answer. */
export type ReceivedMessage =
  | { type: 'agent_joined' | 'agent_left' | 'alive' }
  | { type: 'agent_state'; agentState: ToldState }
  | { type: 'transcript'; entry: TranscriptEntry }
  | { type: 'tool_status'; tool: ToolStatus }
  | { type: 'client_tool'; id: string }
  | { type: 'end'; end: LinkEnd };

/** Longer messages are nobody's honest words. */
const MAX_MESSAGE = 64 * 1024;
const MAX_ID = 200;

/** `null` for whatever is not one of the messages above. */
export function readAgentMessage(data: unknown): ReceivedMessage | null {
  const fields = typeof data === 'string' && data.length <= MAX_MESSAGE ? parseObject(data) : null;
  if (!fields) return null;
  switch (fields.type) {
    case 'agent_joined':
    case 'agent_left':
    case 'alive':
      return { type: fields.type };
    case 'agent_state': {
      const agentState = readAgentState(fields.state);
      return agentState && { type: 'agent_state', agentState };
    }
    case 'transcript': {
      const entry = readEntry(fields);
      return entry && { type: 'transcript', entry };
    }
    case 'tool_status': {
      const tool = toToolStatus(fields);
      return tool && { type: 'tool_status', tool };
    }
    case 'client_tool':
      return isId(fields.id) ? { type: 'client_tool', id: fields.id } : null;
    case 'end':
      return { type: 'end', end: fields.reason === 'replaced' ? 'replaced' : 'remote' };
    default:
      return null;
  }
}

function readEntry({ id, role, text, final }: Record<string, unknown>): TranscriptEntry | null {
  if (!isId(id) || (role !== 'user' && role !== 'agent') || typeof text !== 'string') return null;
  return { id, role, text, final: final === true };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
