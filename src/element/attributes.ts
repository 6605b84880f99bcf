/** Reads one attribute. Returns `undefined` for a value that makes no sense, which is then named in a warning. */
type Parse = (value: string) => unknown;

interface Attribute {
  property: string;
  fallback: unknown;
  parse: Parse;
  /** What a sensible value looks like, for the warning. */
  expected: string;
}

const text = (property: string, fallback?: string): Attribute => ({
  property,
  fallback,
  parse: (value) => value,
  expected: 'text',
});

const oneOf = (property: string, ...words: [string, ...string[]]): Attribute => ({
  property,
  fallback: words[0],
  parse: (value) => (words.includes(value) ? value : undefined),
  expected: words.join(', '),
});

/** As HTML has it, any value will do; `false` is what frameworks write when they mean it. */
const flag = (property: string): Attribute => ({
  property,
  fallback: false,
  parse: (value) => value !== 'false',
  expected: 'nothing',
});

const json = (property: string, expected: string, accepts: (value: unknown) => boolean): Attribute => ({
  property,
  fallback: undefined,
  parse: (value) => {
    try {
      const parsed: unknown = JSON.parse(value);
      return accepts(parsed) ? parsed : undefined;
    } catch {
      return undefined;
    }
  },
  expected,
});

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Every attribute but `open`, which the element reflects itself, and `lang`, which HTML has already. */
export const ATTRIBUTES: Record<string, Attribute> = {
  'agent-id': text('agentId'),
  'api-key': text('apiKey'),
  'base-url': text('baseUrl', 'https://api.osmtalk.com'),
  'organization-id': text('organizationId'),
  'agent-version': {
    property: 'agentVersion',
    fallback: undefined,
    parse: (value) => (/^\d+$/.test(value) ? Number(value) : undefined),
    expected: 'a whole number',
  },
  'dynamic-variables': json('dynamicVariables', 'a JSON object', isObject),
  'user-id': text('userId'),
  metadata: json('metadata', 'a JSON object', isObject),
  mode: oneOf('mode', 'both', 'voice', 'chat'),
  callback: flag('callback'),
  'phone-number-id': text('phoneNumberId'),
  layout: oneOf('layout', 'floating', 'inline'),
  placement: oneOf('placement', 'bottom-right', 'bottom-left', 'top-right', 'top-left'),
  theme: oneOf('theme', 'auto', 'light', 'dark'),
  heading: text('heading'),
  greeting: text('greeting'),
  'launcher-label': text('launcherLabel'),
  'avatar-src': text('avatarSrc'),
  starters: json('starters', 'a JSON array of strings', isStrings),
  'consent-text': text('consentText'),
  'terms-url': text('termsUrl'),
  'privacy-url': text('privacyUrl'),
  'consent-key': text('consentKey'),
  audience: oneOf('audience', 'visitor', 'tester'),
  persist: oneOf('persist', 'session', 'local', 'none'),
};

/** Properties that no attribute sets. */
export const PLAIN_PROPERTIES = ['strings', 'transports', 'fetch', 'describeFailure'] as const;

const ALL_PROPERTIES = [
  ...Object.values(ATTRIBUTES).map((attribute) => attribute.property),
  ...PLAIN_PROPERTIES,
];

/** Values of one element's properties, whichever way they were set last. */
export class PropertyValues {
  readonly #values = new Map<string, unknown>();

  get(property: string): unknown {
    return this.#values.get(property) ?? fallbackOf(property);
  }

  set(property: string, value: unknown): void {
    this.#values.set(property, value);
  }

  /** Takes an attribute's new value; an unreadable one warns once and counts as absent. */
  setFromAttribute(name: string, value: string | null): void {
    const attribute = ATTRIBUTES[name];
    if (!attribute) return;
    const parsed = value === null ? undefined : attribute.parse(value);
    if (value !== null && parsed === undefined) {
      console.warn(
        `<osmtalk-widget> ${name}="${value.slice(0, 60)}" is ignored: expected ${attribute.expected}.`,
      );
    }
    this.#values.set(attribute.property, parsed);
  }

  /**
   * Defines an accessor for every property on `prototype`. `valuesOf` finds the values of an instance, `changed` is told
   * of each set.
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

  /** Properties that a page set before the element was upgraded sit on the instance and hide the accessors: sets them anew. */
  static upgrade(element: object, extra: readonly string[]): void {
    for (const property of [...ALL_PROPERTIES, ...extra]) {
      if (!Object.hasOwn(element, property)) continue;
      const value: unknown = Reflect.get(element, property);
      Reflect.deleteProperty(element, property);
      Reflect.set(element, property, value);
    }
  }
}

function fallbackOf(property: string): unknown {
  for (const attribute of Object.values(ATTRIBUTES))
    if (attribute.property === property) return attribute.fallback;
  return undefined;
}
