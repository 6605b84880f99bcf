/** Reads what a form, a picture or a frame of the page with that name cannot stand in front of. */
export const ofDocument = (name: string): unknown => Reflect.get(Document.prototype, name, document);

/** In the address of a script, also by which an optimizer has renamed it. */
const OUR_FILE = /osmtalk-widget[^/]*\.js/;

const isScript = (element: unknown): element is HTMLScriptElement => element instanceof HTMLScriptElement;

/**
 * The element that this code runs from; null in a module, and where the code was evaluated. Read at once: later it is
 * another script's. The second is for loaders that put a value of their own in its place.
 */
export const ownScript = [ofDocument('currentScript'), document.currentScript].find(isScript);

/** Absolute, and kept: the page may change its `<base>`, or take the element away. */
const ownAddress = ownScript?.src;

/** Where this code was loaded from; none of code that stands in the page. */
export const addressOf = (script: Element): string | undefined =>
  script === ownScript ? ownAddress : addressIn(script);

/** Where one of our scripts is said to be, whatever an optimizer calls its `src` until it lets it run. */
function addressIn(script: Element): string | undefined {
  for (const name of script.getAttributeNames()) {
    const value = script.getAttribute(name) ?? '';
    if (name.endsWith('src') && OUR_FILE.test(value)) return new URL(value, document.baseURI).href;
  }
  return undefined;
}

/** Elements of the page that are ours by what they load, or by the code in them. */
export const namedScripts = (): HTMLScriptElement[] =>
  [...document.querySelectorAll('script')].filter(
    (script) => addressIn(script) ?? (script.dataset.agentId && script.text.includes('osmtalk-widget')),
  );

/** Addresses beside which the chunks may lie, the likeliest first. */
export function likelyAddresses(): string[] {
  const named = [ownAddress, ...namedScripts().map(addressOf), ...loaded()];
  // Code that runs from a bundle, or that another script evaluated, came from where somebody else names us.
  const known = [...named.filter((address) => OUR_FILE.test(`${address}`)), ownAddress];
  return [...new Set(known)].flatMap((address) => address || []);
}

/** What the browser has fetched as a script. What it fetched as anything else may be a visitor's own picture or link. */
function loaded(): string[] {
  return performance.getEntriesByType('resource').flatMap((entry) => {
    const { name, initiatorType: type } = entry as PerformanceResourceTiming;
    const isOurs = type === 'script' || (name.startsWith(`${location.origin}/`) && /^(xml|fetch)/.test(type));
    return isOurs ? name : [];
  });
}
