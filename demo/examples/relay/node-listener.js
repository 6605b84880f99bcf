import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const addresses = new WeakMap();

/** Who sent this request. Express's own `ip` knows which proxies it may trust. */
export const addressOf = (request) => addresses.get(request);

/** A handler of fetch requests as a listener of Node's `http`, which is also a handler of Express. */
export function nodeListener(handler) {
  return (incoming, outgoing) => {
    pass(handler, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function pass(handler, incoming, outgoing) {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers: incoming.headers,
    signal: gone.signal,
    ...(incoming.method === 'POST' && { body: Readable.toWeb(incoming), duplex: 'half' }),
  });
  addresses.set(request, incoming.ip ?? incoming.socket.remoteAddress);
  const response = await handler(request);
  // A body that was refused half-way is not waited for.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  outgoing.setHeaders(response.headers).writeHead(response.status);
  if (!response.body) return outgoing.end();
  await pipeline(response.body, outgoing);
}
