import { readFileSync } from 'node:fs';

export interface Named {
  name: string;
  description?: string;
  default?: string;
  type?: { text: string };
}

export interface Member extends Named {
  kind: 'field' | 'method';
  attribute?: string;
  readonly?: boolean;
  static?: boolean;
  parameters?: Named[];
  return?: { type?: { text: string } };
}

/** The part of the custom elements manifest that the reference, type files and editor data are made from. */
export interface ElementDocs {
  customElement?: boolean;
  tagName: string;
  summary?: string;
  members: Member[];
  attributes: (Named & { fieldName?: string })[];
  events: Named[];
  slots: Named[];
  cssParts: Named[];
  cssProperties: Named[];
}

/** Returns the one element that `dist/custom-elements.json` describes. Throws when there is none. */
export function readElementDocs(): ElementDocs {
  const { modules } = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
    modules: { declarations?: ElementDocs[] }[];
  };
  const element = modules
    .flatMap(({ declarations = [] }) => declarations)
    .find(({ customElement }) => customElement);
  if (!element) throw new Error('dist/custom-elements.json describes no element');
  return element;
}
