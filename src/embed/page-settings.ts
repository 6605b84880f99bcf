/**
 * A copy of `window.osmtalkSettings`, where the page sets what its script tag cannot; empty when there are none. An element with
 * that id, or a frame of that name, does not count.
 */
export function pageSettings(): Record<string, unknown> {
  const { osmtalkSettings } = globalThis as { osmtalkSettings?: object };
  return Object.prototype.toString.call(osmtalkSettings) === '[object Object]' ? { ...osmtalkSettings } : {};
}
