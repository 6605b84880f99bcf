/** HMAC-SHA-256 by Web Crypto, which Node, Deno, Bun and Workers have alike. */

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };

export type Bytes = Uint8Array<ArrayBuffer>;

export function hmacKey(secret: string | Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', toBytes(secret), ALGORITHM, false, ['sign', 'verify']);
}

export async function hmac(key: CryptoKey, data: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, toBytes(data)));
}

/** Whether a signature is the one of `data`. Compares in constant time. */
export function hmacMatches(key: CryptoKey, signature: Bytes, data: string | Uint8Array): Promise<boolean> {
  return crypto.subtle.verify('HMAC', key, signature, toBytes(data));
}

export function toBytes(data: string | Uint8Array): Bytes {
  // A copy, since the memory behind a given array may be shared with other threads.
  return typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
}

/** Base64 for URLs (RFC 4648 §5), without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
