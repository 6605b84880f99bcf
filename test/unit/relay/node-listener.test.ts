import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nodeListener as backendListener } from '../../../demo/backend/http/node-listener.js';
import { addressOf, nodeListener } from '../../../demo/examples/relay/node-listener.js';
import { WidgetClient } from '../../../src/client.js';
import { osmtalk } from '../../../src/relay.js';
import { CALLBACK, fakeUpstream, KEY, relayOf, serve, SITE } from './start-relay.js';

/** The shipped listener, as Express mounts it, or a plain server that knows nothing of mounting. */
async function start(mount: (listener: RequestListener) => RequestListener = (listener) => listener) {
  const upstream = fakeUpstream(() => Response.json({ callId: 'call_1' }));
  const relay = relayOf({
    upstream: osmtalk({ apiKey: KEY }),
    fetch: upstream.fetch,
    address: addressOf,
    basePath: '/osmtalk',
  });
  const { url } = await serve(mount(nodeListener(relay)));
  return {
    url,
    phoned: () => upstream.requests.length,
    bodies: () => upstream.requests.map(({ body }) => body),
  };
}

/** Written to the socket as it is: every client would tidy it up. */
async function send(url: string, target: string, head = ''): Promise<string> {
  const { port, hostname } = new URL(url);
  const body = JSON.stringify(CALLBACK);
  const host = /^host:/im.test(head) ? '' : 'host: site.example\r\n';
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST ${target} HTTP/1.1\r\n${host}${head}origin: ${SITE}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.slice(9, 12);
}

const OUTBOUND = '/osmtalk/api/widget/calls/outbound';

/** A login before the one path that costs money. */
function guarded(listener: RequestListener): RequestListener {
  const app = express();
  app.post(OUTBOUND, (_, response) => void response.writeHead(401).end());
  app.use('/osmtalk', listener);
  return app;
}

describe('a guard before one path', () => {
  it.each([
    OUTBOUND,
    '/osmtalk/x/api/widget/calls/outbound',
    '/osmtalk//api/widget/calls/outbound',
    '/osmtalk/./api/widget/calls/outbound',
    '/osmtalk/x/../api/widget/calls/outbound',
    '/osmtalk/%2e/api/widget/calls/outbound',
    '/osmtalk/api/widget/calls/%6futbound',
    '/osmtalk/%61pi/widget/calls/outbound',
    '/osmtalk/api/widget/calls/outbound/',
    '/osmtalk/api%2fwidget/calls/outbound',
    '/osmtalk\\api/widget/calls/outbound',
    '/osmtalk/osmtalk/api/widget/calls/outbound',
    '//osmtalk/api/widget/calls/outbound',
    'http://site.example/osmtalk//api/widget/calls/outbound',
  ])('is not walked around by %s', async (target) => {
    const { url, phoned } = await start(guarded);
    expect(await send(url, target)).toMatch(/^4/);
    expect(phoned()).toBe(0);
  });

  it.each([
    'site.example/osmtalk/api/widget/calls/outbound?',
    'site.example/osmtalk/api/widget/calls/outbound#',
    'site.example:80/osmtalk/api/widget/calls/outbound?',
    'user@site.example',
    'site.example:port',
    'site.example\\x',
    '[::1]x',
    'a b',
  ])('is not walked around by the Host %s', async (host) => {
    const { url, phoned } = await start(guarded);
    expect(await send(url, '/osmtalk/help', `host: ${host}\r\n`)).toBe('400');
    expect(phoned()).toBe(0);
    const other = await serve(backendListener(async () => new Response('passed')));
    expect(await send(other.url, '/osmtalk/help', `host: ${host}\r\n`)).toBe('400');
  });

  it.each(['site.example', 'site.example:8080', '127.0.0.1:1', '[::1]:8080', 'my_service', ''])(
    'lets others pass, under the Host %j',
    async (host) => {
      const { url, phoned } = await start();
      expect(await send(url, OUTBOUND, host && `host: ${host}\r\n`)).toBe('200');
      expect(phoned()).toBe(1);
    },
  );
});

describe('a body that a parser has read', () => {
  it('is taken from the parser', async () => {
    for (const parser of [express.json(), express.text({ type: '*/*' }), express.raw({ type: '*/*' })]) {
      const { url, bodies } = await start((listener) => express().use(parser).use('/osmtalk', listener));
      expect(await send(url, OUTBOUND)).toBe('200');
      expect(bodies()).toEqual([CALLBACK]);
    }
  });

  it('and that is gone is an error that says what to do', async () => {
    const complaints: unknown[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => void complaints.push(line));
    onTestFinished(() => spy.mockRestore());
    const { url, phoned } = await start((listener) => async (incoming, outgoing) => {
      for await (const _ of incoming);
      listener(incoming, outgoing);
    });
    expect(await send(url, OUTBOUND)).toBe('500');
    expect(complaints).toEqual([expect.stringContaining('mount the relay before body parsers')]);
    expect(phoned()).toBe(0);
  });

  it('before the relay itself, in a server of fetch requests, is an error that says what to do', async () => {
    const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }) });
    const request = new Request('https://relay.example/api/widget/calls/outbound', {
      method: 'POST',
      headers: { origin: SITE, 'content-type': 'application/json' },
      body: JSON.stringify(CALLBACK),
    });
    await request.json();
    const response = await relay(request);
    expect([response.status, await response.json()]).toEqual([
      500,
      { error: 'body_was_read', message: expect.stringContaining('before body parsers') },
    ]);
  });
});

describe('a reply whose upstream breaks off, over real connections', () => {
  it.each<[how: string, cut: (response: ServerResponse) => void]>([
    ['is reset', (response) => response.destroy()],
    ['ends in the middle of an event', (response) => response.end('data: {"del')],
  ])('%s: the page asks again, under its key', async (_how, cut) => {
    const keys: unknown[] = [];
    const upstream = await serve((request, response) => {
      keys.push(request.headers['idempotency-key']);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const isFirst = keys.length === 1;
      response.write(`data: {"delta":"${isFirst ? 'Hel' : 'Hello'}"}\n\n`, () =>
        isFirst ? cut(response) : response.end('data: {"done":true}\n\n'),
      );
      request.resume();
    });
    const relay = await serve(
      nodeListener(
        relayOf({
          upstream: osmtalk({ apiKey: KEY, baseUrl: upstream.url }),
          fetch: globalThis.fetch,
          address: addressOf,
          basePath: '/osmtalk',
        }),
      ),
    );
    const page = new WidgetClient({
      baseUrl: `${relay.url}/osmtalk`,
      wait: async () => undefined,
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('origin', SITE);
        return fetch(input, { ...init, headers });
      },
    });
    const texts: string[] = [];
    const reply = await page.chat('agent_1', { message: 'hi' }, { onText: (text) => texts.push(text) });
    expect(reply).toEqual({ text: 'Hello', sessionId: null });
    expect(texts).toEqual(['Hel', 'Hello']);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toEqual(expect.any(String));
  });
});
