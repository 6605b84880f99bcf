const SCHEMES = ['https:', 'http:', 'mailto:', 'tel:'];
/** Spares the many texts that are no address the cost of a failing parse. */
const BEGINNING = /^(?:https?|mailto|tel):/i;

/** The web's own limit in practice; a longer one is an attack, or data that does not belong into a link. */
export const MAX_LINK_LENGTH = 2_048;

/**
 * The address of a link that a message may have: absolute, `https:`, `http:`, `mailto:` or `tel:`, as the browser itself
 * reads it (it drops tabs, line breaks and control characters first). Anything else is `null`, and so is an address with
 * a user name, which serves to disguise the host: `https://bank.example@evil.example`.
 */
export function safeLink(target: string): string | null {
  if (target.length > MAX_LINK_LENGTH || !BEGINNING.test(target)) return null;
  const url = urlOfScheme(target, SCHEMES);
  return url && url.username === '' && url.password === '' ? url.href : null;
}

/** `null` unless it parses to one of these schemes. Without a base only an absolute address does. */
export function urlOfScheme(text: string, schemes: readonly string[], base?: string): URL | null {
  try {
    const url = new URL(text, base);
    return schemes.includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Whether the words of a link are themselves an address, of another host than the one it leads to. */
export function misleads(words: string, href: string): boolean {
  const shown = words.trim();
  const address = /^www\./i.test(shown) ? `https://${shown}` : shown;
  const url = urlOfScheme(address, ['https:', 'http:']);
  return url !== null && url.host !== new URL(href).host;
}
