import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPages } from '../../.ci/pages.js';
import { nodeListener } from '../../demo/backend/http/node-listener.js';
import type { Backend } from '../../demo/backend/start-backend.js';
import { startScriptHost } from './script-host.js';

interface SnippetPage {
  /** The page and the heading that it stands under, and which of their snippets it is. */
  title: string;
  url: string;
}

export interface ReadmeSite {
  /** A page for each snippet that shows a widget, on an origin of its own. For any browser. */
  readonly pages: readonly SnippetPage[];
  close(): Promise<void>;
}

const CDN = 'https://cdn.example';
const API = 'https://api.osmtalk.com';

/** Snippets of the README and its pages that load the script and name an agent, as they stand. */
export function readSnippets(pages = readPages()): { title: string; html: string }[] {
  return Object.entries(pages).flatMap(([path, text]) => {
    const snippets: { title: string; html: string }[] = [];
    let heading = '';
    for (const [, title, html] of text.matchAll(/^#+ ([^\n]+)$|^```html\n(.*?)^```$/gms)) {
      if (title !== undefined) heading = `${path}, ${title}`;
      else if (html?.includes(`${CDN}/osmtalk-widget.js`) && /agent[-_]?id/i.test(html))
        snippets.push({
          title: `${heading} ${snippets.filter((each) => each.title.startsWith(heading)).length + 1}`,
          html,
        });
    }
    return snippets;
  });
}

/** Serves the snippets on three origins: the page, the CDN, the API. Nothing in them is changed but the names of two hosts. */
export async function startReadmeSite(backend: Backend): Promise<ReadmeSite> {
  const api = await listen(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    // The account of the snippets, as the backend knows it.
    if (headers.get('x-api-key') === 'osm_1') headers.set('x-api-key', 'osm_demo');
    const path = pathname.replace('/agents/agent_1/', '/agents/agent_receptionist/');
    return backend.fetch(
      new Request(`${backend.url}${path}${search}`, {
        method: request.method,
        headers,
        signal: request.signal,
        ...(request.body && { body: request.body, duplex: 'half' }),
      }),
    );
  });
  const cdn = await startScriptHost((code) => code.replaceAll(API, api.url));
  const snippets = readSnippets();
  const site = await listen(async (request) => {
    const snippet = snippets[Number(new URL(request.url).pathname.slice(1))];
    if (!snippet) return new Response(null, { status: 404 });
    return new Response(pageOf(snippet.html.replaceAll(CDN, cdn.url)), {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  });
  return {
    pages: snippets.map(({ title }, index) => ({ title, url: `${site.url}/${index}` })),
    close: async () => {
      await Promise.all([api.close(), cdn.close(), site.close()]);
    },
  };
}

function pageOf(snippet: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A site</title><link rel="icon" href="data:,"></head>
<body><h1>A site</h1>
${snippet}
</body></html>`;
}

async function listen(
  handler: (request: Request) => Promise<Response>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(nodeListener(handler));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
