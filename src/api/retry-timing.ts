const FIRST_DELAY_MS = 250;

/** When a server asks for a longer pause than this, its error is reported instead: a page that waits longer seems to hang. */
export const LONGEST_RETRY_AFTER_MS = 20_000;

/** Whether the platform documents a status as worth repeating. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Milliseconds to wait before try `attempt + 2`: 250 ms doubling, with up to half of that as jitter, so that many pages do not
 * retry in the same moment. A `Retry-After` of the server is used instead.
 */
export function retryDelayMs(
  attempt: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number {
  if (retryAfterMs !== null) return retryAfterMs;
  const base = FIRST_DELAY_MS * 2 ** attempt;
  return base + random() * base * 0.5;
}
