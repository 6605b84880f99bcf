import { patchLikeOldPrototypeJs } from './old-prototype-js.js';

/** A page that does to its parts what pages do, for a widget in its midst. */
export interface HostilePage {
  name: string;
  /** Of the `html` element. */
  attributes?: string;
  css?: string;
  /** Runs before any other script. */
  script?: () => void;
  /** What a widget on a blank page needs to look like the one here. */
  blank?: Record<string, string>;
  /** Where in the page the widget stands; by default the script tag appends it to the body. */
  inside?: { before: string; after: string };
  /** What to do before the widget can be seen. */
  reveal?: () => void;
}

const STYLES: readonly HostilePage[] = [
  { name: 'everything unset', css: '* { all: unset !important }' },
  {
    name: 'a CSS reset',
    css: `*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0; border: 0; font: inherit; color: inherit; background: none; list-style: none; line-height: 1 }
      button, input, textarea { appearance: none; outline: none; border-radius: 0; min-height: 0 }`,
  },
  { name: 'a root of 62.5 %', css: 'html { font-size: 62.5% } body { font-size: 1.6rem }' },
  {
    name: 'everything that is inherited',
    css: `body { color: #c00; font: italic 700 30px/2.5 cursive; letter-spacing: 6px; word-spacing: 12px; text-transform: uppercase;
      text-align: center; text-indent: 40px; white-space: pre; visibility: visible; cursor: none; text-shadow: 3px 3px 3px #c00;
      user-select: none; list-style: square inside; hyphens: auto; font-variant: small-caps; tab-size: 1 }`,
  },
  {
    name: 'what may hide it',
    css: 'osmtalk-widget { visibility: hidden; opacity: 0; pointer-events: none; filter: blur(9px); clip-path: inset(50%) }',
  },
  {
    name: 'a transformed, clipped and filtered body',
    css: `html { height: 100% } body { transform: translate(-60px, -50px) scale(.8); filter: contrast(.9); overflow: hidden;
      height: 200px; contain: paint; perspective: 10px; will-change: transform }`,
  },
  {
    name: 'a layer above everything',
    css: '.layer { position: fixed; inset: 0; z-index: 2147483647; background: #fff }',
    inside: { before: '<div class="layer"></div>', after: '' },
  },
  {
    name: 'a stacking context below the page',
    css: '.low { position: relative; z-index: -1; isolation: isolate; overflow: clip; height: 1px }',
    inside: { before: '<div class="low">', after: '</div>' },
  },
  {
    name: 'a flex box with gaps',
    css: `body { display: flex; flex-direction: column; gap: 40px; justify-content: space-between; min-height: 80vh; margin: 0 }
      body > * + * { margin-top: 2em; border: 1px solid red; padding: 1em }`,
  },
  {
    name: 'a grid',
    css: 'body { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1em; grid-auto-rows: minmax(20px, auto) }',
  },
  {
    name: 'tokens of the widget’s own names',
    css: `* { --ow-accent: #0c0; --ow-accent-text: #c00; --ow-surface: #cc0; --ow-text: #c0c; --ow-radius: 0; --ow-offset: 200px; --ow-shadow: none }`,
  },
  {
    name: 'common names of tokens, set everywhere and registered as not inherited',
    css: [
      'accent',
      'accent-text',
      'surface',
      'text',
      'radius',
      'offset',
      'shadow',
      'line',
      'soft',
      'muted',
      'danger',
    ]
      .map((name) => `@property --${name} { syntax: '*'; inherits: false } :root, * { --${name}: 9px }`)
      .join('\n'),
  },
  {
    name: 'a page from right to left',
    attributes: 'dir="rtl" lang="ug"',
    blank: { dir: 'rtl', lang: 'ug' },
  },
  {
    name: 'a page from top to bottom',
    css: 'html { writing-mode: vertical-rl; text-orientation: upright } body { height: 50vh }',
  },
  {
    name: 'a parent that is shown later',
    css: '.later { display: none }',
    inside: { before: '<div class="later">', after: '</div>' },
    reveal: () => document.querySelector('.later')?.classList.remove('later'),
  },
];

const SCRIPTS: readonly HostilePage[] = [
  {
    name: 'arrays and objects with more to enumerate',
    script: () => {
      const hostile = (): string => 'hostile';
      Object.assign(Array.prototype, { first: hostile, each: hostile, remove: hostile });
      Object.assign(Object.prototype, { extend: hostile, hostile: 'yes' });
      Object.assign(Function.prototype, { bindAsEventListener: hostile });
      Object.assign(String.prototype, { strip: hostile });
    },
  },
  {
    name: 'old Prototype.js',
    script: patchLikeOldPrototypeJs,
  },
  {
    name: 'a remove() that needs a parent element',
    script: () => {
      Element.prototype.remove = function remove(): void {
        if (!this.parentElement) throw new TypeError('parentElement is null');
        this.parentElement.removeChild(this);
      };
    },
  },
  {
    name: 'a wrapped attachShadow',
    script: () => {
      const attachShadow = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function attach(init): ShadowRoot {
        return attachShadow.call(this, { ...init, delegatesFocus: true });
      };
    },
  },
  {
    name: 'frozen built-in objects',
    script: () => {
      for (const frozen of [customElements, CustomElementRegistry.prototype, HTMLElement.prototype])
        Object.freeze(frozen);
      for (const frozen of [Object, Array, Function, Promise, Map, Error]) Object.freeze(frozen.prototype);
    },
  },
];

export const HOSTILE_PAGES = [...STYLES, ...SCRIPTS];

/** The same text on all of them, clear of the corner in which the launcher stands. */
const CONTENT = `<h1>A page of its own</h1>
<p>With <a href="#here">a link</a>, <button type="button">a button</button> and <input value="a box" aria-label="box">.</p>
<ul><li>one</li><li>two</li></ul><table><tr><td>left</td><td>right</td></tr></table>`;

const WIDGET = { 'agent-id': 'agent_receptionist', 'api-key': 'osm_demo', 'base-url': '/' };

/** Nothing but the widget, in the place that the script tag gives it; as an element where it has more than the tag sets. */
export function blankPageFor({ blank }: HostilePage): string {
  return htmlOf(
    {
      name: 'blank',
      css: 'body > :not(osmtalk-widget) { display: none }',
      ...(blank && { inside: { before: '', after: '' } }),
    },
    { ...WIDGET, ...blank },
  );
}

/** The HTML of a page; to compare, without a widget. */
export function htmlOf(page: HostilePage, attributes: Record<string, string> | null = WIDGET): string {
  const write = (prefix: string): string =>
    Object.entries(attributes ?? {})
      .map(([name, value]) => `${prefix}${name}="${value}"`)
      .join(' ');
  const { before, after } = page.inside ?? { before: '', after: '' };
  const element = attributes && page.inside ? `<osmtalk-widget ${write('')}></osmtalk-widget>` : '';
  const tag = `<script async src="/osmtalk-widget.js" ${page.inside ? '' : write('data-')}></script>`;
  return `<!doctype html><html ${page.attributes ?? 'lang="en"'}><head><meta charset="utf-8"><title>Host</title>
<link rel="icon" href="data:,">
<style>${page.css ?? ''}</style><script>(${page.script?.toString() ?? '() => {}'})()</script>
${attributes ? tag : ''}</head><body>${CONTENT}${before}${element}${after}</body></html>`;
}
