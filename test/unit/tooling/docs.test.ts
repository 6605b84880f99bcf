import { check } from 'prettier';
import { describe, expect, it } from 'vitest';
import { fillPages } from '../../../.ci/docs.js';
import type { ElementDocs } from '../../../.build/element-docs.js';

const NAMES = ['attributes', 'properties', 'methods', 'events', 'slots', 'parts', 'css', 'sizes'];
const EMPTY = `# Title\n\n${NAMES.map((name) => `<!-- ${name}:start -->\n<!-- ${name}:end -->\n`).join('\n')}\nThe end.\n`;

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

describe('fillPages', () => {
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
    const filled = await fill(EMPTY);
    expect(rowsOf(filled, name)).toContainEqual(cells);
  });

  it('leaves out properties that an attribute sets: they stand in the table of attributes', async () => {
    const filled = await fill(EMPTY);
    expect(rowsOf(filled, 'properties').map(([property]) => property)).not.toContain('`mode`');
  });

  it('changes nothing in a page that is up to date, nor does prettier', async () => {
    const filled = await fill(EMPTY);
    expect(await fill(filled)).toBe(filled);
    expect(await check(filled, { filepath: 'README.md', singleQuote: true, printWidth: 110 })).toBe(true);
  });

  it('replaces what stood between the marks and keeps the rest', async () => {
    const old = EMPTY.replace('<!-- slots:start -->', '<!-- slots:start -->\n\nOld words, $& and $1.\n\n');
    const filled = await fill(old);
    expect(filled).toBe(await fill(EMPTY));
    expect(filled).toContain('The end.');
  });

  it('fills each table in the page that has its marks', async () => {
    const [before = '', after = ''] = EMPTY.split('<!-- events:start -->');
    const pages = { 'README.md': before, 'demo/docs/a.md': `<!-- events:start -->${after}` };
    const filled = await fillPages(pages, ELEMENT, LOADS);
    expect(Object.keys(filled)).toEqual(Object.keys(pages));
    const whole = await fill(EMPTY);
    for (const name of NAMES) {
      const [first, second] = Object.values(filled).map((page) => rowsOf(page, name));
      const isFirst = before.includes(`<!-- ${name}:end -->`);
      expect([first, second], name).toEqual(isFirst ? [rowsOf(whole, name), []] : [[], rowsOf(whole, name)]);
    }
  });

  it('leaves a page without marks as it is', async () => {
    const text = '# Words\nand   no table\n';
    const filled = await fillPages({ 'README.md': EMPTY, 'demo/docs/a.md': text }, ELEMENT, LOADS);
    expect(filled['demo/docs/a.md']).toBe(text);
  });

  it('names the marks that no page has', async () => {
    const page = EMPTY.replace('<!-- events:end -->', '');
    const pages = { 'README.md': page, 'demo/docs/a.md': '<!-- events:end -->\n' };
    await expect(fillPages(pages, ELEMENT, LOADS)).rejects.toThrow(
      'No page has <!-- events:start --> … <!-- events:end -->',
    );
  });
});

/** The one page of a documentation that has but one. */
async function fill(page: string): Promise<string> {
  const { page: filled = '' } = await fillPages({ page }, ELEMENT, LOADS);
  return filled;
}

/** The cells of each row of a generated table. */
function rowsOf(page: string, name: string): string[][] {
  const table = page.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? '';
  const lines = table.trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
