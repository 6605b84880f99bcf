const FIRST_DELAY_MS = 250;

/** A server that asks for a longer pause than this gets its answer reported instead of a page that seems to hang. */
export const LONGEST_RETRY_AFTER_MS = 20_000;

/** What the platform documents as worth repeating. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Milliseconds to wait before try `attempt + 2`: 250 ms doubling, with up to half of it as jitter so that a crowd
 * of pages does not come back in one moment. A `Retry-After` of the server wins.
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
