import type { Thread } from './thread.js';
import type { ThreadMessage } from './thread-message.js';
import type { TranscriptEntry } from '../voice/transport.js';

/** A call in the page, or on the visitor's own phone. */
type CallWay = 'call' | 'phone-call';

/** The facts about a call for its note in the conversation. */
export interface CallNote {
  callId: string | null;
  /** 0 when the duration is not known. */
  durationSeconds: number;
  /** The failure's text in the visitor's language; `null` for a call that ended normally. */
  failure: string | null;
}

export interface WrittenMessage {
  id: string;
  text: string;
  name?: string;
}

/** Writes the transcript of calls into the one thread, and reads it back from there. */
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

  /** Adds or replaces an entry. Returns it with its id in the thread: the ids that agents send are unique in one call only. */
  put(entry: TranscriptEntry, callId: string | null): TranscriptEntry {
    const id = `${callId ?? 'call'}:${entry.id}`;
    const known = this.#thread.find(id);
    // The first sentence may come before the connection is reported as up.
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

  /** Adds a message that was written to the visitor during a call. */
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

  /** Adds a note that a person has taken the agent's place. */
  noteHandOver(callId: string | null, name: string): void {
    this.#note(`${callId ?? 'call'}:handed-over:${this.#thread.now()}`, { note: 'handed-over', text: name });
  }

  /** Adds a note, with this text, that the agent of this call was told the conversation before it. */
  noteTold(callId: string | null, text: string): void {
    if (callId !== null) this.#note(`${callId}:told`, { note: 'conversation-told', text });
  }

  noteStart(callId: string | null, way: CallWay = 'call'): void {
    const id = `${callId}:started`;
    if (callId !== null && !this.#thread.find(id)) this.#note(id, { note: `${way}-started` });
  }

  /**
   * Adds or replaces the note of a call's end; called again when its failure reason comes late. A call without an id leaves no
   * note.
   */
  noteEnd({ callId, durationSeconds, failure }: CallNote, way: CallWay = 'call'): void {
    if (callId === null) return;
    this.#note(`${callId}:ended`, {
      note: failure === null ? `${way}-ended` : `${way}-failed`,
      text: failure ?? '',
      seconds: durationSeconds,
    });
  }

  /** Marks the sentences that were still growing when the call ended as complete. */
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
