import { urlOfScheme } from './url-of-scheme.js';

const SCHEMES = ['https:', 'http:', 'mailto:', 'tel:'];
/** Spares the many texts that are no address the cost of a failing parse. */
const BEGINNING = /^(?:https?|mailto|tel):/i;

/** The web's own limit in practice; a longer one is an attack, or data that does not belong into a link. */
export const MAX_LINK_LENGTH = 2_048;

/**
 * The address of a link that a message may have: absolute, `https:`, `http:`, `mailto:` or `tel:`, as the browser itself
 * reads it (it drops tabs, line breaks and control characters first). Anything else is `null`, and so is an address with
 * a user name, which serves to disguise the host: `https://bank.example@evil.example`. A `tel:` address is a number, and
 * nothing that a telephone takes for a command.
 */
export function safeLink(target: string): string | null {
  if (target.length > MAX_LINK_LENGTH || !BEGINNING.test(target)) return null;
  const url = urlOfScheme(target, SCHEMES);
  if (!url || url.username !== '' || url.password !== '') return null;
  return url.protocol === 'tel:' ? phoneLink(url.pathname) : url.href;
}

/**
 * Like `safeLink`, for an address that somebody wrote as the target of a link: it may also leave out what people leave out
 * (`www.acme.example`, `acme.example/pricing`, `ada@acme.example`), or name a page of the site, whose own address is
 * `page`: `/pricing`, `#contact`. Written so, it never leads to another origin.
 */
export function safeTarget(target: string, page: string | null): string | null {
  if (BEGINNING.test(target) || target.length > MAX_LINK_LENGTH) return safeLink(target);
  if (EMAIL.test(target)) return safeLink(`mailto:${target}`);
  const host = HOST.exec(target);
  if (host && !isFileName(host[0])) return safeLink(`https://${target}`);
  if (page === null || !RELATIVE.test(target)) return null;
  const url = urlOfScheme(target, ['https:', 'http:'], page);
  return url && url.origin === new URL(page).origin && url.username === '' ? url.href : null;
}

/** Whether the link only leads to another place of the page that the visitor looks at. */
export function isWithinPage(href: string, page: string | null): boolean {
  const [document, fragment] = href.split('#', 2);
  return fragment !== undefined && document === page?.split('#', 1)[0];
}

/** `report.pdf` and `Node.js`: not every word with a dot in it is a host. */
export function isFileName(host: string): boolean {
  return FILE_NAME.test(host);
}

const EMAIL = /^[\w.%+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}(?=[/?#:]|$)/i;
/** A path, a query, a fragment; no colon in front of the first slash, and no backslash, which a browser takes for a slash. */
const RELATIVE = /^(?:[/?#]|\.{0,2}\/|[\w.~-]+(?:[/?#]|$))[^\\]*$/;
const FILE_NAME =
  /\.(?:html?|phpx?|aspx?|jsp|cgi|[cm]?[jt]sx?|css|json|xml|ya?ml|csv|tsv|txt|md|pdf|docx?|xlsx?|pptx?|od[st]|rtf|ics|vcf|png|jpe?g|gif|svg|webp|avif|ico|mp[34]|mov|webm|wav|ogg|zip|t?gz|tar|py|rb|cpp|vue)$/i;

/** RFC 3966 without its parameters: digits, with what people write between them. */
function phoneLink(path: string): string | null {
  const digits = path.replace(/%20|[\s().-]/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? `tel:${digits}` : null;
}
