import { HttpError } from '../http/http-error.js';
import type { FaultName } from './scenarios.js';

type Fault = (signal: AbortSignal) => Promise<Response>;

/** What an agent made to fail answers in the place of the real thing. */
const faults = {
  'no-credit': () => fail(new HttpError(402, 'no_credit', 'The organization has no credit left.')),
  busy: () =>
    fail(new HttpError(429, 'too_many_calls', 'All lines of this agent are busy.', { retryAfterSeconds: 2 })),
  'rate-limited': () =>
    fail(new HttpError(429, 'rate_limited', 'Too many requests for this agent.', { retryAfterSeconds: 1 })),
  'server-error': () => fail(new HttpError(503, 'unavailable', 'The service is not available right now.')),
  'broken-json': async () =>
    new Response('<!doctype html><title>It works!</title>', { headers: { 'content-type': 'text/html' } }),
  timeout: (signal) => untilAborted(signal),
} satisfies Record<FaultName, Fault>;

export function answerFault(fault: FaultName, signal: AbortSignal): Promise<Response> {
  return faults[fault](signal);
}

function fail(error: HttpError): Promise<Response> {
  return Promise.reject(error);
}

/** Hangs until the client gives up or the backend closes; nobody reads the answer then. */
function untilAborted(signal: AbortSignal): Promise<Response> {
  const late = (): Response => new HttpError(408, 'timeout', 'Nobody waited for this answer.').toResponse();
  return new Promise((resolve) => {
    if (signal.aborted) resolve(late());
    else signal.addEventListener('abort', () => resolve(late()), { once: true });
  });
}
