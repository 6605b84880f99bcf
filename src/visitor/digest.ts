/**
 * Fourteen hexadecimal digits computed from a text, to tell texts apart and not to keep them secret. Synchronous, the same in
 * every browser, and available on pages without https, which have no `crypto.subtle`.
 */
export function digest(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
    high ^= low >>> 13;
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return hex(high, 8) + hex(low, 8).slice(2);
}

function hex(value: number, length: number): string {
  return (value >>> 0).toString(16).padStart(length, '0');
}
