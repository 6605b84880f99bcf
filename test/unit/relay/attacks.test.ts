import { once } from 'node:events';
import { request as nodeRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect as openSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { osmtalk, type RelayOptions } from '../../../src/relay.js';
import { deferred } from '../../support/deferred.js';
import { CALLBACK, KEY, serve, serveRelay, SITE } from './start-relay.js';

const CHAT = '/api/widget/agents/agent_1/chat';
const CONNECT = '/api/widget/agents/agent_1/connect';

interface Answer {
  status: number;
  body: string;
  headers: IncomingMessage['headers'];
}

interface RawRequest {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** Over a real socket, with headers that `fetch` would not let a test set. */
async function raw(
  url: string,
  { method = 'POST', headers = {}, body = '{}' }: RawRequest = {},
): Promise<Answer> {
  const sent = nodeRequest(url, {
    method,
    headers: { origin: SITE, 'content-type': 'application/json', ...headers },
  });
  sent.end(method === 'GET' ? undefined : body);
  return answerTo(sent);
}

async function answerTo(sent: ReturnType<typeof nodeRequest>): Promise<Answer> {
  const [incoming] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return { status: incoming.statusCode ?? 0, body, headers: incoming.headers };
}

/** A relay on a socket before an osmTalk on a socket, which answers each path as it is told. */
async function startBoth(
  answer: Parameters<typeof serve>[0] = (_, outgoing) => outgoing.end('{"callId":"call_1","reply":"Hello"}'),
  options: Partial<RelayOptions> = {},
) {
  const arrived: IncomingMessage[] = [];
  const upstream = await serve((incoming, outgoing) => {
    arrived.push(incoming);
    incoming.resume();
    answer(incoming, outgoing);
  });
  const relay = await serveRelay({ upstream: osmtalk({ apiKey: KEY, baseUrl: upstream.url }), ...options });
  return { arrived, relay, upstream };
}

describe('a page', () => {
  it.each([
    ['of another origin', { origin: 'https://evil.com' }],
    ['of an origin that looks alike', { origin: 'https://site.example.evil.com' }],
    ['of no origin', { origin: undefined }],
    ['of two origins', { origin: `${SITE}, https://evil.com` }],
    ['in a sandbox', { origin: 'null' }],
    ['with the name of the site in Host', { origin: 'https://evil.com', host: 'site.example' }],
    [
      'with an origin in the headers of proxies',
      { origin: undefined, 'x-forwarded-host': 'site.example', host: 'site.example' },
    ],
    [
      'that says to be of the same origin, in a POST',
      { origin: undefined, 'sec-fetch-site': 'same-origin', host: 'site.example' },
    ],
  ])('%s is 403', async (_, headers) => {
    const { relay, arrived } = await startBoth();
    const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const sent = nodeRequest(relay.url + CHAT, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...kept },
    });
    sent.end('{"message":"hi"}');
    const { status, headers: answered } = await answerTo(sent);
    expect(status).toBe(403);
    expect(answered).not.toHaveProperty('access-control-allow-origin');
    expect(arrived).toEqual([]);
  });

  it('does not choose the upstream by Host, nor its limit by X-Forwarded-For', async () => {
    const { relay, arrived, upstream } = await startBoth(undefined, {
      rateLimit: { shared: { requests: 2, windowMs: 60_000 } },
    });
    const statuses: number[] = [];
    for (const address of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) {
      const headers = {
        host: 'evil.com',
        'x-forwarded-for': address,
        'x-forwarded-host': 'evil.com',
        forwarded: `for=${address}`,
      };
      statuses.push((await raw(relay.url + CONNECT, { headers })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(arrived.map(({ headers }) => headers.host)).toEqual(Array(2).fill(new URL(upstream.url).host));
    expect(arrived[0]?.headers).not.toHaveProperty('x-forwarded-for');
  });

  it.each([
    '/../../calls/chat',
    '/agent_1%2F..%2F..%2Fcalls/chat',
    '/agent_1/../../calls',
    '/..%2f..%2fcalls%3f/chat',
    '/%2e%2e/%2e%2e/phone-numbers',
    '/agent_1%5c..%5c/chat',
    '//evil.com/chat',
    '/agent_1/chat/../../../dashboard',
  ])('cannot walk to %s', async (path) => {
    const { relay, arrived } = await startBoth();
    const url = new URL(relay.url);
    // Written to the socket as it is: every client would tidy it up.
    const socket = openSocket(Number(url.port), url.hostname);
    socket.write(
      `POST ${url.pathname}/api/widget/agents${path} HTTP/1.1\r\nhost: x\r\norigin: ${SITE}\r\ncontent-type: application/json\r\n` +
        'content-length: 16\r\nconnection: close\r\n\r\n{"message":"hi"}',
    );
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(arrived).toEqual([]);
  });

  it.each(['once\r\nx-evil: 1', 'once%0d%0ax-evil: 1', 'x'.repeat(201), 'two words', 'ü', ''])(
    'cannot put a header into %j',
    async (key) => {
      const { relay, arrived } = await startBoth();
      const url = new URL(relay.url);
      const socket = openSocket(Number(url.port), url.hostname);
      socket.write(
        `POST ${url.pathname}${CONNECT} HTTP/1.1\r\nhost: x\r\norigin: ${SITE}\r\ncontent-type: application/json\r\n` +
          `idempotency-key: ${key}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
      );
      let answer = '';
      for await (const chunk of socket) answer += String(chunk);
      for (const { headers } of arrived) {
        expect(headers).not.toHaveProperty('x-evil');
        expect(headers['idempotency-key']).toMatch(/^(once|once%0d%0ax-evil:)$/);
      }
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
      expect(arrived.length).toBeLessThanOrEqual(1);
    },
  );

  it('cannot send 50 MB: 413, of which next to nothing is read', async () => {
    const { relay, arrived } = await startBoth();
    const announced = nodeRequest(relay.url + CHAT, {
      method: 'POST',
      headers: { origin: SITE, 'content-type': 'application/json', 'content-length': 50_000_000 },
    });
    announced.flushHeaders();
    announced.on('error', () => undefined);
    expect((await answerTo(announced)).status).toBe(413);

    const streamed = nodeRequest(relay.url + CHAT, {
      method: 'POST',
      headers: { origin: SITE, 'content-type': 'application/json' },
    });
    streamed.on('error', () => undefined);
    let sent = 0;
    const pump = (): void => {
      while (sent < 50_000_000 && !streamed.destroyed) {
        sent += 65_536;
        if (!streamed.write(Buffer.alloc(65_536, 32))) return void streamed.once('drain', pump);
      }
    };
    const answered = answerTo(streamed);
    pump();
    expect((await answered).status).toBe(413);
    streamed.destroy();
    // What the sockets of both sides hold; the rest never left.
    expect(sent).toBeLessThan(20_000_000);
    expect(arrived).toEqual([]);
  });

  it('cannot keep the relay waiting for its body: 408', async () => {
    const { relay, arrived } = await startBoth(undefined, { timeoutMs: 100 });
    const slow = nodeRequest(relay.url + CHAT, {
      method: 'POST',
      headers: { origin: SITE, 'content-type': 'application/json', 'content-length': 16 },
    });
    slow.on('error', () => undefined);
    slow.write('{"mess');
    const { status, body } = await answerTo(slow);
    expect([status, JSON.parse(body).error]).toEqual([408, 'body_timeout']);
    slow.destroy();
    expect(arrived).toEqual([]);
  });

  it.each([
    ['no JSON', '{"message":', 400],
    ['nothing', '', 400],
    ['a list', '[1]', 400],
    ['a text', '"hi"', 400],
    ['null', 'null', 400],
    ['what is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), 400],
    ['a nest of lists', `{"message":"hi","metadata":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`, 400],
    ['a nest of objects', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 400],
  ])('cannot send %s', async (_, body, expected) => {
    const { relay, arrived } = await startBoth();
    expect((await raw(relay.url + CHAT, { body })).status).toBe(expected);
    expect(arrived).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    undefined,
  ])('cannot send JSON as %s, which would need no preflight', async (type) => {
    const { relay, arrived } = await startBoth();
    const headers = { 'content-type': type ?? '' };
    expect((await raw(relay.url + CHAT, { headers, body: '{"message":"hi"}' })).status).toBe(415);
    expect(arrived).toEqual([]);
  });

  it('cannot reach a prototype', async () => {
    const bodies: string[] = [];
    const { relay } = await startBoth((incoming, outgoing) => {
      let body = '';
      incoming.on('data', (chunk) => (body += String(chunk)));
      incoming.on('end', () => {
        bodies.push(body);
        outgoing.end('{"callId":"call_1"}');
      });
    });
    const body =
      '{"__proto__":{"agentVersion":9},"constructor":{"prototype":{"x":1}},"metadata":{"__proto__":{"x":1},"keep":[{"prototype":1,"a":2}]},' +
      '"dynamicVariables":{"constructor":1,"name":"Ada"}}';
    expect((await raw(relay.url + CONNECT, { body })).status).toBe(200);
    expect(bodies).toEqual(['{"dynamicVariables":{"name":"Ada"},"metadata":{"keep":[{"a":2}]}}']);
    expect({}).not.toHaveProperty('x');
  });

  it('cannot send 1,000 requests in a second', async () => {
    const { relay, arrived } = await startBoth(undefined, {
      rateLimit: { shared: { requests: 50, windowMs: 600_000 } },
    });
    const hundred = (): Promise<string>[] =>
      Array.from({ length: 100 }, async () => {
        const headers = { origin: SITE, 'content-type': 'application/json' };
        const response = await fetch(relay.url + CHAT, { method: 'POST', headers, body: '{"message":"hi"}' });
        const { error } = await response.json();
        return `${response.status} ${error ?? ''} ${Number(response.headers.get('retry-after')) > 0}`;
      });
    const statuses: string[] = [];
    // A busy machine refuses a thousand connections at once by itself.
    for (let sent = 0; sent < 1_000; sent += 100) statuses.push(...(await Promise.all(hundred())));
    const counts = Object.fromEntries(
      [...new Set(statuses)].map((each) => [each, statuses.filter((s) => s === each).length]),
    );
    expect(counts).toEqual({ '200  false': 50, '429 rate_limited true': 950 });
    expect(arrived).toHaveLength(50);
  }, 120_000);
});

describe('an upstream', () => {
  it('that hangs is 504', async () => {
    const { relay } = await startBoth(() => undefined, { timeoutMs: 100 });
    const { status, body } = await raw(relay.url + CONNECT);
    expect([status, JSON.parse(body).error]).toEqual([504, 'upstream_timeout']);
  });

  it('that stops in the middle of an answer is 504, or 502 when it breaks off', async () => {
    const hanging = await startBoth((_, outgoing) => void outgoing.write('{"callId":'), { timeoutMs: 100 });
    expect((await raw(hanging.relay.url + CONNECT)).status).toBe(504);
    const breaking = await startBoth((_, outgoing) => outgoing.write('{"callId":', () => outgoing.destroy()));
    expect((await raw(breaking.relay.url + CONNECT)).status).toBe(502);
  });

  it('that sends the relay elsewhere is not followed', async () => {
    let isFollowed = false;
    const elsewhere = await serve((_, outgoing) => {
      isFollowed = true;
      outgoing.end('{}');
    });
    const { relay } = await startBoth((_, outgoing) =>
      outgoing.writeHead(307, { location: elsewhere.url }).end(),
    );
    const { status, body, headers } = await raw(relay.url + CONNECT);
    expect([status, JSON.parse(body).error, isFollowed]).toEqual([502, 'upstream_redirected', false]);
    expect(headers).not.toHaveProperty('location');
  });

  it('that answers HTML is 502', async () => {
    const { relay } = await startBoth((_, outgoing) => {
      outgoing.setHeader('content-type', 'text/html');
      outgoing.setHeader('set-cookie', 'session=1');
      outgoing.end('<!doctype html><script>alert(1)</script>');
    });
    const { status, body, headers } = await raw(relay.url + CONNECT);
    expect([status, JSON.parse(body).error]).toEqual([502, 'bad_answer']);
    expect(headers['content-type']).toBe('application/json');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(body).not.toContain('script');
  });

  it('that answers without end is cut off', async () => {
    const closed = deferred<void>();
    const { relay } = await startBoth((_, outgoing) => {
      outgoing.on('close', () => closed.resolve());
      const more = (): void => {
        while (!outgoing.destroyed && outgoing.write('x'.repeat(65_536)));
        if (!outgoing.destroyed) outgoing.once('drain', more);
      };
      more();
    });
    const { status, body } = await raw(relay.url + CONNECT);
    expect([status, JSON.parse(body).error]).toEqual([502, 'bad_answer']);
    await closed.promise;
  });

  it.each([
    ['in size', { maxAnswerBytes: 10_000 }],
    ['in time', { maxStreamMs: 500, maxAnswerBytes: Number.MAX_SAFE_INTEGER }],
  ])('that streams without end is cut off, %s', async (_, limits) => {
    const closed = deferred<void>();
    const { relay } = await startBoth((_incoming, outgoing) => {
      outgoing.on('close', () => closed.resolve());
      outgoing.setHeader('content-type', 'text/event-stream');
      const more = (): void => {
        if (outgoing.destroyed) return;
        outgoing.write('data: {"delta":"more "}\n\n', () => setImmediate(more));
      };
      more();
    }, limits);
    const { status, body } = await raw(relay.url + CHAT, {
      headers: { accept: 'text/event-stream' },
      body: '{"message":"hi"}',
    });
    expect(status).toBe(200);
    expect(body).toMatch(/^data: \{"delta":"more "\}\n\n/);
    expect(body).toMatch(/data: \{"error":"upstream_error"\}\n\n$/);
    await closed.promise;
  });

  it('that falls silent in a stream is cut off', async () => {
    const { relay } = await startBoth(
      (_, outgoing) => {
        outgoing.setHeader('content-type', 'text/event-stream');
        outgoing.write('data: {"delta":"Hel"}\n\n');
      },
      { timeoutMs: 1_000 },
    );
    const { body } = await raw(relay.url + CHAT, {
      headers: { accept: 'text/event-stream' },
      body: '{"message":"hi"}',
    });
    expect(body).toBe('data: {"delta":"Hel"}\n\ndata: {"error":"upstream_error"}\n\n');
  });
});

describe('a page that goes away', () => {
  it('ends the request to the upstream', async () => {
    const asked = deferred<void>();
    const closed = deferred<void>();
    const { relay } = await startBoth((_, outgoing) => {
      outgoing.on('close', () => closed.resolve());
      asked.resolve();
    });
    const page = new AbortController();
    const headers = { origin: SITE, 'content-type': 'application/json' };
    const answer = fetch(relay.url + CONNECT, { method: 'POST', headers, body: '{}', signal: page.signal });
    await asked.promise;
    page.abort();
    await expect(answer).rejects.toThrow('aborted');
    await closed.promise;
  });

  it('ends the stream of the upstream, which came piece by piece', async () => {
    const closed = deferred<void>();
    const goOn = deferred<void>();
    const { relay } = await startBoth((_, outgoing) => {
      outgoing.on('close', () => closed.resolve());
      outgoing.setHeader('content-type', 'text/event-stream');
      outgoing.write('data: {"delta":"one"}\n\n');
      void goOn.promise.then(() => outgoing.write('data: {"delta":"two"}\n\n'));
    });
    const page = new AbortController();
    const headers = { origin: SITE, 'content-type': 'application/json', accept: 'text/event-stream' };
    const response = await fetch(relay.url + CHAT, {
      method: 'POST',
      headers,
      body: '{"message":"hi"}',
      signal: page.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: {"delta":"one"}\n\n');
    goOn.resolve();
    expect((await reader?.read())?.value).toBe('data: {"delta":"two"}\n\n');
    page.abort();
    await closed.promise;
  });
});

it('no answer of any of these holds the key', async () => {
  const { relay } = await startBoth((_, outgoing) =>
    outgoing.writeHead(400).end(JSON.stringify({ message: KEY })),
  );
  for (const [path, body] of [
    [CHAT, '{"message":"hi"}'],
    [CONNECT, '{}'],
    ['/api/widget/calls/outbound', JSON.stringify(CALLBACK)],
  ] as const) {
    const { body: text, headers } = await raw(relay.url + path, { body });
    expect(text + JSON.stringify(headers)).not.toContain(KEY);
  }
});
