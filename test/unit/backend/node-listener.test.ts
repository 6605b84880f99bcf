import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, expect, it } from 'vitest';
import { type FetchHandler, nodeListener } from '../../../demo/backend/http/node-listener.js';

async function serve(handler: FetchHandler): Promise<string> {
  const server: Server = createServer(nodeListener(handler));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('passes method, headers, path and body on, and status and headers back', async () => {
  const url = await serve(async (request) => {
    const { pathname, search } = new URL(request.url);
    const seen = [request.method, pathname + search, request.headers.get('x-one'), await request.text()];
    return Response.json(seen, { status: 201, headers: { 'x-two': '2' } });
  });
  const response = await fetch(`${url}//a?b=1`, { method: 'POST', body: 'text', headers: { 'x-one': '1' } });
  expect([response.status, response.headers.get('x-two')]).toEqual([201, '2']);
  expect(await response.json()).toEqual(['POST', '//a?b=1', '1', 'text']);
});

it('streams: the first piece arrives before the second is written', async () => {
  let writeMore!: () => void;
  const asked = new Promise<void>((resolve) => (writeMore = resolve));
  const url = await serve(async () => {
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.from('first'));
        await asked;
        controller.enqueue(Buffer.from('second'));
        controller.close();
      },
    });
    return new Response(body);
  });
  const reader = (await fetch(url)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
  writeMore();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('second');
});

it('tells the handler and the stream when the client goes away', async () => {
  const { promise: cancelled, resolve: onCancel } = later();
  const { promise: aborted, resolve: onAbort } = later();
  const url = await serve(async (request) => {
    request.signal.addEventListener('abort', () => onAbort());
    return new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Buffer.from('and nothing more')),
        cancel: () => onCancel(),
      }),
    );
  });
  const abort = new AbortController();
  const response = await fetch(url, { signal: abort.signal });
  await response.body?.getReader().read();
  abort.abort();
  await expect(Promise.all([cancelled, aborted])).resolves.toBeDefined();
});

it('answers 500 when the handler throws', async () => {
  const url = await serve(() => Promise.reject(new Error('expected by this test')));
  expect((await fetch(url)).status).toBe(500);
});

function later(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
