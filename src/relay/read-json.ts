import { RelayError } from './relay-error.js';

/** The deepest nesting that is read: deeper JSON is an attack on the stack, not a message. */
const DEEPEST = 32;

/** Names that would reach into an object's prototype when other code copies the object carelessly. */
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export interface BodyLimits {
  maxBodyBytes: number;
  timeoutMs: number;
}

export type JsonObject = Record<string, unknown>;

/**
 * Resolves with the body as a JSON object, without prototype keys. Rejects with a `RelayError` for anything else, too large or
 * too slow, or of another content type than `type`.
 */
export async function readJson(
  request: Request,
  limits: BodyLimits,
  type = 'application/json',
): Promise<JsonObject> {
  if (!isOfType(request.headers.get('content-type'), type)) throw new RelayError('not_json');
  if (Number(request.headers.get('content-length')) > limits.maxBodyBytes)
    throw new RelayError('body_too_large');
  if (request.bodyUsed) throw new RelayError('body_was_read');
  const value = parse(await readText(request, limits));
  if (!isObject(value)) throw new RelayError('bad_request');
  return withoutDangerousKeys(value) as JsonObject;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(contentType: string | null, type: string): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === type;
}

/**
 * Counts bytes while it reads, because a `Content-Length` may be missing or untrue. What is too much is left unread, not
 * cancelled: in Node, cancelling would cut the connection before the answer is out.
 */
async function readText(request: Request, { maxBodyBytes, timeoutMs }: BodyLimits): Promise<string> {
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RelayError('body_timeout')), timeoutMs);
  });
  try {
    let text = '';
    for (let bytes = 0; ;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > maxBodyBytes) throw new RelayError('body_too_large');
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof RelayError) throw error;
    throw new RelayError(request.signal.aborted ? 'client_gone' : 'bad_request', { cause: error });
  } finally {
    clearTimeout(timer);
    releaseLock(reader);
  }
}

/** Releases the reader's lock. A read that is still pending then rejects, which is ignored. */
function releaseLock(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.closed.catch(() => undefined);
  reader.releaseLock();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RelayError('bad_request', { cause: error });
  }
}

function withoutDangerousKeys(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) throw new RelayError('bad_request');
  if (Array.isArray(value)) return value.map((item) => withoutDangerousKeys(item, depth + 1));
  const clean: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (!DANGEROUS_KEYS.has(key)) clean[key] = withoutDangerousKeys(item, depth + 1);
  }
  return clean;
}
