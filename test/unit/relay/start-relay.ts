import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { nodeListener } from '../../../demo/backend/http/node-listener.js';
import { createRelay, osmtalk, type RelayOptions, type Upstream } from '../../../src/relay.js';

export const SITE = 'https://site.example';
export const SECRET = 'a secret of the site';
export const KEY = 'osm_very_secret_key';
export const CALLBACK = { agentId: 'agent_1', phoneNumberId: 'phone_1', destination: '+4930123456' };

export interface Served {
  url: string;
}

export const ALLOW: RelayOptions['allow'] = {
  agents: ['agent_1'],
  features: ['voice', 'chat', 'callback'],
  destinations: 'any',
};

/** A server on a free port of loopback that goes with its test. */
export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export type TestRelayOptions = Partial<RelayOptions> & { upstream: Upstream };

export function relayOf({ upstream, ...options }: TestRelayOptions): (request: Request) => Promise<Response> {
  return createRelay({
    upstream,
    allow: ALLOW,
    origins: [SITE],
    secret: SECRET,
    ...options,
  });
}

/** A relay on a real socket, under a prefix of its own. */
export async function serveRelay(options: TestRelayOptions): Promise<Served> {
  const { url } = await serve(nodeListener(relayOf(options)));
  return { url: `${url}/osmtalk` };
}

/** What arrived at the upstream. */
export interface Arrived {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

export interface FakeUpstream {
  /** For `RelayOptions.fetch`. */
  fetch: typeof fetch;
  requests: Arrived[];
}

/** An upstream without a socket, where the network is not what the test is about. */
export function fakeUpstream(
  answer: (request: Arrived, init: RequestInit) => Response | Promise<Response>,
): FakeUpstream {
  const requests: Arrived[] = [];
  return {
    requests,
    fetch: async (input, init = {}) => {
      const request = {
        method: init.method ?? 'GET',
        url: input instanceof Request ? input.url : input.toString(),
        headers: Object.fromEntries(new Headers(init.headers)),
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      };
      requests.push(request);
      return answer(request, init);
    },
  };
}

/** osmTalk behind a relay, without a socket. */
export function relayWith(
  answer: (request: Arrived, init: RequestInit) => Response | Promise<Response>,
  options: Partial<RelayOptions> = {},
) {
  const upstream = fakeUpstream(answer);
  const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch: upstream.fetch, ...options });
  return { relay, requests: upstream.requests };
}

export interface PageRequest {
  method?: string;
  origin?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** A request as a page of the site would send it. */
export function fromPage(
  path: string,
  { method, origin = SITE, headers, body, signal }: PageRequest = {},
): Request {
  return new Request(path.startsWith('http') ? path : `https://relay.example/osmtalk/api/widget${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(origin !== null && { origin }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

export async function statusAndError(response: Response): Promise<[number, unknown]> {
  return [response.status, ((await response.json()) as { error?: unknown }).error];
}
