import type { Thread } from '../../chat/thread.js';
import type { TranscriptEntry } from '../../voice/transport.js';

/** Writes what is said in calls into the one thread, and reads it back from there. */
export class VoiceTranscript {
  readonly #thread: Thread;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  get entries(): TranscriptEntry[] {
    return this.#thread.messages
      .filter((message) => message.channel === 'voice')
      .map(({ id, role, text, status }) => ({ id, role, text, final: status !== 'arriving' }));
  }

  /** Returns the entry under the id that it has in the thread: ids of the wire are unique in one call only. */
  put(entry: TranscriptEntry, callId: string | null): TranscriptEntry {
    const id = `${callId ?? 'call'}:${entry.id}`;
    const at = this.#thread.find(id)?.at ?? Date.now();
    this.#thread.put({
      id,
      role: entry.role,
      text: entry.text,
      channel: 'voice',
      status: entry.final ? 'sent' : 'arriving',
      at,
    });
    return { ...entry, id };
  }

  /** A sentence that was being spoken when the call ended will not grow any more. */
  settle(): void {
    for (const { id, channel, status } of this.#thread.messages) {
      if (channel === 'voice' && status === 'arriving') this.#thread.patch(id, { status: 'sent' });
    }
  }
}
