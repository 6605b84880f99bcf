import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findProblems } from '../../../.ci/check-floor.js';
import { FLOOR } from '../../../.ci/floor.js';
import { findNewFeatures } from '../../../.ci/new-features.js';

/** Planted faults: each is newer than the floor in one browser or more. */
const TOO_NEW: [key: string, code: string][] = [
  ['api.AbortSignal.any_static', 'AbortSignal.any([one, other]);'],
  ['api.AbortSignal.any_static', 'globalThis.AbortSignal.any([one, other]);'],
  ['api.URL.canParse_static', 'if (URL.canParse(text)) go();'],
  ['api.HTMLElement.togglePopover', 'root.togglePopover(true);'],
  ['api.HTMLElement.togglePopover', '(root as { togglePopover?: () => void }).togglePopover?.();'],
  ['api.Navigator.wakeLock', 'const { wakeLock } = navigator;'],
  ['api.Navigator.wakeLock', "await navigator.wakeLock.request('screen');"],
  ['api.Document.startViewTransition', 'document.startViewTransition(change);'],
  ['api.Window.requestIdleCallback', 'requestIdleCallback(run);'],
  ['api.Window.requestIdleCallback', 'globalThis.requestIdleCallback?.(run);'],
  ['api.ClipboardItem', 'new ClipboardItem({});'],
  ['api.CloseWatcher', 'const watcher = new CloseWatcher();'],
  ['javascript.builtins.Promise.withResolvers', 'const { promise } = Promise.withResolvers<void>();'],
  ['javascript.builtins.Object.groupBy', 'const groups = Object.groupBy(all, kindOf);'],
  ['javascript.builtins.Array.fromAsync', 'await Array.fromAsync(stream);'],
  ['javascript.builtins.Set.union', 'const both = ours.union(theirs);'],
  ['javascript.builtins.Intl.Segmenter', "new Intl.Segmenter('ja');"],
  ['javascript.builtins.RegExp.unicodeSets', String.raw`const emoji = /\p{RGI_Emoji}/v;`],
  ['html.global_attributes.popover', 'html`<div popover="manual"></div>`;'],
  ['html.elements.details.name', 'html`<details name="one"></details>`;'],
  ['css.types.color.light-dark', css('.panel { --ow-surface: light-dark(#fff, #000); }')],
  ['css.types.color.light-dark', css('.panel { color: var(--x, light-dark(#fff, #000)); }')],
  ['css.selectors.has', css('.panel:has(.card) { margin: 0; }')],
  ['css.selectors.dir', css('.panel:dir(rtl) { margin: 0; }')],
  ['css.selectors.open', css('details:open { margin: 0; }')],
  ['css.selectors.nesting', css('.panel { &:hover { margin: 0; } }')],
  ['css.properties.field-sizing', css('textarea { field-sizing: content; }')],
  ['css.properties.anchor-name', css('.panel { margin: 0; anchor-name: --launcher }')],
  ['css.at-rules.scope', css('@scope (.panel) { p { margin: 0; } }')],
  ['css.at-rules.starting-style', css('@starting-style { .panel { opacity: 0; } }')],
];

/** In every browser of the floor, or no name of the browser's at all. */
const OLD_ENOUGH: string[] = [
  'const signal = AbortSignal.timeout(5_000);',
  'const sorted = all.toSorted(compare);',
  'all.findLast(isTyped)?.at(-1);',
  'const { clipboard } = navigator;',
  'type Part = Pick<HTMLElement, "togglePopover">; let part: ClipboardItem | undefined;',
  'function requestIdleCallback(run: () => void): void { run(); }\nrequestIdleCallback(go);',
  "import { ClipboardItem } from './ours.js';\nnew ClipboardItem();",
  'entry.role; this.take(1);',
  'html`<p dir="auto" lang=${language}></p>`;',
  'const text = `{"popover": "light-dark("}`;',
  css('.panel { color: color-mix(in srgb, red 14%, transparent); height: 100dvh; inset: 0; }'),
  css('/* .panel:has(p) { color: light-dark(red, blue) } */ .panel:is(a, b):focus-visible { color: red; }'),
  css('@media (prefers-color-scheme: dark) { .root[data-theme=auto] { --ow-light: var(--ow-nothing,); } }'),
];

describe('findNewFeatures', () => {
  it.each(TOO_NEW)('finds %s in %s', (key, code) => {
    expect(findNewFeatures('a.ts', code).map(({ feature }) => feature.key)).toContain(key);
  });

  it.each(OLD_ENOUGH)('finds nothing in %s', (code) => {
    expect(findNewFeatures('a.ts', code).map(({ feature }) => feature.key)).toEqual([]);
  });

  it('says where', () => {
    const [use] = findNewFeatures('a.ts', 'const one = 1;\nrequestIdleCallback(run);');
    expect(use).toMatchObject({ file: 'a.ts', line: 2 });
  });
});

describe('findProblems', () => {
  const uses = findNewFeatures('src/a.ts', 'requestIdleCallback(run);');
  const fallback = { 'api.Window.requestIdleCallback': { 'src/a.ts': 'a timer' } };

  it('refuses what has no fallback in that file', () => {
    const problem =
      /^src\/a\.ts:1 uses api\.Window\.requestIdleCallback, which is above the floor: safari never/;
    expect(findProblems(uses, {})).toEqual([expect.stringMatching(problem)]);
    const elsewhere = { 'api.Window.requestIdleCallback': { 'src/b.ts': 'a timer' } };
    expect(findProblems(uses, elsewhere)).toContainEqual(expect.stringMatching(problem));
  });

  it('lets pass what has one', () => {
    expect(findProblems(uses, fallback)).toEqual([]);
  });

  it('refuses a fallback that nothing needs', () => {
    expect(findProblems([], fallback)).toEqual([
      '.ci/floor.ts has a fallback for api.Window.requestIdleCallback in src/a.ts, which does not use it',
    ]);
  });
});

it.each(['README.md', 'demo/docs/browsers.md'])('is the floor that %s names', (paper) => {
  const named = Object.entries(FLOOR).map(([browser, version]) => `${browser} ${version}`);
  const text = readFileSync(paper, 'utf8').replace(/\s+/g, ' ');
  for (const each of named) expect(text).toContain(each);
});

function css(text: string): string {
  return `export const styles = \`${text}\`;`;
}
