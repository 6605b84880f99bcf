import { createRequire } from 'node:module';
import type { CompatData, CompatStatement, Identifier, SupportStatement } from '@mdn/browser-compat-data';
import { FLOOR } from './floor.js';

// Loaded by Node itself: Vitest would take a minute over these 20 MB.
const bcd = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData;

/**
 * A feature that a name in the code may mean: its key in MDN's browser-compat-data, from which Baseline is computed, and its
 * support.
 */
export interface Feature {
  key: string;
  compat: CompatStatement;
}

/** The oldest version of each browser; an engine has the same on a phone. */
const BROWSERS = {
  chrome: FLOOR.Chrome,
  chrome_android: FLOOR.Chrome,
  safari: FLOOR.Safari,
  safari_ios: FLOOR.Safari,
  firefox: FLOOR.Firefox,
  firefox_android: FLOOR.Firefox,
} as const;

/** The global objects of a page, with their interfaces. */
const SINGLETONS: Readonly<Record<string, string>> = {
  globalThis: 'Window',
  window: 'Window',
  self: 'Window',
  navigator: 'Navigator',
  document: 'Document',
  location: 'Location',
  history: 'History',
  screen: 'Screen',
};

/** Members of our own objects whose names some object of the browser has too. */
const OWN_NAMES = new Set(['locale', 'lock', 'role', 'side', 'silent', 'take']);

const globals = new Map<string, Feature[]>();
const members = new Map<string, Feature[]>();
const cssFunctions = new Map<string, Feature[]>();

for (const [kind, interfaces] of [
  ['api', bcd.api],
  ['javascript.builtins', bcd.javascript.builtins],
  ['javascript.builtins.Intl', bcd.javascript.builtins?.Intl],
] as const) {
  for (const [name, object] of childrenOf(interfaces)) {
    if (!kind.endsWith('Intl')) add(globals, name, `${kind}.${name}`, object);
    for (const [member, data] of childrenOf(object)) {
      const key = `${kind}.${name}.${member}`;
      add(members, member.replace(/_static$/, ''), key, data);
      if (name === 'Window') add(globals, member, key, data);
    }
  }
}
for (const [kind, data] of [
  ['css.types', bcd.css.types],
  ['css.properties', bcd.css.properties],
] as const)
  collectFunctions(kind, data, 3);

/**
 * Returns the features that a member may mean: `AbortSignal.any`, `navigator.clipboard`, or a member of an unknown object such
 * as `root.popover`. An object that is too new itself is found where it comes from, so that its members need not be found.
 */
export function memberFeatures(object: string | null, member: string): readonly Feature[] {
  const owner = SINGLETONS[object ?? ''] ?? object;
  if (owner === 'Window') return globalFeatures(member);
  const all = members.get(member) ?? [];
  const own = all.filter(({ key }) => key.split('.').at(-2) === owner);
  if (own.length > 0) return own;
  if (OWN_NAMES.has(member)) return [];
  return all.filter(({ key }) => {
    const home = key.split('.').at(-2) ?? '';
    return (
      !/_(?:static|event)$/.test(key) &&
      !['Window', 'Symbol'].includes(home) &&
      newest(globalFeatures(home)) === null
    );
  });
}

export function globalFeatures(name: string): readonly Feature[] {
  return globals.get(name) ?? [];
}

export function cssFunctionFeatures(name: string): readonly Feature[] {
  return cssFunctions.get(name) ?? [];
}

/** Returns the feature at this path, e.g. `css`, `properties`, `field-sizing`; an empty list for none. */
export function featureAt(...path: string[]): readonly Feature[] {
  let data: Identifier | undefined = bcd as unknown as Identifier;
  for (const step of path) data = data && Object.hasOwn(data, step) ? data[step] : undefined;
  const { __compat: compat } = data ?? {};
  return compat ? [{ key: path.join('.'), compat }] : [];
}

/**
 * Returns the first of these features when each of them is missing in some browser of the floor: whichever is meant is then too
 * new. Else `null`.
 */
export function newest(features: readonly Feature[]): Feature | null {
  return features.length > 0 && features.every(({ compat }) => missingIn(compat).length > 0)
    ? (features[0] ?? null)
    : null;
}

/** Returns the browsers that lack a feature at the floor, each with the version since which it has the feature. */
export function missingIn({ support }: CompatStatement): string[] {
  return Object.entries(BROWSERS).flatMap(([browser, floor]) => {
    const statements = [support[browser as keyof typeof BROWSERS] ?? []].flat() as SupportStatement[];
    const plain = statements.flat().filter((each) => !each.flags && !each.prefix && !each.alternative_name);
    if (plain.some((each) => isWithin(each.version_added, floor) && !isWithin(each.version_removed, floor)))
      return [];
    const since = plain.map(({ version_added: added }) => added).find((added) => typeof added === 'string');
    return [`${browser} ${since ?? 'never'}`];
  });
}

function isWithin(version: string | false | undefined, floor: string): boolean {
  if (!version || version === 'preview') return false;
  const [major = 0, minor = 0] = version.replace('≤', '').split('.').map(Number);
  const [floorMajor = 0, floorMinor = 0] = floor.split('.').map(Number);
  return major < floorMajor || (major === floorMajor && minor <= floorMinor);
}

/** Collects CSS functions, which stand below the types of values, and below the properties that take them. */
function collectFunctions(path: string, data: Identifier | undefined, depth: number): void {
  for (const [name, child] of childrenOf(data)) {
    add(cssFunctions, name, `${path}.${name}`, child);
    if (depth > 1) collectFunctions(`${path}.${name}`, child, depth - 1);
  }
}

function childrenOf(data: Identifier | undefined): [name: string, data: Identifier][] {
  return Object.entries(data ?? {}).filter(([name]) => name !== '__compat') as [string, Identifier][];
}

function add(names: Map<string, Feature[]>, name: string, key: string, data: Identifier): void {
  const { __compat: compat } = data;
  if (compat) names.set(name, [...(names.get(name) ?? []), { key, compat }]);
}
