import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener } from '../../demo/backend/http/node-listener.js';

/** One request as it arrived. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** Parsed JSON; undefined without a body. */
  body: Record<string, unknown> | undefined;
}

export interface StandInAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface StandInServer {
  url: string;
  /** Everything that arrived, in order. */
  requests: ReceivedRequest[];
  close(): Promise<void>;
}

/** A JSON API on a free port of loopback. */
export async function startStandIn(
  answer: (request: ReceivedRequest) => StandInAnswer,
): Promise<StandInServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(
    nodeListener(async (incoming) => {
      const { pathname, searchParams } = new URL(incoming.url);
      const text = await incoming.text();
      const request: ReceivedRequest = {
        method: incoming.method,
        path: pathname,
        query: searchParams,
        headers: Object.fromEntries(incoming.headers),
        body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
      };
      requests.push(request);
      const { status, body, headers = {} } = answer(request);
      return Response.json(body, { status, headers });
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
