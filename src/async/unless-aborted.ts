/** The promise, or the signal's reason when it aborts first. The promise itself goes on. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    const settle = (): void => signal.removeEventListener('abort', giveUp);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    promise.then(resolve, reject).finally(settle);
  });
}

/** Aborts `controller` with `signals`, for the same reason, and leaves no listener on them then. */
export function abortWith(controller: AbortController, ...signals: AbortSignal[]): AbortController {
  for (const signal of signals) {
    const give = (): void => controller.abort(signal.reason);
    const leave = (): void => signal.removeEventListener('abort', give);
    signal.addEventListener('abort', give);
    // By hand: of several `{ signal }` listeners on one target, Node 20 forgets all but the newest at a garbage collection.
    controller.signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) give();
    if (controller.signal.aborted) leave();
  }
  return controller;
}
