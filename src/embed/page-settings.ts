/**
 * `window.osmtalkSettings`, the page's own way to set what its script tag cannot. An element with that id, or a frame of
 * that name, is no settings.
 */
export function pageSettings(): Record<string, unknown> {
  const { osmtalkSettings } = globalThis as { osmtalkSettings?: object };
  return Object.prototype.toString.call(osmtalkSettings) === '[object Object]' ? { ...osmtalkSettings } : {};
}
