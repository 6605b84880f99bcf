import { isFileName, MAX_LINK_LENGTH } from './safe-link.js';
import { urlOfScheme } from './url-of-scheme.js';

/**
 * Whether the text of a link, or its title, names another place than the link leads to: another host (`www.` makes no
 * difference), another e-mail address, another telephone number, or `https:` where the link is `http:`. The text is read as it
 * looks: without invisible characters, and with full-width forms as plain ones. Characters that change the direction of text
 * could hide an address: a link with these, or with a label over 2,048 characters, always misleads.
 */
export function misleads(words: string, href: string, title = ''): boolean {
  const label = `${words}\n${title}`;
  if (label.length > MAX_LINK_LENGTH || /[\u202d\u202e]/.test(label)) return true;
  const shown = label
    .replace(/[\p{Cf}\p{DI}]/gu, '')
    .normalize('NFKC')
    // A host may be written with an ideographic full stop; the same character ends sentences.
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

/** Whether `shown`, which begins with a host, names the host of `url`; of a `mailto:` address, the domain counts. */
function isSameHost(shown: string, url: URL): boolean {
  const named = urlOfScheme(`https://${withoutPunctuation(shown)}`, ['https:']);
  const real =
    url.protocol === 'mailto:' ? urlOfScheme(`https://${addressOf(url).split('@')[1]}`, ['https:']) : url;
  return named !== null && real !== null && named.username === '' && siteOf(named) === siteOf(real);
}

function leadsToEmail(email: string, url: URL): boolean {
  if (url.protocol !== 'mailto:') return isSameHost(email.split('@')[1] ?? '', url);
  // The visitor would see further recipients only in the mail program.
  return email === addressOf(url) && !['to', 'cc', 'bcc'].some((name) => url.searchParams.has(name));
}

/** Whether the numbers end alike: a national number ends as the same number does in its international form. */
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
