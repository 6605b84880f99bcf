import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** A name or an address, with or without a port: anything else would be read as a part of the path. */
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;

export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Serves a fetch-style handler from `node:http`: bodies stream both ways, a client that goes away aborts the request, and
 * `Response.error()` closes the socket without an answer.
 */
export function nodeListener(handler: FetchHandler): RequestListener {
  return (incoming, outgoing) => {
    if (!HOST.test(incoming.headers.host ?? 'localhost')) {
      outgoing.writeHead(400, { connection: 'close' }).end();
      return;
    }
    const abort = new AbortController();
    outgoing.on('close', () => abort.abort());
    respond(handler, incoming, outgoing, abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) console.error('request failed', error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  };
}

async function respond(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const response = await handler(toRequest(incoming, signal));
  if (signal.aborted) {
    await response.body?.cancel();
    return;
  }
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  // Headers go out now: a stream may keep its first byte for a while.
  outgoing.flushHeaders();
  const body = Readable.fromWeb(response.body as NodeReadableStream);
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  body.on('error', () => outgoing.destroy());
  body.pipe(outgoing);
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const item of [value ?? []].flat()) headers.append(name, item);
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  // Joined, not resolved: `//host/path` must stay a path.
  return new Request(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`, {
    method,
    headers,
    signal,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' }),
  } as RequestInit);
}
