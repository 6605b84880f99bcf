import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const addresses = new WeakMap();

/** An escape of a letter, a digit, `-`, `.`, `_` or `~`, which need none (RFC 3986 §2.3). */
const ESCAPED_PLAIN = /%(2[de]|3\d|[46][1-9a-f]|5[\daf]|7[\dae])/i;

/** Who sent this request. Express's own `ip` knows which proxies it may trust. */
export const addressOf = (request) => addresses.get(request);

/** A handler of fetch requests as a listener of Node's `http`, which is also a handler of Express. */
export function nodeListener(handler) {
  return (incoming, outgoing) => {
    pass(handler, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function pass(handler, incoming, outgoing) {
  const url = readUrl(incoming);
  if (!url) return refuse(outgoing, 400, 'bad_request', 'The address or the host is not well formed.');
  const body = readBody(incoming);
  if (body === null) {
    const message = 'The body was read before the relay got it: mount the relay before body parsers.';
    console.error(message);
    return refuse(outgoing, 500, 'body_was_read', message);
  }
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const request = new Request(url, {
    method: incoming.method,
    headers: incoming.headers,
    signal: gone.signal,
    ...(body !== undefined && { body, duplex: 'half' }),
  });
  addresses.set(request, incoming.ip ?? incoming.socket.remoteAddress);
  const response = await handler(request);
  // A body that was refused half-way is not waited for.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  outgoing.setHeaders(response.headers).writeHead(response.status);
  if (!response.body) return outgoing.end();
  await pipeline(response.body, outgoing);
}

/**
 * The address, if it has one spelling alone: with `//`, `/../`, an escaped letter or a `Host` that holds a path, a guard before this
 * server and the relay behind it would not read the same.
 */
function readUrl(incoming) {
  const host = incoming.headers.host ?? 'localhost';
  // Express takes its own path off `url`.
  const target = incoming.originalUrl ?? incoming.url;
  if (!/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(host) || !target.startsWith('/')) return null;
  if (!URL.canParse(`http://${host}${target}`)) return null;
  const url = new URL(`http://${host}${target}`);
  const [path] = target.split(/[?#]/);
  return url.pathname === path && !/\/\//.test(path) && !ESCAPED_PLAIN.test(path) ? url : null;
}

/** `undefined` for none; `null` for one that somebody has read and not left. */
function readBody(incoming) {
  if (incoming.method !== 'POST') return undefined;
  if (!incoming.readableDidRead) return Readable.toWeb(incoming);
  const { body } = incoming;
  if (body === undefined) return null;
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
}

function refuse(outgoing, status, error, message) {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  outgoing.end(JSON.stringify({ error, message }));
}
