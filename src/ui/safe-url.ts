import { urlOfScheme } from '../markdown/url-of-scheme.js';

/** A link of the site's own: only `http:` and `https:`, as an absolute URL; anything else is `null`. */
export function safeLink(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:']);
}

/** A picture to load: also `data:` images, which cannot run anything inside `<img>`. */
export function safeImageUrl(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:', 'data:']);
}

function parse(url: string | undefined, schemes: readonly string[]): string | null {
  return url ? (urlOfScheme(url, schemes, document.baseURI)?.href ?? null) : null;
}
