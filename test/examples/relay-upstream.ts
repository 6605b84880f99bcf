import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener } from '../../demo/backend/http/node-listener.js';
import { startBackend } from '../../demo/backend/start-backend.js';

/** This agent's replies are held back by the test. */
export const HELD_AGENT = 'agent_held';

/** A reply that is under way: its first piece, if it is a stream, has been sent. */
interface HeldReply {
  /** Sends what is missing. */
  release: () => void;
  /** So is the connection over which it goes. */
  isClosed: boolean;
}

export interface RelayUpstream {
  url: string;
  /** What has arrived since the last `forget`. */
  arrived: { path: string; headers: Headers }[];
  held: HeldReply[];
  forget(): void;
  close(): Promise<void>;
}

/** The embedded backend, which tells what arrives, and one agent more. */
export async function startRelayUpstream(): Promise<RelayUpstream> {
  const backend = await startBackend({ port: 0, env: {}, timings: { ringMs: 20, chatPieceGapMs: 1 } });
  const arrived: RelayUpstream['arrived'] = [];
  const held: HeldReply[] = [];
  const server = createServer(
    nodeListener(async (request) => {
      const { pathname } = new URL(request.url);
      arrived.push({ path: pathname, headers: request.headers });
      if (!pathname.startsWith(`/api/widget/agents/${HELD_AGENT}/`)) return backend.fetch(request);
      return holdReply(request, held);
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    held,
    forget: () => {
      arrived.length = 0;
      held.length = 0;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await backend.close();
    },
  };
}

async function holdReply(request: Request, held: HeldReply[]): Promise<Response> {
  const { promise: released, resolve: release } = deferred();
  const reply: HeldReply = { release, isClosed: false };
  request.signal.addEventListener('abort', () => (reply.isClosed = true), { once: true });
  held.push(reply);
  if (!request.headers.get('accept')?.startsWith('text/event-stream')) {
    await released;
    return Response.json({ reply: 'first last', sessionId: 'chat_held' });
  }
  const encoder = new TextEncoder();
  const event = (data: object): Uint8Array => encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(event({ delta: 'first ' }));
      await released;
      controller.enqueue(event({ delta: 'last' }));
      controller.enqueue(event({ done: true, sessionId: 'chat_held' }));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
