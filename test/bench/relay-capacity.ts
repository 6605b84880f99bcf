import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createRelay, osmtalk } from '../../src/relay.js';

/**
 * The second half of `npm run bench:relay`: how many requests one core relays, against a bare proxy in Hono, and what 2,000 streamed
 * chats cost at once. Relay and proxy are processes of their own under the same server; counted is their own time on
 * the processor, so that a busy machine makes the bench slow and not wrong.
 */
const REQUESTS = Number(process.argv[2]) || 5_000;
const AT_ONCE = 50;
const STREAMS = 2_000;
const ORIGIN = 'https://site.example';
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const WHOLE = 'data: {"delta":"one"}\n\ndata: {"delta":"two"}\n\ndata: {"done":true}\n\n';
const UNREACHED = { requests: Number.MAX_SAFE_INTEGER, windowMs: 60_000 };

type Kind = 'proxy' | 'relay';
interface Figures {
  cpuMs: number;
  rssBytes: number;
}

if (process.send) await beServer(process.argv[2] as Kind, String(process.argv[3]));
else await measure();

async function measure(): Promise<void> {
  const held: ServerResponse[] = [];
  const upstream = await startUpstream(held);
  try {
    const perSecond: Record<Kind, number> = { proxy: 0, relay: 0 };
    for (const kind of ['proxy', 'relay'] as const) {
      const server = await startServer(kind, upstream.url);
      await askMany(server.url, REQUESTS / 5);
      const before = await figuresOf(server.child);
      await askMany(server.url, REQUESTS);
      perSecond[kind] = (REQUESTS * 1_000) / ((await figuresOf(server.child)).cpuMs - before.cpuMs);
      server.child.kill();
    }
    const ratio = perSecond.relay / perSecond.proxy;
    console.log(
      `chat, requests a second of one core: relay ${perSecond.relay.toFixed(0)}, bare Hono proxy ${perSecond.proxy.toFixed(0)}: ${ratio.toFixed(2)}×`,
    );
    await measureStreams(upstream.url, held);
  } finally {
    upstream.server.closeAllConnections();
    upstream.server.close();
  }
}

async function measureStreams(upstreamUrl: string, held: ServerResponse[]): Promise<void> {
  const { child, url } = await startServer('relay', upstreamUrl);
  await askMany(url, 500);
  const before = await figuresOf(child);
  // Each on a connection of its own. The head of an answer comes once the upstream's is there.
  const opening = Array.from({ length: STREAMS }, () => ask(url, 'text/event-stream', false));
  const streams = (await Promise.all(opening)).map(read);
  const during = await figuresOf(child);
  for (const response of held) response.end('data: {"delta":"two"}\n\ndata: {"done":true}\n\n');
  const whole = (await Promise.all(streams)).filter((text) => text === WHOLE).length;
  child.kill();
  const kib = (during.rssBytes - before.rssBytes) / STREAMS / 1_024;
  console.log(
    `streamed chats at once: ${STREAMS}, whole: ${whole}, memory of the relay for each: ${kib.toFixed(0)} KiB`,
  );
  if (whole < STREAMS) process.exitCode = 1;
}

async function startUpstream(held: ServerResponse[]): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    if (!incoming.headers.accept?.startsWith('text/event-stream')) {
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end('{"reply":"Hello","sessionId":"chat_1"}');
      return;
    }
    outgoing.setHeader('content-type', 'text/event-stream');
    outgoing.write('data: {"delta":"one"}\n\n');
    held.push(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function startServer(kind: Kind, upstreamUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(process.argv[1] ?? '', [kind, upstreamUrl]);
  process.once('exit', () => child.kill());
  const [port] = (await once(child, 'message')) as [number];
  return { child, url: `http://127.0.0.1:${port}/api/widget/agents/agent_1/chat` };
}

async function figuresOf(child: ChildProcess): Promise<Figures> {
  child.send('figures');
  const [figures] = (await once(child, 'message')) as [Figures];
  return figures;
}

/** The server that is measured. */
async function beServer(kind: Kind, upstreamUrl: string): Promise<void> {
  const relay = createRelay({
    upstream: osmtalk({ apiKey: 'osm_bench', baseUrl: upstreamUrl }),
    allow: { agents: ['agent_1'], features: ['chat'] },
    origins: [ORIGIN],
    // The counting stays, the limit is out of the way.
    rateLimit: { shared: UNREACHED },
  });
  const proxy = async (incoming: Request): Promise<Response> => {
    const response = await fetch(upstreamUrl + new URL(incoming.url).pathname, {
      method: incoming.method,
      headers: incoming.headers,
      body: incoming.body,
      duplex: 'half',
    } as RequestInit);
    return new Response(response.body, response);
  };
  const app = new Hono().all('*', ({ req }) => (kind === 'relay' ? relay : proxy)(req.raw));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    process.send?.(port),
  );
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage().rss } satisfies Figures);
  });
  process.on('disconnect', () => process.exit());
  await once(server, 'close');
}

async function askMany(url: string, requests: number): Promise<void> {
  let left = requests;
  const askOn = async (): Promise<void> => {
    while (left-- > 0) {
      const text = await read(await ask(url, 'application/json', agent));
      if (!text.includes('"reply":"Hello"')) throw new Error(`An answer of another kind: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOn));
}

async function ask(url: string, accept: string, over: Agent | false): Promise<IncomingMessage> {
  const sent = request(url, {
    method: 'POST',
    agent: over,
    headers: { origin: ORIGIN, 'content-type': 'application/json', accept },
  });
  sent.end('{"message":"Hello"}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

async function read(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) text += piece;
  return text;
}
