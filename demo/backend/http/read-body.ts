import { HttpError } from './http-error.js';

const largestBodyBytes = 64 * 1024;

/** The body as text. Counts while it reads, because a `Content-Length` may be missing or untrue. */
export async function readBody(request: Request): Promise<string> {
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) {
      throw new HttpError(413, 'body_too_large', `A request body may hold ${largestBodyBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
