/** A link to follow: only `http:` and `https:`, as an absolute URL; anything else is `null`. */
export function safeLink(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:']);
}

/** A picture to load: also `data:` images, which cannot run anything inside `<img>`. */
export function safeImageUrl(url: string | undefined): string | null {
  return parse(url, ['https:', 'http:', 'data:']);
}

function parse(url: string | undefined, schemes: string[]): string | null {
  if (!url) return null;
  try {
    const parsed = new URL(url, document.baseURI);
    return schemes.includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
