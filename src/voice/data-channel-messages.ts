import { readAgentState, toToolStatus } from './agent-messages.js';
import type { ToldState, LinkEnd, ToolStatus, TranscriptEntry } from './transport.js';

/**
 * The messages between page and agent on a plain WebRTC call: one JSON object per message, on the data channel of this label,
 * which the page opens, reliable and in order. A message of an unknown `type` is ignored, so that types can be added.
 */
export const DATA_CHANNEL = 'osmtalk';

/** The messages from the agent's side. */
export type AgentMessage =
  /** The agent is in the call. Sent again on a new connection. */
  | { type: 'agent_joined' }
  /** The agent has left and the call goes on: another agent may come. */
  | { type: 'agent_left' }
  | { type: 'agent_state'; state: ToldState }
  /** The text of one line so far; a message with the same `id` replaces it. */
  | ({ type: 'transcript' } & TranscriptEntry)
  | ({ type: 'tool_status' } & ToolStatus)
  /** Asks the page to run a tool and to answer with `client_tool_result`. `arguments` may also be JSON text. */
  | { type: 'client_tool'; id: string; name: string; arguments: unknown }
  /** The call is over. `replaced`: another connection took this one's place. */
  | { type: 'end'; reason: 'ended' | 'replaced' }
  /** Sent every second to show that the connection works. Without it, the connection is judged by ICE alone. */
  | { type: 'alive' };

/** The messages from the page. */
export type PageMessage =
  | { type: 'text'; text: string }
  /** What the page tells of the visitor's situation: it is no question, and wants no reply. */
  | { type: 'context'; text: string }
  /** `result` is JSON text; `error` is a sentence for the agent. */
  | { type: 'client_tool_result'; id: string; result: string }
  | { type: 'client_tool_result'; id: string; error: string }
  | { type: 'alive' };

/**
 * An agent's message as the page uses it. The fields of a tool call are read only when it is answered, so that the answer can
 * report what is wrong with them.
 */
export type ReceivedMessage =
  | { type: 'agent_joined' | 'agent_left' | 'alive' }
  | { type: 'agent_state'; agentState: ToldState }
  | { type: 'transcript'; entry: TranscriptEntry }
  | { type: 'tool_status'; tool: ToolStatus }
  | { type: 'client_tool'; id: string }
  | { type: 'end'; end: LinkEnd };

/** The longest message that is read, in characters; no honest sender sends more. */
const MAX_MESSAGE = 64 * 1024;
const MAX_ID = 200;

/** Reads a message from the agent's side; `null` for anything that is not one of the messages above. */
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
