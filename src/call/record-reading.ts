import { isTerminal } from '../wire/call-record.js';
import type { CallRecord } from '../wire/call-record.js';
import type { WidgetClient } from '../api/widget-client.js';
import { readOutcome } from './read-outcome.js';

export interface RecordReadingOptions {
  client: WidgetClient;
  callId: string;
  /** Aborts when nobody wants to know the outcome of this call any more. */
  signal: AbortSignal;
  /** The record says how the call ended. */
  onEnded: () => void;
}

/** Asks the platform whether the call is over, from the first sign of it; the answer is kept for the verdict. */
export class RecordReading {
  #stop: AbortController | null = null;
  #record: CallRecord | null = null;
  #saysLive = false;

  /** How it ended, once that was read. */
  get record(): CallRecord | null {
    return this.#record;
  }

  /** It was read, and says that the call goes on. */
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

  /** The call goes on after all, or its end is read by somebody else. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#saysLive = false;
  }
}
