import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ATTRIBUTES, kindOf, PropertyValues } from '../../../src/contract/attributes.js';

const warn = vi.spyOn(console, 'warn');
beforeEach(() => void warn.mockReset().mockImplementation(() => undefined));

/** What the property is after the attribute was set, and what was said about it. */
function read(name: string, value: string | null): { value: unknown; warnings: string[] } {
  const values = new PropertyValues();
  values.setFromAttribute(name, value);
  const warnings = warn.mock.calls.map(([text]) => String(text));
  return { value: values.get(ATTRIBUTES.get(name) ?? ''), warnings };
}

/** Attribute, its property, and what the property is without it. */
const TABLE: [name: string, property: string, fallback: unknown][] = [
  ['agent-id', 'agentId', undefined],
  ['api-key', 'apiKey', undefined],
  ['base-url', 'baseUrl', 'https://api.osmtalk.com'],
  ['organization-id', 'organizationId', undefined],
  ['agent-version', 'agentVersion', undefined],
  ['dynamic-variables', 'dynamicVariables', undefined],
  ['user-id', 'userId', undefined],
  ['metadata', 'metadata', undefined],
  ['mode', 'mode', 'both'],
  ['layout', 'layout', 'floating'],
  ['placement', 'placement', 'bottom-right'],
  ['theme', 'theme', 'auto'],
  ['heading', 'heading', undefined],
  ['greeting', 'greeting', undefined],
  ['launcher-label', 'launcherLabel', undefined],
  ['avatar-src', 'avatarSrc', undefined],
  ['starters', 'starters', undefined],
  ['consent-text', 'consentText', undefined],
  ['terms-url', 'termsUrl', undefined],
  ['privacy-url', 'privacyUrl', undefined],
  ['consent-key', 'consentKey', undefined],
  ['audience', 'audience', 'visitor'],
  ['persist', 'persist', 'session'],
  ['keep-call', 'keepCall', 'announced'],
  ['languages', 'languages', undefined],
  ['launcher', 'launcher', 'button'],
  ['teaser', 'teaser', undefined],
  ['teaser-after', 'teaserAfter', undefined],
  ['teaser-on', 'teaserOn', undefined],
  ['teaser-repeat', 'teaserRepeat', 'session'],
  ['data-layer', 'dataLayer', false],
  ['report-url', 'reportUrl', undefined],
];

/** What no attribute can set. */
const PROPERTY_ONLY = ['strings', 'transports', 'fetch', 'describeFailure'];

describe.each(TABLE)('%s', (name, property, fallback) => {
  it(`sets ${property}`, () => expect(ATTRIBUTES.get(name)).toBe(property));

  it('has its default while it is not set', () =>
    expect(new PropertyValues().get(property)).toEqual(fallback));

  it('has its default again when it is taken away', () => {
    const values = new PropertyValues();
    values.set(property, 'something');
    values.setFromAttribute(name, null);
    expect(values.get(property)).toEqual(fallback);
  });

  it('can be undone as a property too', () => {
    const values = new PropertyValues();
    values.set(property, 'something');
    values.set(property, undefined);
    expect(values.get(property)).toEqual(fallback);
  });
});

describe('text', () => {
  const names = TABLE.filter(([, property]) => kindOf(property)[1] === 'text').map(([name]) => name);

  it.each(names)('is taken as it is: %s', (name) => {
    for (const value of ['Hello', '', ' ', '{"a":1}', '007']) {
      expect(read(name, value)).toEqual({ value, warnings: [] });
    }
  });
});

describe('a choice', () => {
  const choices: [name: string, words: string[]][] = [
    ['mode', ['both', 'voice', 'chat']],
    ['layout', ['floating', 'inline', 'side']],
    ['placement', ['bottom-right', 'bottom-left', 'top-right', 'top-left']],
    ['theme', ['auto', 'light', 'dark']],
    ['audience', ['visitor', 'tester']],
    ['persist', ['session', 'local', 'none']],
    ['keep-call', ['announced', 'always', 'never']],
    ['launcher', ['button', 'icon', 'call-and-message', 'bar', 'none']],
    ['teaser-repeat', ['session', 'once', 'always']],
  ];

  it.each(choices)('knows the words of %s', (name, words) => {
    for (const word of words) expect(read(name, word)).toEqual({ value: word, warnings: [] });
  });

  describe.each(choices)('that makes no sense for %s', (name, words) => {
    it.each(['fax', '', 'toString', ' inline', 'BOTH'])('falls back and says so once: %j', (word) => {
      expect(read(name, word)).toEqual({
        value: words[0],
        warnings: [`<osmtalk-widget> ${name}="${word}" is ignored: expected ${words.join(', ')}.`],
      });
    });
  });
});

