import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener } from '../../demo/backend/http/node-listener.js';
import { createRelay, osmtalk } from '../../src/relay.js';

/**
 * `npm run bench:relay [-- requests]`: what the relay adds to a request, on loopback. The same client asks the same
 * upstream directly and through the relay, in turns, one request at a time (default 2,000 of each kind); prints median and p99.
 */
const REQUESTS = Number(process.argv[2] ?? 2_000);
const WARM_UP = 200;
const ORIGIN = 'https://site.example';
const KEY = 'osm_bench';
const UNREACHED = { requests: Number.MAX_SAFE_INTEGER, windowMs: 60_000 };

interface Kind {
  name: string;
  path: string;
  accept: string;
  body: object;
}

const KINDS: readonly Kind[] = [
  { name: 'connect', path: '/agents/agent_1/connect', accept: 'application/json', body: {} },
  { name: 'chat', path: '/agents/agent_1/chat', accept: 'application/json', body: { message: 'Hello' } },
  {
    name: 'chat, streamed: first piece',
    path: '/agents/agent_1/chat',
    accept: 'text/event-stream',
    body: { message: 'Hello' },
  },
];

const upstream = await listen((incoming, outgoing) => {
  incoming.resume();
  const isStream = incoming.headers.accept?.startsWith('text/event-stream') ?? false;
  outgoing.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
  if (!isStream) {
    const answer = {
      callId: 'call_1',
      serverUrl: 'wss://media.example',
      participantToken: 'token',
      reply: 'Hello',
    };
    outgoing.end(JSON.stringify(answer));
    return;
  }
  for (const delta of ['One ', 'two ', 'three.']) outgoing.write(`data: ${JSON.stringify({ delta })}\n\n`);
  outgoing.end('data: {"done":true,"sessionId":"chat_1"}\n\n');
});

const relay = await listen(
  nodeListener(
    createRelay({
      upstream: osmtalk({ apiKey: KEY, baseUrl: upstream.url }),
      allow: { agents: ['agent_1'], features: ['voice', 'chat'] },
      origins: [ORIGIN],
      // The counting stays, the limit is out of the way.
      rateLimit: { shared: UNREACHED, callTotal: UNREACHED, callDay: UNREACHED },
    }),
  ),
);

try {
  const row = (...[name, ...cells]: string[]): string =>
    name?.padEnd(30) + cells.map((cell) => cell.padStart(18)).join('');
  console.log(row('ms, median / p99', 'direct', 'through the relay', 'added'));
  for (const kind of KINDS) {
    const { direct, relayed } = await measure(kind);
    console.log(
      row(kind.name, words(direct), words(relayed), words(relayed.map((ms, at) => ms - (direct[at] ?? 0)))),
    );
  }
} finally {
  relay.server.close();
  upstream.server.close();
  relay.server.closeAllConnections();
  upstream.server.closeAllConnections();
}

/** In turns, so that whatever else this machine does meets both alike. Sorted, quickest first. */
async function measure(kind: Kind): Promise<{ direct: number[]; relayed: number[] }> {
  const direct: number[] = [];
  const relayed: number[] = [];
  for (let asked = 0; asked < WARM_UP + REQUESTS; asked++) {
    const times = [await timeOf(upstream.url, kind), await timeOf(relay.url, kind)] as const;
    if (asked < WARM_UP) continue;
    direct.push(times[0]);
    relayed.push(times[1]);
  }
  const ascending = (one: number, other: number): number => one - other;
  return { direct: direct.toSorted(ascending), relayed: relayed.toSorted(ascending) };
}

/** Until the whole answer is there; of a stream, until its first piece. */
async function timeOf(base: string, { path, accept, body }: Kind): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${base}/api/widget${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY, origin: ORIGIN, accept },
    body: JSON.stringify(body),
  });
  if (!response.ok || !response.body) throw new Error(`${base} answered ${response.status}`);
  const reader = response.body.getReader();
  const { value } = await reader.read();
  let ms = performance.now() - startedAt;
  if (!value) throw new Error(`${base} answered nothing`);
  while (!(await reader.read()).done);
  if (accept === 'application/json') ms = performance.now() - startedAt;
  return ms;
}

/** Each row is sorted by itself: what is subtracted is median from median, and p99 from p99. */
function words(sorted: readonly number[]): string {
  const at = (share: number): string =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(2);
  return `${at(0.5)} / ${at(0.99)}`;
}

async function listen(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
