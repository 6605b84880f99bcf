import { isTerminal } from '../wire/call-record.js';
import type { CallRecord } from '../wire/call-record.js';
import type { WidgetClient } from '../api/widget-client.js';
import { readOutcome } from './read-outcome.js';

export interface RecordReadingOptions {
  client: WidgetClient;
  callId: string;
  /** Aborts when the outcome of this call is not needed any more. */
  signal: AbortSignal;
  /** Called once, when the record says how the call ended. */
  onEnded: () => void;
}

/** Reads the platform's record from the first sign that the call is over, and keeps it for the outcome. */
export class RecordReading {
  #stop: AbortController | null = null;
  #record: CallRecord | null = null;
  #saysLive = false;

  /** The record of the ended call; `null` until it was read. */
  get record(): CallRecord | null {
    return this.#record;
  }

  /** The last record that was read says that the call goes on. */
  get saysLive(): boolean {
    return this.#saysLive;
  }

  start({ client, callId, signal, onEnded }: RecordReadingOptions): void {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    signal.addEventListener('abort', () => stop.abort(), { signal: stop.signal });
    const onRecord = (record: CallRecord): void => void (this.#saysLive = !isTerminal(record));
    readOutcome({ client, callId, signal: stop.signal, onRecord }).then(
      (record) => {
        if (!record || stop.signal.aborted) return;
        this.#record = record;
        onEnded();
      },
      () => undefined,
    );
  }

  /** Stops reading: the call goes on after all, or `resolveOutcome` reads the record from here on. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#saysLive = false;
  }
}
