import { hmacKey, hmacMatches, type Bytes } from './hmac.js';

/**
 * Whether a webhook was sent by osmTalk: `X-OsmTalk-Signature: sha256=<hex>` is the HMAC-SHA-256 of the body under the
 * secret of the webhook. Compared in constant time.
 *
 * @param raw The body exactly as received. JSON that was parsed and written again has another signature.
 * @param header The value of `X-OsmTalk-Signature`; an absent or unreadable one is `false`.
 * @param secret The secret of the webhook. Throws a `TypeError` when it is empty, since then anybody could sign.
 */
export async function verifyWebhookSignature(
  raw: string | Uint8Array,
  header: string | null | undefined,
  secret: string,
): Promise<boolean> {
  if (!secret) throw new TypeError('verifyWebhookSignature needs the secret of the webhook');
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header?.trim() ?? '')?.[1];
  if (hex === undefined) return false;
  return hmacMatches(await hmacKey(secret), fromHex(hex), raw);
}

function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
