/** Parses an address; `null` unless it has one of these schemes. Without `base`, only an absolute address parses. */
export function urlOfScheme(text: string, schemes: readonly string[], base?: string): URL | null {
  try {
    const url = new URL(text, base);
    return schemes.includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
