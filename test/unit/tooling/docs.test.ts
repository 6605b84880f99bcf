import { check } from 'prettier';
import { describe, expect, it } from 'vitest';
import { fillReadme } from '../../../.ci/docs.js';
import type { ElementDocs } from '../../../.build/element-docs.js';

const NAMES = ['attributes', 'properties', 'methods', 'events', 'slots', 'parts', 'css', 'sizes'];
const EMPTY_README = `# Title\n\n${NAMES.map((name) => `<!-- ${name}:start -->\n<!-- ${name}:end -->\n`).join('\n')}\nThe end.\n`;

const ELEMENT: ElementDocs = {
  tagName: 'osmtalk-widget',
  members: [
    { kind: 'field', name: 'mode', attribute: 'mode', type: { text: "'both' | 'voice'" } },
    {
      kind: 'field',
      name: 'callId',
      readonly: true,
      type: { text: 'string | null' },
      description: 'The call.',
    },
    { kind: 'field', name: 'describe', type: { text: '((reason: unknown) => Words) | undefined' } },
    { kind: 'field', name: 'version', static: true, type: { text: 'string' } },
    {
      kind: 'method',
      name: 'sendMessage',
      parameters: [{ name: 'text', type: { text: 'string' } }],
      return: { type: { text: 'Promise<void>' } },
      description: 'Sends.',
    },
  ],
  attributes: [
    {
      name: 'mode',
      fieldName: 'mode',
      type: { text: "'both' | 'voice' | undefined" },
      default: '"both"',
      description: 'What is\noffered.',
    },
  ],
  events: [
    { name: 'osmtalk-open', type: { text: 'CustomEvent<null>' }, description: 'Opened.' },
    { name: 'osmtalk-call-end', type: { text: 'CustomEvent<{id: string | null}>' }, description: 'Ended.' },
  ],
  slots: [{ name: 'header', description: 'On top.' }],
  cssParts: [{ name: 'panel', description: 'The dialog.' }],
  cssProperties: [{ name: '--osmtalk-text', default: '#16181d', description: 'Colour.' }],
};

const LOADS = [
  { name: 'panel', files: ['a.js', 'b.js'], bytes: 23_910 },
  { name: 'livekit-transport', files: ['c.js'], bytes: 105_600 },
];

describe('fillReadme', () => {
  it.each([
    ['attributes', ['`mode`', '`mode`', "`'both' \\| 'voice'`", '`both`', 'What is offered.']],
    ['properties', ['`callId`', '`string \\| null`', 'The call. Read only.']],
    ['properties', ['`describe`', '`(reason: unknown) => Words`', '']],
    ['properties', ['`OsmtalkWidget.version`', '`string`', '']],
    ['methods', ['`sendMessage(text: string): Promise<void>`', 'Sends.']],
    ['events', ['`osmtalk-open`', '', 'Opened.']],
    ['events', ['`osmtalk-call-end`', '`{id: string \\| null}`', 'Ended.']],
    ['slots', ['`header`', 'On top.']],
    ['parts', ['`panel`', 'The dialog.']],
    ['css', ['`--osmtalk-text`', '`#16181d`', 'Colour.']],
    ['sizes', ['`panel`', '2', '23.3 KB', '25 KB']],
    ['sizes', ['`livekit-transport`', '1', '103.1 KB', '']],
  ])('writes into %s the row %j', async (name, cells) => {
    const filled = await fillReadme(EMPTY_README, ELEMENT, LOADS);
    expect(rowsOf(filled, name)).toContainEqual(cells);
  });

  it('leaves out properties that an attribute sets: they stand in the table of attributes', async () => {
    const filled = await fillReadme(EMPTY_README, ELEMENT, LOADS);
    expect(rowsOf(filled, 'properties').map(([property]) => property)).not.toContain('`mode`');
  });

  it('changes nothing in a README that is up to date, nor does prettier', async () => {
    const filled = await fillReadme(EMPTY_README, ELEMENT, LOADS);
    expect(await fillReadme(filled, ELEMENT, LOADS)).toBe(filled);
    expect(await check(filled, { filepath: 'README.md', singleQuote: true, printWidth: 110 })).toBe(true);
  });

  it('replaces what stood between the marks and keeps the rest', async () => {
    const old = EMPTY_README.replace(
      '<!-- slots:start -->',
      '<!-- slots:start -->\n\nOld words, $& and $1.\n\n',
    );
    const filled = await fillReadme(old, ELEMENT, LOADS);
    expect(filled).toBe(await fillReadme(EMPTY_README, ELEMENT, LOADS));
    expect(filled).toContain('The end.');
  });

  it('names the marks that are missing', async () => {
    const readme = EMPTY_README.replace('<!-- events:end -->', '');
    await expect(fillReadme(readme, ELEMENT, LOADS)).rejects.toThrow(
      '<!-- events:start --> … <!-- events:end -->',
    );
  });
});

/** The cells of each row of a generated table. */
function rowsOf(readme: string, name: string): string[][] {
  const table = readme.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? '';
  const lines = table.trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
