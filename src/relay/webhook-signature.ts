import { hmacKey, hmacMatches, type Bytes } from './hmac.js';

/**
 * Resolves with whether osmTalk sent a webhook: `X-OsmTalk-Signature: sha256=<hex>` is the HMAC-SHA-256 of the body under the
 * secret of the webhook. Compared in constant time. A signature does not expire: anybody who has seen a webhook can send it
 * again, so accept each call id once.
 *
 * @param raw The body exactly as received. JSON that was parsed and written again has another signature. Throws a `TypeError` for
 * what is neither text nor bytes: a body that was parsed already.
 * @param header The value of `X-OsmTalk-Signature`; an absent or unreadable one, and one that was sent twice, is `false`.
 * @param secret The secret of the webhook. Throws a `TypeError` when it is empty, since then anybody could sign.
 */
export async function verifyWebhookSignature(
  raw: string | Uint8Array | ArrayBuffer,
  header: string | readonly string[] | null | undefined,
  secret: string,
): Promise<boolean> {
  if (typeof secret !== 'string' || secret === '')
    throw new TypeError('verifyWebhookSignature needs the secret of the webhook');
  const body = readRaw(raw);
  const value: unknown = Array.isArray(header) && header.length === 1 ? header[0] : header;
  const hex = typeof value === 'string' && /^sha256=([0-9a-f]{64})$/i.exec(value.trim())?.[1];
  if (!hex) return false;
  return hmacMatches(await hmacKey(secret), fromHex(hex), body);
}

/**
 * Returns the body as text or bytes. Throws a `TypeError` for anything else: an object would count as an empty body, for which
 * somebody may have a signature.
 */
function readRaw(raw: unknown): string | Uint8Array {
  if (typeof raw === 'string') return raw;
  if (ArrayBuffer.isView(raw)) return new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  if (Object.prototype.toString.call(raw) === '[object ArrayBuffer]')
    return new Uint8Array(raw as ArrayBuffer);
  throw new TypeError(
    'verifyWebhookSignature needs the raw body, as text or bytes, exactly as it was received: not one that a body parser has read',
  );
}

function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
