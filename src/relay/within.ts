import { RelayError, type RelayErrorCode } from './relay-error.js';

/**
 * Resolves with what a hook or a store answers. Rejects with a `RelayError` of this code when the answer takes longer than
 * `timeoutMs`, and with the error of the hook or the store itself.
 */
export async function within<T>(
  timeoutMs: number,
  answer: T | Promise<T>,
  code: RelayErrorCode = 'relay_failed',
): Promise<T> {
  if (!isPromise(answer)) return answer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RelayError(code, { cause: new Error(`No answer in ${timeoutMs} ms`) })),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isPromise<T>(answer: T | Promise<T>): answer is Promise<T> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}
