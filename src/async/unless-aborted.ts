/** Settles as the promise does, or rejects with the signal's reason when the signal aborts first. The promise itself goes on. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    const settle = (): void => signal.removeEventListener('abort', giveUp);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    promise.then(resolve, reject).finally(settle);
  });
}

/**
 * Aborts `controller` when one of `signals` aborts, with the same reason, and removes its listeners from them afterwards. Returns
 * `controller`.
 */
export function abortWith(controller: AbortController, ...signals: AbortSignal[]): AbortController {
  for (const signal of signals) {
    const give = (): void => controller.abort(signal.reason);
    const leave = (): void => signal.removeEventListener('abort', give);
    signal.addEventListener('abort', give);
    // Removed by hand: when several listeners on one target have a `{ signal }`, Node 20 forgets all but the newest at a garbage
    // collection.
    controller.signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) give();
    if (controller.signal.aborted) leave();
  }
  return controller;
}
