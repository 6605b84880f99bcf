import type { WordOf } from '../i18n/word-of.js';

/**
 * How to read an attribute (`undefined` for a value that makes no sense, which is then named in a warning), what a sensible
 * value looks like, and the default.
 */
type Kind<Value, Fallback = Value | undefined> = [
  parse: (value: string) => Value | undefined,
  expected: string,
  fallback?: Fallback,
];

const text = <Fallback extends string | undefined = undefined>(
  fallback?: Fallback,
): Kind<string, Fallback> => [(value) => value, 'text', fallback];

const TEXT = text();

/** One of the words, which blanks separate; the first is the default. In one string, since that is a shorter script. */
const oneOf = <List extends string>(list: List): Kind<WordOf<List>, WordOf<List>> => {
  const words = list.split(' ') as WordOf<List>[];
  return [(value) => words.find((word) => word === value), words.join(', '), words[0]];
};

/** As in HTML, any value means true. Only `"false"` means false, since frameworks write it for that. */
const FLAG: Kind<boolean, boolean> = [(value) => value !== 'false', 'nothing', false];

const json = <Value>(expected: string, accepts: (value: unknown) => boolean): Kind<Value, undefined> => [
  (value) => {
    try {
      const parsed: unknown = JSON.parse(value);
      if (accepts(parsed)) return parsed as Value;
    } catch {
      // Not JSON.
    }
    return undefined;
  },
  expected,
];

const OBJECT = json<Record<string, unknown>>(
  'a JSON object',
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const list = <Item>(): Kind<Item[], undefined> => json<Item[]>('a JSON array', Array.isArray);

/** Every attribute but `open` and `lang`, by its property. */
const KINDS = {
  agentId: TEXT,
  apiKey: TEXT,
  baseUrl: text('https://api.osmtalk.com'),
  organizationId: TEXT,
  agentVersion: [(value) => (/^\d+$/.test(value) ? Number(value) : undefined), 'a whole number'] as Kind<
    number,
    undefined
  >,
  dynamicVariables: OBJECT,
  userId: TEXT,
  metadata: OBJECT,
  mode: oneOf('both voice chat'),
  callback: FLAG,
  phoneNumberId: TEXT,
  layout: oneOf('floating inline side'),
  placement: oneOf('bottom-right bottom-left top-right top-left'),
  theme: oneOf('auto light dark'),
  heading: TEXT,
  greeting: TEXT,
  launcherLabel: TEXT,
  avatarSrc: TEXT,
  starters: list<string | { label: string; text?: string }>(),
  consentText: TEXT,
  termsUrl: TEXT,
  privacyUrl: TEXT,
  consentKey: TEXT,
  audience: oneOf('visitor tester'),
  persist: oneOf('session local none'),
  keepCall: oneOf('announced always never'),
  disclosure: oneOf('line badge off'),
  callBar: oneOf('on off'),
  visual: oneOf('aura bars ring none'),
  languages: list<string>(),
  pageContext: oneOf('off url'),
  carryOver: oneOf('session text none'),
  agentLanguage: TEXT,
  assistantOverride: OBJECT,
  builtInTools: TEXT,
  launcher: oneOf('button icon call-and-message bar none'),
  teaser: TEXT,
  teaserAfter: TEXT,
  teaserOn: TEXT,
  teaserRepeat: oneOf('session once always'),
  dataLayer: FLAG,
  reportUrl: TEXT,
};

type Kinds = typeof KINDS;
type Property = keyof Kinds;
type ValueOf<Name extends Property> = NonNullable<ReturnType<Kinds[Name][0]>>;
/** Whether something counts where the attribute is missing. */
type HasFallback<Name extends Property> = Kinds[Name] extends [unknown, string, undefined?] ? never : Name;

/** The properties that attributes set: what is here and how it is typed follows from the table. */
export type AttributeValues = {
  [Name in Property as HasFallback<Name>]: ValueOf<Name>;
} & {
  [Name in Property as Exclude<Name, HasFallback<Name>>]?: ValueOf<Name> | undefined;
};

/** Returns the attribute of a property: `agent-id` for `agentId`. */
export const attributeName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The property of every attribute but `open`, which the element reflects itself, and `lang`, which HTML has already. */
export const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  Object.keys(KINDS).map((property) => [attributeName(property), property]),
);

/** How the attribute of this property is read. */
export const kindOf = (property: string): Kind<unknown> => KINDS[property as Property];

/** Properties that no attribute sets. */
export const PLAIN_PROPERTIES = ['strings', 'transports', 'fetch', 'describeFailure'] as const;

const ALL_PROPERTIES = [...ATTRIBUTES.values(), ...PLAIN_PROPERTIES];

/** The values of one element's properties. The value set last counts, whether by attribute or by property. */
export class PropertyValues {
  readonly #values = new Map<string, unknown>();

  get(property: string): unknown {
    return this.#values.get(property) ?? kindOf(property)?.[2];
  }

  set(property: string, value: unknown): void {
    this.#values.set(property, value);
  }

  /** Takes an attribute's new value. An invalid value logs a warning and counts as absent. */
  setFromAttribute(name: string, value: string | null): void {
    const property = ATTRIBUTES.get(name);
    if (!property) return;
    const [parse, expected] = kindOf(property);
    const parsed = value === null ? undefined : parse(value);
    if (value !== null && parsed === undefined) {
      console.warn(`<osmtalk-widget> ${name}="${value.slice(0, 60)}" is ignored: expected ${expected}.`);
    }
    this.#values.set(property, parsed);
  }

  /**
   * Defines an accessor for every property on `prototype`. `valuesOf` finds the values of an instance; `changed` is called
   * after each set.
   */
  static define<T extends object>(
    prototype: T,
    valuesOf: (element: T) => PropertyValues,
    changed: (element: T) => void,
  ): void {
    for (const property of ALL_PROPERTIES) {
      Object.defineProperty(prototype, property, {
        configurable: true,
        enumerable: true,
        get(this: T) {
          return valuesOf(this).get(property);
        },
        set(this: T, value: unknown) {
          valuesOf(this).set(property, value);
          changed(this);
        },
      });
    }
  }

  /**
   * Sets again, by the accessors, what a page set before the element was upgraded: such a property sits on the instance and
   * hides the accessor.
   */
  static upgrade(element: object, extra: readonly string[]): void {
    for (const property of [...ALL_PROPERTIES, ...extra]) {
      if (!Object.hasOwn(element, property)) continue;
      const own = element as Record<string, unknown>;
      const value = own[property];
      delete own[property];
      own[property] = value;
    }
  }
}
