/** Which pages may use the relay. */
export class Origins {
  readonly #allowed: readonly ((url: URL) => boolean)[];

  /** Throws a `TypeError` for an entry that names no origin, so that a typing error neither allows nor locks out pages. */
  constructor(entries: readonly string[]) {
    if (!Array.isArray(entries) || entries.length === 0)
      throw new TypeError('createRelay: `origins` is no list, or empty');
    this.#allowed = entries.map(readEntry);
  }

  /** Whether pages of this origin may use the relay. `origin` is written as browsers write it. */
  allows(origin: string): boolean {
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return url.origin === origin && this.#allowed.some((matches) => matches(url));
  }

  /**
   * Returns the allowed origin that a request comes from; `null` when the request names none, `false` when it names another,
   * and '' for a page of the site's own whose name this server does not learn.
   *
   * Browsers leave `Origin` out of same-origin GETs. They then send `Sec-Fetch-Site: same-origin`, which no page can forge; but
   * a name that an attacker points at this server (DNS rebinding) is "same-origin" too, so the name is checked as well: the
   * page's by `Referer`, else by `Host`. The scheme is unknown behind a proxy that ends TLS. A proxy may also put its own name
   * for this server in `Host`; no attacker can own a name without a dot, or an address.
   *
   * Safari before 16.4 sends no `Sec-Fetch-Site`: its page is known by `Referer` alone.
   */
  find(request: Request): string | null | false {
    const origin = request.headers.get('origin');
    if (origin !== null) return this.allows(origin) && origin;
    const site = request.headers.get('sec-fetch-site');
    if (request.method !== 'GET' || (site !== null && site !== 'same-origin')) return null;
    const referrer = request.headers.get('referer');
    if (referrer !== null && URL.canParse(referrer)) {
      const page = new URL(referrer).origin;
      return this.allows(page) && page;
    }
    if (site === null) return null;
    const { host, hostname } = new URL(request.url);
    const named = [`https://${host}`, `http://${host}`].find((own) => this.allows(own));
    return named ?? (isInternal(hostname) ? '' : false);
  }
}

function isInternal(hostname: string): boolean {
  return !hostname.includes('.') || /^[\d.]+$/.test(hostname) || hostname.endsWith('.localhost');
}

function readEntry(entry: unknown): (url: URL) => boolean {
  if (typeof entry !== 'string') throw new TypeError('createRelay: `origins` is a list of texts');
  const isWildcard = /^https?:\/\/\*\./.test(entry);
  const plain = isWildcard ? entry.replace('*.', '') : entry;
  const named = URL.canParse(plain) ? new URL(plain) : null;
  const isOrigin =
    named !== null &&
    /^https?:$/.test(named.protocol) &&
    !plain.includes('*') &&
    named.href === `${named.origin}/` &&
    !(isWildcard && !named.hostname.includes('.') && named.hostname !== 'localhost');
  if (!isOrigin)
    throw new TypeError(
      `createRelay: ${JSON.stringify(entry)} is no origin: https://site.example or https://*.site.example`,
    );
  if (!isWildcard) return (url) => url.origin === named.origin;
  return (url) =>
    url.protocol === named.protocol &&
    url.port === named.port &&
    // No page has the origin `https://.site.example`.
    !url.hostname.startsWith('.') &&
    url.hostname.endsWith(`.${named.hostname}`);
}
