import type { ElementDocs } from './element-docs.js';

type Attribute = ElementDocs['attributes'][number];

/** Returns the data for `html.customData` in VS Code (https://github.com/microsoft/vscode-custom-data). */
export function vscodeHtmlData(element: ElementDocs): object {
  const { tagName, summary, attributes } = element;
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: summary,
        attributes: attributes.map((attribute) => ({
          name: attribute.name,
          description: attribute.description,
          ...(isFlag(attribute) && { valueSet: 'v' }),
          ...(words(attribute).length > 0 && { values: words(attribute).map((name) => ({ name })) }),
        })),
      },
    ],
  };
}

/** Returns web-types (https://github.com/JetBrains/web-types), which JetBrains editors find by their name in package.json. */
export function webTypes(element: ElementDocs, version: string): object {
  const fields = element.members.filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic);
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: 'osmtalk-widget',
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: element.tagName,
            description: element.summary,
            attributes: element.attributes.map((attribute) => ({
              ...named(attribute),
              ...(attribute.default !== undefined && { default: attribute.default.replaceAll('"', '') }),
              value: isFlag(attribute) ? { type: 'boolean', required: false } : { type: typeOf(attribute) },
            })),
            slots: element.slots.map(named),
            js: {
              properties: fields.map((field) => ({
                ...named(field),
                type: typeOf(field),
                ...(field.readonly && { 'read-only': true }),
              })),
              events: element.events.map((event) => ({ ...named(event), type: typeOf(event) })),
            },
            css: {
              parts: element.cssParts.map(named),
              properties: element.cssProperties.map(named),
            },
          },
        ],
      },
    },
  };
}

function named({ name, description }: { name: string; description?: string }): object {
  return { name, description };
}

function typeOf({ type }: { type?: { text: string } }): string {
  return type?.text.replace(' | undefined', '') ?? 'unknown';
}

function isFlag(attribute: Attribute): boolean {
  return typeOf(attribute) === 'boolean';
}

/** Returns the values of an attribute that takes one of several words; an empty list for any other. */
function words(attribute: Attribute): string[] {
  return [...typeOf(attribute).matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
}
