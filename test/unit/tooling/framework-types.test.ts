import { describe, expect, it } from 'vitest';
import { vscodeHtmlData, webTypes } from '../../../.build/editor-data.js';
import type { ElementDocs } from '../../../.build/element-docs.js';
import { frameworkTypes } from '../../../.build/framework-types.js';

const ELEMENT: ElementDocs = {
  tagName: 'osmtalk-widget',
  summary: 'Talk.',
  members: [
    { kind: 'field', name: 'theme', attribute: 'theme', type: { text: "'auto' | 'dark'" } },
    { kind: 'field', name: 'agentVersion', attribute: 'agent-version', description: 'A number.' },
    { kind: 'field', name: 'callId', readonly: true, type: { text: 'string | null' } },
    { kind: 'field', name: 'version', static: true, type: { text: 'string' } },
    { kind: 'method', name: 'show' },
  ],
  attributes: [
    { name: 'theme', fieldName: 'theme', type: { text: "'auto' | 'dark'" }, default: '"auto"' },
    { name: 'agent-id', fieldName: 'agentId', type: { text: 'string | undefined' } },
    { name: 'agent-version', fieldName: 'agentVersion', type: { text: 'number | undefined' } },
    { name: 'user-data', fieldName: 'userData', type: { text: 'Record<string, unknown> | undefined' } },
    { name: 'open', fieldName: 'open', type: { text: 'boolean' } },
  ],
  events: [{ name: 'osmtalk-call-end', type: { text: 'CustomEvent<End>' }, description: 'It is\nover. */' }],
  slots: [{ name: 'header', description: 'The title.' }],
  cssParts: [{ name: 'panel', description: 'The dialog.' }],
  cssProperties: [{ name: '--osmtalk-text', description: 'Text colour.' }],
};

describe('frameworkTypes', () => {
  const files = frameworkTypes(ELEMENT);
  const props = files['framework-props.d.ts'];

  it('has every property that can be set, and no other', () => {
    expect(props).toContain("'theme'?: OsmtalkWidget['theme'];");
    expect(props).toContain("/** A number. */\n  'agentVersion'?: OsmtalkWidget['agentVersion'];");
    expect(props).not.toMatch(/'(callId|version|show)'/);
  });

  it('has the attributes that are not called like their property, as markup writes them', () => {
    expect(props).toContain("'agent-id'?: OsmtalkWidget['agentId'];");
    expect(props).toContain("'agent-version'?: OsmtalkWidget['agentVersion'] | `${number}`;");
    expect(props).toContain("'user-data'?: string | undefined;");
    expect(props?.match(/'theme'\?/g)).toHaveLength(1);
  });

  it.each([
    ['react', 'onosmtalk-call-end'],
    ['preact', 'onosmtalk-call-end'],
    ['svelte', 'onosmtalk-call-end'],
    ['solid', 'on:osmtalk-call-end'],
    ['vue', 'onOsmtalkCallEnd'],
  ])('names an event as %s does', (framework, name) => {
    expect(files[`${framework}.d.ts`]).toContain(
      `/** It is over. *\\/ */\n  '${name}'?: ((event: OsmtalkEventMap['osmtalk-call-end']) => void) | undefined;`,
    );
  });
});

describe('editor data', () => {
  it('tells VS Code the words of an attribute, and which one has no value', () => {
    const { tags } = vscodeHtmlData(ELEMENT) as { tags: { name: string; attributes: { name: string }[] }[] };
    expect(tags[0]?.name).toBe('osmtalk-widget');
    const attribute = (name: string) => tags[0]?.attributes.find((each) => each.name === name);
    expect(attribute('theme')).toMatchObject({ values: [{ name: 'auto' }, { name: 'dark' }] });
    expect(attribute('open')).toMatchObject({ valueSet: 'v' });
    expect(attribute('agent-id')).not.toHaveProperty('values');
  });

  it('tells JetBrains attributes, properties, events, slots, parts and custom properties', () => {
    expect(webTypes(ELEMENT, '1.2.3')).toMatchObject({
      name: 'osmtalk-widget',
      version: '1.2.3',
      contributions: {
        html: {
          elements: [
            {
              name: 'osmtalk-widget',
              attributes: [
                { name: 'theme', default: 'auto', value: { type: "'auto' | 'dark'" } },
                { name: 'agent-id', value: { type: 'string' } },
                { name: 'agent-version', value: { type: 'number' } },
                { name: 'user-data', value: { type: 'Record<string, unknown>' } },
                { name: 'open', value: { type: 'boolean', required: false } },
              ],
              slots: [{ name: 'header', description: 'The title.' }],
              js: {
                properties: [
                  { name: 'theme' },
                  { name: 'agentVersion' },
                  { name: 'callId', 'read-only': true },
                ],
                events: [{ name: 'osmtalk-call-end', type: 'CustomEvent<End>' }],
              },
              css: { parts: [{ name: 'panel' }], properties: [{ name: '--osmtalk-text' }] },
            },
          ],
        },
      },
    });
  });
});
