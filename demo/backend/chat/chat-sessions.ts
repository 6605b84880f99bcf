import { randomUUID } from 'node:crypto';
import { ReceptionistScript } from '../scenarios/receptionist-script.js';
import type { CallRecord } from '../calls/call-record.js';
import type { CallStore } from '../calls/call-store.js';

export interface ChatSession {
  id: string;
  agentId: string;
  script: ReceptionistScript;
  record: CallRecord;
}

export interface ChatVisitor {
  agentId: string;
  keyName: string;
  dynamicVariables?: Record<string, unknown>;
}

const mostSessions = 500;

/** Conversations by text, each with a memory of its own. */
export class ChatSessions {
  readonly #sessions = new Map<string, ChatSession>();

  constructor(private readonly calls: CallStore) {}

  /** The session of that id, or a new one under a new id when it is not known (or belongs to another agent). */
  resume(sessionId: string | undefined, { agentId, ...visitor }: ChatVisitor): ChatSession {
    const known = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (known?.agentId === agentId) return known;
    const session: ChatSession = {
      id: `chat_${randomUUID()}`,
      agentId,
      script: new ReceptionistScript(),
      record: this.calls.create({ agentId, channel: 'chat', ...visitor }),
    };
    this.calls.setStatus(session.record, 'in_progress');
    this.#sessions.set(session.id, session);
    const oldest = this.#sessions.size > mostSessions ? this.#sessions.values().next().value : undefined;
    if (oldest) this.#end(oldest);
    return session;
  }

  #end(session: ChatSession): void {
    this.#sessions.delete(session.id);
    this.calls.finish(session.record, { status: 'completed', failureReason: null });
  }
}
