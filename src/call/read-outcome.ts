import { ApiError } from '../wire/api-error.js';
import { isPassing } from '../wire/api-error-kind.js';
import { waitFor } from '../async/wait-for.js';
import type { CallRecord } from '../wire/call-record.js';
import type { WidgetClient } from '../api/widget-client.js';

/** How long the record of an ended call is asked for. The platform's sweeper takes a while to find orphaned calls. */
const GIVE_UP_AFTER_MS = 60_000;

const LOOK_AGAIN_MS = 4_000;

export interface OutcomeOptions {
  client: Pick<WidgetClient, 'waitUntilEnded'>;
  callId: string;
  signal: AbortSignal;
  /** Called with every record that is read, also of a call that goes on. */
  onRecord?: (record: CallRecord) => void;
}

/**
 * Reads the record of an ended call until it says how the call ended: at once, then with doubling pauses, since the record is
 * written after the media session closes. Resolves with `null` when `signal` aborts, after an error that will not pass, or after
 * a minute.
 */
export async function readOutcome({
  client,
  callId,
  signal,
  onRecord,
}: OutcomeOptions): Promise<CallRecord | null> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await client.waitUntilEnded(callId, {
        signal,
        intervalMs: 250,
        maxIntervalMs: 4_000,
        timeoutMs: deadline - Date.now(),
        mayBeMissing: true,
        onRecord,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const pauseMs = Math.max(LOOK_AGAIN_MS, error.retryAfterMs ?? 0);
      if (!isPassing(error) || Date.now() + pauseMs >= deadline) return null;
      const isCancelled = await waitFor(pauseMs, signal).then(
        () => false,
        () => true,
      );
      if (isCancelled) return null;
    }
  }
}
