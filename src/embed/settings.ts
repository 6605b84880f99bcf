import { ATTRIBUTES, attributeName, PLAIN_PROPERTIES } from '../contract/attributes.js';
import { OsmtalkWidget } from '../element/osmtalk-widget.js';
import { addressOf } from './own-script.js';
import { pageSettings } from './page-settings.js';

/** Strings under their attribute's name, any other value under its property's name. */
export type Settings = Record<string, unknown>;

/**
 * The attributes that are applied. All others that a page or an optimizer writes on the script (handlers, styles) are ignored.
 */
const NAMES: readonly string[] = [...OsmtalkWidget.observedAttributes, 'id', 'class', 'slot'];

/**
 * Returns the settings of one script: from its own `data-*`, then from the page, then from the query of its address; the first
 * that sets a value decides. A place that names another agent is left out: its settings are for another widget.
 */
export function readSettings(script: HTMLScriptElement | undefined): Settings {
  const address = script && addressOf(script);
  const query = address ? Object.fromEntries(new URL(address).searchParams) : {};
  const places = [{ ...(script?.dataset as Settings) }, pageSettings(), query].map(inOurNames);
  const settings: Settings = {};
  for (const place of places) {
    const agent = settings['agent-id'];
    if (!agent || (place['agent-id'] ?? agent) === agent) Object.assign(settings, { ...place, ...settings });
  }
  return settings;
}

export function applySettings(settings: Settings, element: Element): void {
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'string') element.setAttribute(name, value);
    else (element as unknown as Settings)[name] = value;
  }
}

/** Maps the settings to our names. Unknown ones, and those that are false, null or undefined, are left out. */
function inOurNames(place: Settings): Settings {
  const settings: Settings = {};
  for (const [key, value] of Object.entries(place)) {
    const name = attributeName(key);
    if (typeof value === 'object' || typeof value === 'function') {
      const property = ATTRIBUTES.get(name) ?? PLAIN_PROPERTIES.find((each) => each === key);
      if (value && property) settings[property] = value;
    } else if (NAMES.includes(name) && value !== undefined && value !== false) {
      settings[name] = value === true ? '' : (value as string | number).toString();
    }
  }
  return settings;
}
