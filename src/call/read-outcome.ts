import { ApiError } from '../api/api-error.js';
import type { CallRecord } from '../api/responses.js';
import type { WidgetClient } from '../api/widget-client.js';

/** How long the record of an ended call is looked for. The platform's sweeper takes a while to find orphaned calls. */
const GIVE_UP_AFTER_MS = 60_000;

export interface OutcomeOptions {
  client: Pick<WidgetClient, 'waitUntilEnded'>;
  callId: string;
  signal: AbortSignal;
}

/**
 * Reads the record of an ended call until it says how it ended: at once, then with doubling pauses, since the record is
 * written after the media session closes. Resolves with `null` when it cannot be had.
 */
export async function readOutcome({ client, callId, signal }: OutcomeOptions): Promise<CallRecord | null> {
  try {
    return await client.waitUntilEnded(callId, {
      signal,
      intervalMs: 250,
      maxIntervalMs: 4_000,
      timeoutMs: GIVE_UP_AFTER_MS,
      mayBeMissing: true,
    });
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
