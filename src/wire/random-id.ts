/** A random id of 128 bits. `crypto.randomUUID` exists only in secure contexts, and the chat also works on plain-http pages. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
