import type { Thread } from './thread.js';
import type { ThreadMessage } from './thread-message.js';
import type { TranscriptEntry } from '../voice/transport.js';

/** In the page, or on the visitor's own phone. */
type CallWay = 'call' | 'phone-call';

/** How a call is noted in the conversation. */
export interface CallNote {
  callId: string | null;
  /** 0 when it is not known. */
  durationSeconds: number;
  /** What failed, in the words that the visitor reads; `null` for a call that ended as calls do. */
  failure: string | null;
}

export interface WrittenMessage {
  id: string;
  text: string;
  name?: string;
}

/** Writes what is said in calls into the one thread, and reads it back from there. */
export class VoiceTranscript {
  readonly #thread: Thread;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  get entries(): TranscriptEntry[] {
    return this.#thread.messages
      .filter(isSpoken)
      .map(({ id, role, text, status }) => ({ id, role, text, final: status !== 'arriving' }));
  }

  /** Returns the entry under the id that it has in the thread: ids of the wire are unique in one call only. */
  put(entry: TranscriptEntry, callId: string | null): TranscriptEntry {
    const id = `${callId ?? 'call'}:${entry.id}`;
    const known = this.#thread.find(id);
    // An agent may speak before the link is all up.
    if (!known) this.noteStart(callId);
    const at = known?.at ?? this.#thread.now();
    this.#thread.put({
      id,
      role: entry.role,
      text: entry.text,
      channel: 'voice',
      status: entry.final ? 'sent' : 'arriving',
      at,
      ...(entry.name !== undefined && { name: entry.name }),
    });
    return { ...entry, id };
  }

  /** What was written to the visitor in the middle of a call. */
  putWritten({ id, text, name }: WrittenMessage, callId: string | null): ThreadMessage {
    const message: ThreadMessage = {
      id: `${callId ?? 'call'}:${id}`,
      role: 'agent',
      text,
      channel: 'chat',
      status: 'sent',
      at: this.#thread.now(),
      ...(name !== undefined && { name }),
    };
    this.#thread.put(message);
    return message;
  }

  /** A person has taken the place of the agent. */
  noteHandOver(callId: string | null, name: string): void {
    this.#note(`${callId ?? 'call'}:handed-over:${this.#thread.now()}`, { note: 'handed-over', text: name });
  }

  noteStart(callId: string | null, way: CallWay = 'call'): void {
    const id = `${callId}:started`;
    if (callId !== null && !this.#thread.find(id)) this.#note(id, { note: `${way}-started` });
  }

  /** Once more when the reason of its end comes late. A call that nobody ever answered for leaves no line. */
  noteEnd({ callId, durationSeconds, failure }: CallNote, way: CallWay = 'call'): void {
    if (callId === null) return;
    this.#note(`${callId}:ended`, {
      note: failure === null ? `${way}-ended` : `${way}-failed`,
      text: failure ?? '',
      seconds: durationSeconds,
    });
  }

  /** A sentence that was being spoken when the call ended will not grow any more. */
  settle(): void {
    for (const { id, channel, status } of this.#thread.messages) {
      if (channel === 'voice' && status === 'arriving') this.#thread.patch(id, { status: 'sent' });
    }
  }

  #note(id: string, note: Partial<ThreadMessage>): void {
    const at = this.#thread.find(id)?.at ?? this.#thread.now();
    this.#thread.put({ id, role: 'note', text: '', channel: 'voice', status: 'sent', at, ...note });
  }
}

function isSpoken(message: ThreadMessage): message is ThreadMessage & { role: TranscriptEntry['role'] } {
  return message.channel === 'voice' && message.role !== 'note';
}
