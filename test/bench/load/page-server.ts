import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';

/** What the page has besides its own text. */
export type Guest = 'nothing' | 'bare element' | 'widget';

export interface PageServer {
  urlOf(guest: Guest): string;
  close(): void;
}

const SCRIPTS: Record<Guest, string> = {
  nothing: '',
  'bare element': '<script async src="/bare-element.js"></script>',
  widget: '<script async src="/osmtalk-widget.js" data-agent-id="agent_echo" data-persist="none"></script>',
};

/** The least that shows a launcher: one kilobyte in a classic script, in the form and place of ours. */
const BARE_ELEMENT = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`
    button { all: unset; position: fixed; right: 20px; bottom: 20px; display: flex; align-items: center; gap: 10px;
      min-height: 52px; padding: 10px 20px 10px 16px; box-sizing: border-box; border-radius: 99em; background: #1d4fd7; color: #fff;
      font: 600 16px/1.45 system-ui, sans-serif; cursor: pointer; box-shadow: 0 8px 32px rgb(12 18 40 / .22) }
    button:focus-visible { outline: 3px solid #1d4fd7; outline-offset: 3px }
    svg { width: 24px; height: 24px; fill: none; stroke: currentColor }\`);
  class BareElement extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      const button = document.createElement('button');
      button.textContent = this.getAttribute('label') ?? 'Talk to us';
      button.addEventListener('click', () => this.toggleAttribute('open'));
      root.append(button);
    }
  }
  customElements.define('bare-element', BareElement);
  const append = () => document.body.append(document.createElement('bare-element'));
  document.body ? append() : addEventListener('DOMContentLoaded', append);
})();`;

/** Pages on a free port of this machine, and `dist/`, with Brotli 11 made beforehand: no request waits for a compressor. */
export async function servePages(): Promise<PageServer> {
  const files = new Map<string, { type: string; body: Buffer; encoding?: 'br' }>();
  const addText = (path: string, type: string, text: string | Buffer): void => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    files.set(path, { type, body: brotliCompressSync(text, { params }), encoding: 'br' });
  };
  for (const [guest, script] of Object.entries(SCRIPTS))
    addText(`/${encodeURIComponent(guest)}`, 'text/html; charset=utf-8', htmlWith(script));
  addText('/bare-element.js', 'text/javascript', BARE_ELEMENT);
  addText('/osmtalk-widget.js', 'text/javascript', readFileSync('dist/osmtalk-widget.js'));
  for (const name of readdirSync('dist/chunks'))
    addText(`/chunks/${name}`, 'text/javascript', readFileSync(`dist/chunks/${name}`));
  files.set('/picture.bmp', { type: 'image/bmp', body: noisyBitmap(160, 100) });

  const server = createServer(({ url }, response) => {
    const file = files.get(url ?? '');
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': file.body.length,
      ...(file.encoding && { 'content-encoding': file.encoding }),
    });
    response.end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (guest) => `http://localhost:${port}/${encodeURIComponent(guest)}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function htmlWith(script: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"><style>body { font: 16px/1.5 sans-serif; max-width: 50em } img { width: 100% }</style>
${script}</head><body><h1>A page with text and a picture</h1><img src="/picture.bmp" alt="noise" width="800" height="500">
${'<p>A visitor came to read this, and nothing else that is on the page may keep them waiting for it. </p>'.repeat(20)}
</body></html>`;
}

/** 24 bits a pixel, nothing to compress: a picture of a known size in bytes, big enough to be the page's largest paint. */
function noisyBitmap(width: number, height: number): Buffer {
  const bitmap = Buffer.alloc(54 + width * height * 3);
  bitmap.write('BM');
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(54, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(width, 18);
  bitmap.writeInt32LE(height, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  for (let at = 54, seed = 1; at < bitmap.length; at += 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    bitmap[at] = seed & 255;
  }
  return bitmap;
}
