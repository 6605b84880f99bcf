import { WidgetClient, type WidgetClientOptions } from '../../../src/api/widget-client.js';

/** One request as it left: what a server would see of it. */
interface SentRequest {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
  body: unknown;
  init: RequestInit;
}

export type Answer = (request: SentRequest) => Response | Promise<Response>;

export interface FakeApi {
  fetch: typeof fetch;
  requests: SentRequest[];
  /** Milliseconds of every pause that was asked for. */
  waits: number[];
  wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** Gives the answers one after the other; the last one again and again. Pauses pass at once and are written down. */
export function fakeApi(...answers: Answer[]): FakeApi {
  const requests: SentRequest[] = [];
  const waits: number[] = [];
  return {
    requests,
    waits,
    fetch: async (input, init = {}) => {
      const { method, body } = init;
      const headers = Object.fromEntries(new Headers(init.headers));
      const sent = typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
      const request = {
        url: input instanceof Request ? input.url : input.toString(),
        method,
        headers,
        body: sent,
        init,
      };
      requests.push(request);
      const answer = answers[requests.length - 1] ?? answers.at(-1);
      if (!answer) throw new Error('This request was not expected');
      return answer(request);
    },
    wait: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
    },
  };
}

/** A client of the fake API, without jitter in its pauses. */
export function clientOf(api: FakeApi, options: WidgetClientOptions = {}): WidgetClient {
  return new WidgetClient({ fetch: api.fetch, wait: api.wait, random: () => 0, ...options });
}

export function json(body: unknown, init: ResponseInit = {}): Answer {
  return () => Response.json(body, init);
}

export function status(code: number, headers: Record<string, string> = {}, body: unknown = {}): Answer {
  return () => Response.json(body, { status: code, headers });
}

/** What a browser says of a refused connection and of a CORS list that lacks a header alike. */
export const networkError: Answer = () => Promise.reject(new TypeError('Failed to fetch'));

/** No answer at all until the request is given up. */
export const silence: Answer = ({ init }) =>
  new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true });
  });

/** A server whose CORS list lacks the optional headers, in front of `answer`. */
export function refusingOptionalHeaders(answer: Answer): Answer {
  return (request) => {
    const optional = ['idempotency-key', 'x-organization-id'].some((name) => name in request.headers);
    return (optional ? networkError : answer)(request);
  };
}

export interface StreamEnd {
  /** `stays-open`: nothing more comes until the request is given up. */
  end?: 'complete' | 'breaks' | 'stays-open';
  /** Awaited before every piece. */
  pace?: () => Promise<void>;
  onCancel?: () => void;
}

/** A body that arrives in exactly these pieces. */
export function streamOf(
  pieces: readonly (string | Uint8Array)[],
  { end = 'complete', pace, onCancel }: StreamEnd = {},
) {
  const encoder = new TextEncoder();
  const waiting = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await pace?.();
        const piece = waiting.shift();
        if (piece) return controller.enqueue(piece);
        if (end === 'complete') return controller.close();
        if (end === 'breaks') return controller.error(new TypeError('terminated'));
        return new Promise<void>(() => undefined);
      },
      cancel: () => onCancel?.(),
    },
    { highWaterMark: 0 },
  );
}

/** An answer with a body of pieces, which breaks like a real one when the request is given up. */
export function streamed(
  pieces: readonly (string | Uint8Array)[],
  options: StreamEnd & { status?: number; type?: string } = {},
): Answer {
  return ({ init }) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    streamOf(pieces, options)
      .pipeTo(writable, init.signal ? { signal: init.signal } : {})
      .catch(() => undefined);
    return new Response(readable, {
      status: options.status ?? 200,
      headers: { 'content-type': options.type ?? 'application/json' },
    });
  };
}