describe('a value to be read', () => {
  it.each([
    ['agent-version', '3', 3],
    ['agent-version', '0', 0],
    ['agent-version', '012', 12],
    ['dynamic-variables', '{}', {}],
    [
      'dynamic-variables',
      '{"first name":"Ada","n":2,"deep":{"a":[1]}}',
      { 'first name': 'Ada', n: 2, deep: { a: [1] } },
    ],
    ['metadata', '{"page":"/"}', { page: '/' }],
    ['starters', '[]', []],
    ['starters', '["One","Two"]', ['One', 'Two']],
    ['starters', '["One",{"label":"2","text":"Two"}]', ['One', { label: '2', text: 'Two' }]],
    ['languages', '["en","de"]', ['en', 'de']],
    ['data-layer', '', true],
    ['data-layer', 'false', false],
  ])('is read: %s=%j', (name, value, expected) =>
    expect(read(name, value)).toEqual({ value: expected, warnings: [] }),
  );

  it.each([
    ['agent-version', '', 'a whole number'],
    ['agent-version', '1.5', 'a whole number'],
    ['agent-version', '-1', 'a whole number'],
    ['agent-version', '1e3', 'a whole number'],
    ['agent-version', 'latest', 'a whole number'],
    ['dynamic-variables', '', 'a JSON object'],
    ['dynamic-variables', '{name: "Ada"}', 'a JSON object'],
    ['dynamic-variables', '["Ada"]', 'a JSON object'],
    ['dynamic-variables', 'null', 'a JSON object'],
    ['dynamic-variables', '"Ada"', 'a JSON object'],
    ['metadata', '7', 'a JSON object'],
    ['metadata', '{"a":1', 'a JSON object'],
    ['starters', 'One, Two', 'a JSON array'],
    ['starters', '{"0":"One"}', 'a JSON array'],
    ['languages', 'en de', 'a JSON array'],
  ])('is not guessed: %s=%j is as good as absent, and named in one warning', (name, value, expected) => {
    const warning = `<osmtalk-widget> ${name}="${value}" is ignored: expected ${expected}.`;
    expect(read(name, value)).toEqual({ value: undefined, warnings: [warning] });
  });

  it('is not repeated at length in a warning', () => {
    expect(read('metadata', 'x'.repeat(10_000)).warnings[0]?.length).toBeLessThan(200);
  });

  it('that is bad takes the place of a good one before it', () => {
    const values = new PropertyValues();
    values.setFromAttribute('agent-version', '3');
    values.setFromAttribute('agent-version', 'latest');
    expect(values.get('agentVersion')).toBeUndefined();
    expect(warn).toHaveBeenCalledOnce();
  });
});

it('leaves attributes alone that are not its own', () => {
  const values = new PropertyValues();
  for (const name of ['lang', 'open', 'class', 'style']) values.setFromAttribute(name, 'x');
  for (const [, property, fallback] of TABLE) expect(values.get(property)).toEqual(fallback);
  expect(warn).not.toHaveBeenCalled();
});

describe('an element', () => {
  let changes = 0;
  beforeEach(() => (changes = 0));

  class TestElement {
    declare mode: unknown;
    declare agentId: unknown;
    declare dynamicVariables: unknown;
    declare strings: unknown;
    readonly values = new PropertyValues();
    opened: unknown;
    set open(open: unknown) {
      this.opened = open;
    }
    static {
      PropertyValues.define(
        this.prototype,
        (element) => element.values,
        () => changes++,
      );
    }
  }

  it('has every property, and tells of each that is set', () => {
    const element = new TestElement();
    const properties = [...TABLE.map(([, property]) => property), ...PROPERTY_ONLY];
    for (const property of properties) {
      expect(property in element, property).toBe(true);
      Reflect.set(element, property, 'new');
      expect(Reflect.get(element, property), property).toBe('new');
    }
    expect(changes).toBe(properties.length);
  });

  it('shares nothing with another', () => {
    const [one, other] = [new TestElement(), new TestElement()];
    one.mode = 'voice';
    expect(other.mode).toBe('both');
  });

  it('has what was set last, whichever way', () => {
    const element = new TestElement();
    element.values.setFromAttribute('mode', 'voice');
    expect(element.mode).toBe('voice');
    element.mode = 'chat';
    expect(element.mode).toBe('chat');
    element.values.setFromAttribute('mode', 'both');
    expect(element.mode).toBe('both');
  });

  /** As a page leaves it behind that sets properties before the tag is defined. */
  function setEarly(properties: Record<string, unknown>): TestElement {
    const element = new TestElement();
    for (const [name, value] of Object.entries(properties)) {
      Object.defineProperty(element, name, { value, configurable: true, enumerable: true, writable: true });
    }
    PropertyValues.upgrade(element, ['open']);
    return element;
  }

  it('takes over what was set before it was upgraded', () => {
    const strings = { send: 'Go' };
    const element = setEarly({ agentId: 'agent_1', dynamicVariables: { a: 1 }, strings, open: true });
    expect(element.values.get('agentId')).toBe('agent_1');
    expect(element).toMatchObject({ agentId: 'agent_1', dynamicVariables: { a: 1 }, strings, opened: true });
    expect(changes).toBe(3);
  });

  it('hears of later changes to what was set early', () => {
    const element = setEarly({ agentId: 'agent_1' });
    expect(Object.hasOwn(element, 'agentId')).toBe(false);
    element.agentId = 'agent_2';
    expect(element.values.get('agentId')).toBe('agent_2');
  });

  it('leaves properties of the page alone', () => {
    const element = setEarly({ somethingElse: 7 });
    expect(Object.hasOwn(element, 'somethingElse')).toBe(true);
    expect(changes).toBe(0);
  });
});
