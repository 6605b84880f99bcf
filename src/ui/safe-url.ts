import { urlOfScheme } from '../markdown/url-of-scheme.js';

/** Returns a link that the site has set as an absolute URL of `http:` or `https:`; `null` for anything else. */
export function safeLink(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:']);
}

/** Returns the URL of a picture: like `safeLink()`, and also `data:` images, which cannot run anything inside `<img>`. */
export function safeImageUrl(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:', 'data:']);
}

function parse(url: string | undefined, schemes: readonly string[]): string | null {
  return url ? (urlOfScheme(url, schemes, document.baseURI)?.href ?? null) : null;
}
