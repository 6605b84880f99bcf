import { RelayError, type RelayErrorCode } from './relay-error.js';

/** What a hook or a store answers, if it does so in time; else the error of this code. What it throws goes through. */
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
