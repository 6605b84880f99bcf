/** Reads a property of `document` itself, also where a form, image or frame of the page has the same name and hides it. */
export const ofDocument = (name: string): unknown => Reflect.get(Document.prototype, name, document);

/** Our file in the address of a script, also with the name that an optimizer has given it. */
const OUR_FILE = /osmtalk-widget[^/]*\.js/;

const isScript = (element: unknown): element is HTMLScriptElement => element instanceof HTMLScriptElement;

/**
 * The script element that this code runs from; undefined in a module, and in code that was evaluated. Read at once, since
 * `currentScript` later names another script. The plain property comes second, for loaders that set a value of their own.
 */
export const ownScript = [ofDocument('currentScript'), document.currentScript].find(isScript);

/** The absolute address, read at once: the page may change its `<base>`, or remove the element, later. */
const ownAddress = ownScript?.src;

/** The address that a script was loaded from; empty or undefined for inline code. */
export const addressOf = (script: Element): string | undefined =>
  script === ownScript ? ownAddress : addressIn(script);

/**
 * The address of one of our scripts, in any attribute whose name ends in `src`, since optimizers rename `src` until the script
 * may run.
 */
function addressIn(script: Element): string | undefined {
  for (const name of script.getAttributeNames()) {
    const value = script.getAttribute(name) ?? '';
    if (name.endsWith('src') && OUR_FILE.test(value)) return new URL(value, document.baseURI).href;
  }
  return undefined;
}

/** The script elements of the page that are ours by their address or by their inline code. */
export const namedScripts = (): HTMLScriptElement[] =>
  [...document.querySelectorAll('script')].filter(
    (script) => addressIn(script) ?? (script.dataset.agentId && script.text.includes('osmtalk-widget')),
  );

/** Addresses next to which the chunks may lie, the likeliest first. */
export function likelyAddresses(): string[] {
  const named = [ownAddress, ...namedScripts().map(addressOf), ...loaded()];
  // Code within a bundle, or evaluated by another script, has no address of its own: the other addresses that name our file come
  // first.
  const known = [...named.filter((address) => OUR_FILE.test(`${address}`)), ownAddress];
  return [...new Set(known)].flatMap((address) => address || []);
}

/** Addresses that the browser has loaded as scripts. Any other kind of request may be a visitor's own image or link. */
function loaded(): string[] {
  return performance.getEntriesByType('resource').flatMap((entry) => {
    const { name, initiatorType: type } = entry as PerformanceResourceTiming;
    const isOurs = type === 'script' || (name.startsWith(`${location.origin}/`) && /^(xml|fetch)/.test(type));
    return isOurs ? name : [];
  });
}
