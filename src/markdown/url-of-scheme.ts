/** `null` unless it parses to one of these schemes. Without a base only an absolute address does. */
export function urlOfScheme(text: string, schemes: readonly string[], base?: string): URL | null {
  try {
    const url = new URL(text, base);
    return schemes.includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
