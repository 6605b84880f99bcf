import { urlOfScheme } from './url-of-scheme.js';

const SCHEMES = ['https:', 'http:', 'mailto:', 'tel:'];
/** Checked first, since parsing the many texts that are no address would cost more time. */
const BEGINNING = /^(?:https?|mailto|tel):/i;

/** The longest link, the web's own limit in practice; a longer one is an attack, or data that does not belong in a link. */
export const MAX_LINK_LENGTH = 2_048;

/**
 * Returns the address that a link in a message may have: absolute, `https:`, `http:`, `mailto:` or `tel:`, as the browser itself
 * reads it (without tabs, line breaks and control characters). Any other target gives `null`, and so does an address with a user
 * name or password, which serves to disguise the host: `https://bank.example@evil.example`. A `tel:` address must be a number,
 * without any characters that a telephone treats as a command.
 */
export function safeLink(target: string): string | null {
  if (target.length > MAX_LINK_LENGTH || !BEGINNING.test(target)) return null;
  const url = urlOfScheme(target, SCHEMES);
  if (!url || url.username !== '' || url.password !== '') return null;
  return url.protocol === 'tel:' ? phoneLink(url.pathname) : url.href;
}

/**
 * Like `safeLink`, for the target of a written link, which may also leave out the scheme (`www.acme.example`,
 * `acme.example/pricing`, `ada@acme.example`), or name a page of the site relative to `page`, the visitor's page: `/pricing`,
 * `#contact`. A relative target never leads to another origin: that gives `null`.
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

/** Whether the link leads only to another place of the page that the visitor looks at. */
export function isWithinPage(href: string, page: string | null): boolean {
  const [document, fragment] = href.split('#', 2);
  return fragment !== undefined && document === page?.split('#', 1)[0];
}

/** Whether a word with a dot is a file name such as `report.pdf` or `Node.js`, and not a host. */
export function isFileName(host: string): boolean {
  return FILE_NAME.test(host);
}

const EMAIL = /^[\w.%+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}(?=[/?#:]|$)/i;
/**
 * A path, a query or a fragment, without a colon before the first slash, and without a backslash, which a browser reads as a
 * slash.
 */
const RELATIVE = /^(?:[/?#]|\.{0,2}\/|[\w.~-]+(?:[/?#]|$))[^\\]*$/;
const FILE_NAME =
  /\.(?:html?|phpx?|aspx?|jsp|cgi|[cm]?[jt]sx?|css|json|xml|ya?ml|csv|tsv|txt|md|pdf|docx?|xlsx?|pptx?|od[st]|rtf|ics|vcf|png|jpe?g|gif|svg|webp|avif|ico|mp[34]|mov|webm|wav|ogg|zip|t?gz|tar|py|rb|cpp|vue)$/i;

/**
 * A `tel:` address without the parameters of RFC 3966: digits, without the separators that people write; `null` for anything
 * else.
 */
function phoneLink(path: string): string | null {
  const digits = path.replace(/%20|[\s().-]/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? `tel:${digits}` : null;
}
