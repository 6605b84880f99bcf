import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener, type FetchHandler } from '../../demo/backend/http/node-listener.js';

/** A server for relays, on another origin than the backend and its pages. */
export interface RelayServer {
  /** Takes up a relay, under a path of its own, and answers what a page names as `base-url`. */
  add(relay: FetchHandler): string;
  /** All that it has answered so far, heads and bodies: a browser forgets them with the page they came for. */
  answered(): string;
  /** Lets go of the relays, and of what they answered. */
  clear(): void;
  close(): Promise<void>;
}

export async function startRelayServer(): Promise<RelayServer> {
  const relays: FetchHandler[] = [];
  let answered = '';
  const server = createServer(
    nodeListener(async (request) => {
      const [, index] = /^\/relay-(\d+)\//.exec(new URL(request.url).pathname) ?? [];
      const response = (await relays[Number(index)]?.(request)) ?? new Response(null, { status: 404 });
      answered += JSON.stringify([...response.headers]);
      return listenTo(response, (text) => (answered += text));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    add: (relay) =>
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay-${relays.push(relay) - 1}`,
    answered: () => answered,
    clear: () => {
      relays.length = 0;
      answered = '';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same response, whose text is heard as it goes by. */
function listenTo(response: Response, onText: (text: string) => void): Response {
  if (!response.body) return response;
  const decoder = new TextDecoder();
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      onText(decoder.decode(piece, { stream: true }));
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(passing), response);
}
