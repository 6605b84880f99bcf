import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Answers GET and HEAD from the first directory that holds the file; undefined when none does. */
export async function serveStatic(
  request: Request,
  directories: readonly string[],
): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const path = safePath(new URL(request.url).pathname);
  if (path === undefined) return undefined;
  for (const directory of directories) {
    const file = await findFile(directory, path);
    if (!file) continue;
    const body = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'content-length': String(body.byteLength),
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        // The script tag is tried on pages of other origins, and its chunks are modules.
        'access-control-allow-origin': '*',
      },
    });
  }
  return undefined;
}

/** The decoded path, or undefined where it could name anything outside a directory or a hidden file. */
function safePath(pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  return decoded.split('/').some((segment) => segment.startsWith('.')) ? undefined : decoded;
}

async function findFile(directory: string, path: string): Promise<string | undefined> {
  for (const candidate of [path, join(path, 'index.html')]) {
    try {
      const [root, file] = await Promise.all([realpath(directory), realpath(join(directory, candidate))]);
      // A link may point out of the directory.
      if (!file.startsWith(root + sep)) continue;
      if ((await stat(file)).isFile()) return file;
    } catch {
      // Not here; the next candidate may be.
    }
  }
  return undefined;
}
