/**
 * Keeps the screen on while a call runs: a phone that goes to sleep cuts the microphone. The browser drops the lock of a
 * hidden page, so it is asked for again when the page is back. Where there is no such lock, nothing happens.
 */
export class WakeLock {
  #abort: AbortController | null = null;

  /** Idempotent. */
  hold(): void {
    if (this.#abort || !('wakeLock' in navigator)) return;
    const abort = (this.#abort = new AbortController());
    const ask = (): void => {
      if (document.visibilityState === 'visible') void holdUntilAborted(abort.signal);
    };
    document.addEventListener('visibilitychange', ask, { signal: abort.signal });
    ask();
  }

  release(): void {
    this.#abort?.abort();
    this.#abort = null;
  }
}

async function holdUntilAborted(signal: AbortSignal): Promise<void> {
  try {
    const lock = await navigator.wakeLock.request('screen');
    if (signal.aborted) return await lock.release();
    signal.addEventListener('abort', () => void lock.release().catch(() => undefined), { once: true });
  } catch {
    // Low battery, or a policy: the call goes on without it.
  }
}
