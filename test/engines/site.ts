import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeListener } from '../../demo/backend/http/node-listener.js';
import { serveStatic } from '../../demo/backend/http/static-files.js';
import { type Backend, startBackend } from '../../demo/backend/start-backend.js';
import type { Timings } from '../../demo/backend/timings.js';

/** Three origins, as on the web: a site, the place its script comes from, and the API. */
export interface Site {
  /** Where `dist/` is. */
  cdn: string;
  backend: Backend;
  /** The address of a page with this HTML. */
  page(html: string, headers?: Record<string, string>): string;
  close(): Promise<void>;
}

/** Every page has it as its first script, also under a strict policy: what happened, for the checks. */
const RECORD = `window.noted = { events: [], errors: [] };
// Two observers that answer each other take a frame longer: no fault, though browsers report it as one.
addEventListener('error', ({ message }) => message.startsWith('ResizeObserver loop') || noted.errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => noted.errors.push(String(reason)));
addEventListener('securitypolicyviolation', (event) => noted.errors.push(event.violatedDirective + ' ' + event.sample));
for (const name of ['open', 'close', 'message', 'error', 'failure', 'call-start', 'call-end'])
  addEventListener('osmtalk-' + name, (event) => noted.events.push({ name, detail: event.detail }), true);`;

export async function startSite(timings: Partial<Timings> = {}): Promise<Site> {
  const backend = await startBackend({ port: 0, env: {}, timings });
  const pages = new Map<string, { body: string; headers: Record<string, string> }>();
  pages.set('/record.js', { body: RECORD, headers: { 'content-type': 'text/javascript' } });
  pages.set('/favicon.ico', { body: '', headers: {} });
  const own = await listen((path) => {
    const page = pages.get(path);
    return page && new Response(page.body, { headers: page.headers });
  });
  const cdn = await listen((_path, request) => serveStatic(request, ['dist']));
  return {
    // Another host name, too: another site, and not just another port of the same one.
    cdn: `http://localhost:${cdn.port}`,
    backend,
    page(html, headers = {}) {
      const path = `/page-${pages.size}`;
      pages.set(path, { body: html, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
      return `http://127.0.0.1:${own.port}${path}`;
    },
    async close() {
      await Promise.all([own.close(), cdn.close(), backend.close()]);
    },
  };
}

export function htmlPage(body: string, { head = '', attributes = 'lang="en"' } = {}): string {
  return `<!doctype html><html ${attributes}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title>
<script src="/record.js"></script>${head}</head><body>${body}</body></html>`;
}

type Answer = (path: string, request: Request) => Response | undefined | Promise<Response | undefined>;

async function listen(answer: Answer): Promise<{ port: number; close(): Promise<void> }> {
  const server: Server = createServer(
    nodeListener(async (request) => {
      const found = await answer(new URL(request.url).pathname, request);
      return found ?? new Response('There is nothing here.', { status: 404 });
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
