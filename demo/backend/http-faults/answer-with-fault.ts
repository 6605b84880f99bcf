import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpError } from '../http/http-error.js';
import type { FetchHandler } from '../http/node-listener.js';
import type { HttpFaultName, PlannedFault } from './http-faults.js';

type Status = Exclude<
  HttpFaultName,
  'hang' | 'drop' | 'cut' | 'reset' | 'html' | 'truncated' | 'wrong-types' | 'huge'
>;

/** How each status is explained in its body. */
const statuses = {
  400: ['validation_failed', 'The request is not valid.'],
  401: ['unauthorized', 'This API key is not known.'],
  402: ['no_credit', 'The organization has no credit left.'],
  403: ['forbidden', 'This key may not be used for that.'],
  404: ['not_found', 'There is nothing of this id.'],
  408: ['timeout', 'The request took too long.'],
  429: ['rate_limited', 'Too many requests. Please slow down.'],
  500: ['internal_error', 'Something went wrong.'],
  502: ['bad_gateway', 'The server behind this one gave no good answer.'],
  503: ['unavailable', 'The service is not available right now.'],
} satisfies Record<Status, [error: string, message: string]>;

const hugeBytes = 10 * 1024 * 1024;
/** Between the first half of an answer and the end of its socket, so that the half is on its way. */
const resetAfterMs = 20;

interface FaultContext {
  request: Request;
  /** Carries the request out. */
  answer: FetchHandler;
  /** Aborts when the client or the backend goes away. */
  signal: AbortSignal;
}

/** Answers a request wrongly, in the way that was planned. */
export async function answerWithFault(planned: PlannedFault, context: FaultContext): Promise<Response> {
  const { fault, delayMs } = planned;
  const { request, answer, signal } = context;
  if (delayMs > 0) await wait(delayMs, undefined, { signal });
  switch (fault) {
    case 'hang':
      return untilAborted(signal);
    case 'drop':
      return Response.error();
    case 'cut':
      await (await answer(request)).arrayBuffer();
      return Response.error();
    case 'reset':
      return cutOff(await answer(request));
    case 'html':
      return new Response('<!doctype html><title>It works!</title>', {
        headers: { 'content-type': 'text/html' },
      });
    case 'truncated':
      return spoil(await answer(asksForJson(request)), (text) => text.slice(0, text.length / 2));
    case 'wrong-types':
      return spoil(await answer(asksForJson(request)), (text) => JSON.stringify(mistype(JSON.parse(text))));
    case 'huge':
      return spoil(await answer(asksForJson(request)), (text) =>
        JSON.stringify({ ...(JSON.parse(text) as object), padding: 'x'.repeat(hugeBytes) }),
      );
    default:
      throw statusError(planned, fault);
  }
}

function statusError({ retryAfterSeconds }: PlannedFault, status: Status): HttpError {
  const [error, message] = statuses[status];
  return new HttpError(Number(status), error, message, {
    ...(status === '400' && { details: { dynamicVariables: ['expected record, received string'] } }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** Nobody reads the answer: the client gave up, or the backend closes. */
async function untilAborted(signal: AbortSignal): Promise<Response> {
  if (!signal.aborted) await once(signal, 'abort');
  return new HttpError(408, 'timeout', 'Nobody waited for this answer.').toResponse();
}

/** The first half of an answer; then the socket is gone. */
async function cutOff(whole: Response): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer());
  let isHalfSent = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!isHalfSent) {
          isHalfSent = true;
          controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
          return;
        }
        await wait(resetAfterMs);
        controller.error(new Error('The socket broke, as planned'));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, whole);
}

/** The same request, which takes no stream for an answer. */
function asksForJson(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set('accept', 'application/json');
  return new Request(request, { headers });
}

async function spoil(whole: Response, change: (text: string) => string): Promise<Response> {
  return new Response(change(await whole.text()), whole);
}

/** The same fields, with no value of the type that it should have. */
function mistype(value: unknown): unknown {
  if (typeof value === 'string') return { not: 'a string' };
  if (typeof value === 'number') return [value];
  if (typeof value === 'boolean') return 'perhaps';
  if (value === null) return true;
  if (Array.isArray(value)) return 'not a list';
  return Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, mistype(field)]));
}
