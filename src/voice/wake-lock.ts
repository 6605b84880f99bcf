/**
 * Keeps the screen on while a call runs: a phone that goes to sleep cuts the microphone. The browser drops the lock of a hidden
 * page, so it is requested again when the page is visible again. Without the Wake Lock API, nothing happens.
 */
export class WakeLock {
  #abort: AbortController | null = null;

  /** Requests the lock; does nothing while it is requested already. */
  acquire(): void {
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
    // The request was refused (low battery, a policy): the call goes on without the lock.
  }
}
