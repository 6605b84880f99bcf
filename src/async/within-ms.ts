/**
 * Resolves with the promise's value, or with `null` after `ms` milliseconds or when `signal` aborts. The promise itself goes on.
 * Rejects when the promise does so in time.
 */
export function withinMs<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => settle(() => resolve(null));
    const timer = setTimeout(giveUp, ms);
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      how();
    };
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
