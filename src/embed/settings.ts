import { ATTRIBUTES, attributeName, PLAIN_PROPERTIES } from '../contract/attributes.js';
import { OsmtalkWidget } from '../element/osmtalk-widget.js';
import { addressOf } from './own-script.js';
import { pageSettings } from './page-settings.js';

/** A text by the name of an attribute; anything else by that of a property. */
export type Settings = Record<string, unknown>;

/** Whatever else a page or an optimizer writes on its script is not meant for the widget: no handler, no style. */
const NAMES: readonly string[] = [...OsmtalkWidget.observedAttributes, 'id', 'class', 'slot'];

/**
 * What is set for one script: by its own `data-*`, then by the page, then by the query of its address. A place that names
 * another agent speaks of another widget.
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

/** What is unknown, and what is switched off, is left out. */
function inOurNames(place: Settings): Settings {
  const settings: Settings = {};
  for (const [key, value] of Object.entries(place)) {
    const name = attributeName(key);
    if (typeof value === 'object' || typeof value === 'function') {
      const property = ATTRIBUTES[name]?.property ?? PLAIN_PROPERTIES.find((each) => each === key);
      if (value && property) settings[property] = value;
    } else if (NAMES.includes(name) && value !== undefined && value !== false) {
      settings[name] = value === true ? '' : (value as string | number).toString();
    }
  }
  return settings;
}
