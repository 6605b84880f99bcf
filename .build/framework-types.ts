import type { ElementDocs } from './element-docs.js';

const HEAD = '// Generated from custom-elements.json by .build/framework-types.ts.\n';

/** Returns the type files of the frameworks, by their name in `dist/types/`. */
export function frameworkTypes(element: ElementDocs): Record<string, string> {
  const tag = element.tagName;
  return {
    'framework-props.d.ts': propsFile(element),
    'react.d.ts': framework(
      `import type { DetailedHTMLProps, HTMLAttributes } from 'react';`,
      handlers(element, (event) => `on${event}`),
      `declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tag}': With<DetailedHTMLProps<HTMLAttributes<OsmtalkWidget>, OsmtalkWidget>>;
    }
  }
}`,
    ),
    'preact.d.ts': framework(
      `import type { HTMLAttributes } from 'preact';`,
      handlers(element, (event) => `on${event}`),
      `declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      '${tag}': With<HTMLAttributes<OsmtalkWidget>>;
    }
  }
}`,
    ),
    'solid.d.ts': framework(
      `import type { JSX } from 'solid-js';`,
      handlers(element, (event) => `on:${event}`),
      `type ForcedProps = { [Name in keyof WidgetProps as \`prop:\${Name}\`]?: WidgetProps[Name] };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      '${tag}': With<JSX.HTMLAttributes<OsmtalkWidget>> & ForcedProps;
    }
  }
}`,
    ),
    'vue.d.ts': framework(
      `import type { HTMLAttributes, ReservedProps } from 'vue';`,
      handlers(element, inPascalCase),
      `declare module 'vue' {
  interface GlobalComponents {
    '${tag}': new () => OsmtalkWidget & { $props: With<HTMLAttributes & ReservedProps> };
  }
}`,
    ),
    'svelte.d.ts': framework(
      `import type { HTMLAttributes } from 'svelte/elements';`,
      handlers(element, (event) => `on${event}`),
      `declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${tag}': With<HTMLAttributes<OsmtalkWidget>>;
  }
}`,
    ),
  };
}

/** Returns a type file. Importing it imports the package, and makes the tag known in that framework's templates. */
function framework(imports: string, events: string, augmentation: string): string {
  return `${HEAD}import type { OsmtalkEventMap, OsmtalkWidget } from './element.js';
import type { WidgetProps } from './framework-props.js';
${imports}

export * from './index.js';

interface Handlers {
${events}
}

type With<Known> = Omit<Known, keyof WidgetProps | keyof Handlers> & WidgetProps & Handlers;

${augmentation}
`;
}

function propsFile(element: ElementDocs): string {
  const fields = element.members.filter(
    ({ kind, readonly, static: isStatic }) => kind === 'field' && !readonly && !isStatic,
  );
  const properties = fields.map(({ name, description }) =>
    optional(name, `OsmtalkWidget['${name}']`, description),
  );
  const attributes = element.attributes
    .filter(({ name, fieldName }) => name !== fieldName)
    .map(({ name, fieldName, type, description }) =>
      optional(name, attributeType(`OsmtalkWidget['${fieldName}']`, type?.text ?? ''), description),
    );
  return `${HEAD}import type { OsmtalkWidget } from './element.js';

/** What a template may set: every property, and every attribute that is not called like its property. */
export interface WidgetProps {
${[...properties, ...attributes].join('\n')}
}
`;
}

/** Returns the type of an attribute: in markup a number may be in quotes, and a value that is neither word nor number is JSON. */
function attributeType(property: string, type: string): string {
  const bare = type.replace(' | undefined', '');
  if (bare === 'number') return `${property} | \`\${number}\``;
  return bare === 'string' || bare === 'boolean' || bare.startsWith("'") ? property : 'string | undefined';
}

function handlers(element: ElementDocs, nameOf: (event: string) => string): string {
  return element.events
    .map(({ name, description }) =>
      optional(nameOf(name), `((event: OsmtalkEventMap['${name}']) => void) | undefined`, description),
    )
    .join('\n');
}

function optional(name: string, type: string, description = ''): string {
  const text = description.replace(/\s+/g, ' ').replaceAll('*/', '*\\/');
  return `${text && `  /** ${text} */\n`}  '${name}'?: ${type};`;
}

/** `osmtalk-open` is `@osmtalk-open` in a template of Vue, and `onOsmtalkOpen` in its types. */
function inPascalCase(event: string): string {
  return `on${event.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}
