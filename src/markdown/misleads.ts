import { isFileName, MAX_LINK_LENGTH } from './safe-link.js';
import { urlOfScheme } from './url-of-scheme.js';

/**
 * Whether the words of a link, or its title, name another place than the one it leads to: another host (`www.` makes no
 * difference), another e-mail address, another telephone number, or `https:` where it is `http:`. Words are read as they
 * look: without the letters that cannot be seen, and with full-width forms as plain ones. What turns letters around hides
 * what stands there, and is no label for a link.
 */
export function misleads(words: string, href: string, title = ''): boolean {
  const label = `${words}\n${title}`;
  if (label.length > MAX_LINK_LENGTH || /[\u202d\u202e]/.test(label)) return true;
  const shown = label
    .replace(/[\p{Cf}\p{DI}]/gu, '')
    .normalize('NFKC')
    // A host may be written with an ideographic full stop; a sentence ends with one.
    .replace(/([a-z\d])。(?=[a-z\d])/gi, '$1.');
  const url = new URL(href);
  const addresses = [...shown.matchAll(WEB)].map(([address]) => address);
  const others = shown.replace(WEB, ' ');
  const emails = [...others.matchAll(EMAIL)].map(([email]) => email.toLowerCase());
  const hosts = [...others.replace(EMAIL, ' ').matchAll(HOST)].map(([host]) => host);
  return (
    addresses.some((address) => !leadsToWeb(address, url)) ||
    hosts.some((host) => !isFileName(host) && !isSameHost(host, url)) ||
    emails.some((email) => !leadsToEmail(email, url)) ||
    (url.protocol === 'tel:' && [...shown.matchAll(PHONE)].some(([phone]) => !isSamePhone(phone, url)))
  );
}

const WEB = /(?:https?:[/\\]+|www\.)[^\s<>"'()[\]]+/gi;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]*[\p{L}\p{N}]/gu;
const HOST = /(?<![\w./-])[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}(?![\w-])/gi;
const PHONE = /\+?\d(?:[\s().\-/]*\d){4,}/g;

function leadsToWeb(address: string, url: URL): boolean {
  const isHttps = /^https:/i.test(address);
  if (isHttps && url.protocol === 'http:') return false;
  return isSameHost(address.replace(/^https?:[/\\]+/i, ''), url);
}

/** `shown` begins with a host; a path may follow. Of a mail address its domain counts. */
function isSameHost(shown: string, url: URL): boolean {
  const named = urlOfScheme(`https://${withoutPunctuation(shown)}`, ['https:']);
  const real =
    url.protocol === 'mailto:' ? urlOfScheme(`https://${addressOf(url).split('@')[1]}`, ['https:']) : url;
  return named !== null && real !== null && named.username === '' && siteOf(named) === siteOf(real);
}

function leadsToEmail(email: string, url: URL): boolean {
  if (url.protocol !== 'mailto:') return isSameHost(email.split('@')[1] ?? '', url);
  // Further recipients would be seen only once the letter is written.
  return email === addressOf(url) && !['to', 'cc', 'bcc'].some((name) => url.searchParams.has(name));
}

/** A number at home ends as it does from abroad. */
function isSamePhone(phone: string, url: URL): boolean {
  const digits = phone.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
  return url.pathname.replace('+', '').endsWith(digits);
}

function addressOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname).toLowerCase();
  } catch {
    return url.pathname;
  }
}

function siteOf(url: URL): string {
  return url.host.replace(/^www\./, '').replace(/\.(?=$|:)/, '');
}

function withoutPunctuation(text: string): string {
  return text.replace(/[.,:;!?…]+$/, '');
}
