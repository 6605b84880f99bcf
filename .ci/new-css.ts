import { cssFunctionFeatures, featureAt, newest, type Feature } from './above-floor.js';

const UNITS: readonly [unit: RegExp, key: string][] = [
  [/\d[sld](?:vw|vh|vi|vb|vmin|vmax)\b/, 'viewport_percentage_units_dynamic'],
  [/\dcq(?:w|h|i|b|min|max)\b/, 'container_query_length_units'],
  [/\d(?:lh)\b/, 'lh'],
  [/\d(?:rlh)\b/, 'rlh'],
  [/\d(?:cap)\b/, 'cap'],
  [/\d(?:ic)\b/, 'ic'],
];

/** Returns what a style sheet uses: rules, selectors, properties, keywords, functions and units; nothing for any other text. */
export function featuresOfStyles(text: string): (readonly Feature[])[] {
  const css = text.replace(/\/\*.*?\*\//gs, '');
  if (!/[^{}]\{[^{}]*:[^{}]*\}/.test(css)) return [];
  return [...css.matchAll(/([^{};]+)([{};])/g)].flatMap(([, part = '', end]) => {
    const piece = part.trim();
    if (piece.startsWith('@')) return featuresOfRule(piece);
    return end === '{' ? featuresOfSelector(piece) : featuresOfDeclaration(piece);
  });
}

function featuresOfRule(rule: string): (readonly Feature[])[] {
  const [name = ''] = rule.slice(1).split(/[\s({]/);
  const asked = [...rule.matchAll(/\(\s*([a-z-]+)/g)].map(([, feature = '']) => feature);
  return [
    featureAt('css', 'at-rules', name),
    ...asked.map((feature) => featureAt('css', 'at-rules', name, feature)),
  ];
}

function featuresOfSelector(selector: string): (readonly Feature[])[] {
  const names = [...selector.matchAll(/::?([a-z-]+)/g)].map(([, name = '']) => name);
  if (selector.includes('&')) names.push('nesting');
  return names.map((name) => featureAt('css', 'selectors', name));
}

function featuresOfDeclaration(declaration: string): (readonly Feature[])[] {
  const colon = declaration.indexOf(':');
  const property = declaration.slice(0, colon).trim();
  const value = declaration.slice(colon + 1);
  const words = [...value.matchAll(/(?<![\w-])([a-z][a-z-]*)(\(?)/g)];
  const functions = words.filter(([, , opens]) => opens).map(([, word = '']) => cssFunctionFeatures(word));
  const units = UNITS.filter(([unit]) => unit.test(value)).map(([, key]) =>
    featureAt('css', 'types', 'length', key),
  );
  // A property with a prefix is known to be missing in other browsers.
  if (property.startsWith('-')) return [...functions, ...units];
  const own = featureAt('css', 'properties', property);
  // Keywords are not older than their property, so those of a new property are not checked; and a phone has no cursor.
  const keywords =
    newest(own) || property === 'cursor'
      ? []
      : words.map(([, word = '']) => featureAt('css', 'properties', property, word));
  return [own, ...keywords, ...functions, ...units];
}
