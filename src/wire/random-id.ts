/** A random id of 128 bits. `crypto.randomUUID` exists only in secure contexts, and a plain-http page may still chat. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
