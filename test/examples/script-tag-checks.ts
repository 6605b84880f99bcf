import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { NamedCheck, Stage } from './check.js';
import { packedSite, putScript } from './packed-site.js';

/** Where a CDN might have it. */
const CDN = 'cdn/npm/osmtalk-widget@0.1.0/dist';
const OTHER_VERSION = 'other-version';
const TAMPERED = 'tampered';
const NO_CHUNKS = 'no-chunks';

/** Written so far. Each has a name of its own: several are looked at side by side. */
let pages = 0;

const SETTINGS = { 'agent-id': 'agent_receptionist', 'api-key': 'osm_demo', 'base-url': '/' };
const ELEMENT = `<osmtalk-widget ${inMarkup(SETTINGS)}></osmtalk-widget>`;
const IN_DATA = inMarkup(
  Object.fromEntries(Object.entries(SETTINGS).map(([key, value]) => [`data-${key}`, value])),
);

/** The packed script, as it is and as it may go wrong, on the site. */
export function putScripts(): void {
  putScript(CDN);
  putScript(OTHER_VERSION, (dist) => edit(`${dist}/osmtalk-widget.js`, '0.1.0', '9.9.9'));
  putScript(TAMPERED, (dist) => edit(`${dist}/${panelChunk()}`, /$/, '\n;'));
  putScript(NO_CHUNKS, (dist) => rmSync(`${dist}/chunks`, { recursive: true }));
}

export const scriptTagChecks: readonly NamedCheck[] = [
  ...(['async', 'defer', ''] as const).flatMap((how) => [
    works(`${how || 'plain'} in the head, before its element`, page(script(how), ELEMENT)),
    works(`${how || 'plain'} at the end, after its element`, page('', `${ELEMENT}${script(how)}`)),
    works(`${how || 'plain'} in the head, with data attributes`, page(script(how, IN_DATA), '')),
    works(
      `${how || 'plain'} at the end, with data attributes`,
      page('', `<main></main>${script(how, IN_DATA)}`),
    ),
  ]),
  works('twice on a page', page(script('async') + script('defer'), `${ELEMENT}${script('')}`)),
  [
    'script tag: late, by a tag manager',
    async (stage) => {
      await visit(stage, page('', ''));
      await stage.widget.page.evaluate(
        ([src, settings]) => {
          const element = document.createElement('script');
          element.src = src;
          for (const [name, value] of Object.entries(settings)) element.setAttribute(`data-${name}`, value);
          document.head.append(element);
        },
        [source(CDN), SETTINGS] as const,
      );
      await opens(stage);
    },
  ],
  [
    'script tag: two versions on a page, where the first one stays',
    async (stage) => {
      await visit(stage, page(script('', '', OTHER_VERSION) + script(''), ELEMENT));
      await opens(stage);
      expect(await version(stage)).toBe('9.9.9');
    },
  ],
  [
    'script tag: an element in the shadow root of another, whose events still reach the page',
    async (stage) => {
      const inside = `<div><template shadowrootmode="open">${ELEMENT}</template></div>`;
      await visit(stage, page(script('async'), inside));
      await opens(stage);
      expect(await stage.widget.details('osmtalk-open')).toHaveLength(1);
    },
  ],
  [
    'script tag: from another origin, with its integrity',
    async (stage) => {
      const other = stage.backend.url.replace('localhost', '127.0.0.1');
      await visit(
        stage,
        page(script(`crossorigin integrity="${integrityOf('osmtalk-widget.js')}"`, '', CDN, other), ELEMENT),
      );
      await opens(stage);
    },
  ],
  [
    'script tag: another script with that integrity is refused, and the page goes on',
    async (stage) => {
      const refused = script(`integrity="${integrityOf('osmtalk-widget.js')}"`, '', OTHER_VERSION);
      await visit(stage, page(refused, ELEMENT));
      expect(await version(stage)).toBeUndefined();
      await goesOn(stage);
    },
  ],
  [
    'script tag: chunks with their integrity in an import map',
    async (stage) => {
      await visit(stage, page(importMap(CDN) + script('async'), ELEMENT));
      await opens(stage);
      await visit(stage, page(importMap(TAMPERED) + script('async', '', TAMPERED), ELEMENT));
      await failsToOpen(stage);
    },
  ],
  [
    'script tag: without its chunks there is one line on the console, and the page goes on',
    async (stage) => {
      await visit(stage, page(script('async', '', NO_CHUNKS), ELEMENT));
      await failsToOpen(stage);
      expect(stage.complaints).toHaveLength(1);
      await goesOn(stage);
    },
  ],
  [
    'script tag: without an agent-id there is one line on the console',
    async (stage) => {
      await visit(stage, page(script('async'), '<osmtalk-widget></osmtalk-widget>'));
      await stage.widget.button('Talk to us').click();
      await stage.widget.page.getByRole('dialog').waitFor();
      await expect.poll(() => stage.complaints).toEqual(['<osmtalk-widget> needs an agent-id attribute.']);
      await goesOn(stage);
    },
  ],
];

function works(title: string, html: string): NamedCheck {
  return [
    `script tag: ${title}`,
    async (stage) => {
      await visit(stage, html);
      await opens(stage);
    },
  ];
}

function page(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>A site</title>${head}</head>
<body><button type="button" onclick="this.textContent = 'Sold'">Buy</button>${body}</body></html>`;
}

function script(how: string, data = '', folder = CDN, origin = ''): string {
  return `<script ${how} src="${origin}${source(folder)}" ${data}></script>`;
}

function importMap(folder: string): string {
  const file = panelChunk();
  const integrity = { [source(folder, file)]: integrityOf(file) };
  return `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
}

function source(folder: string, file = 'osmtalk-widget.js'): string {
  return `/${folder}/${file}`;
}

/** From a real server: to Chromium a page that the test makes up is on the public internet, and may not load from here. */
async function visit({ widget, backend }: Stage, html: string): Promise<void> {
  const folder = join(packedSite.public, 'a-site');
  mkdirSync(folder, { recursive: true });
  pages += 1;
  const file = `page-${pages}.html`;
  writeFileSync(join(folder, file), html);
  await widget.page.goto(`${backend.url}/a-site/${file}`);
}

/** One launcher, which opens the panel, and nothing on the console. */
async function opens({ widget, complaints }: Stage): Promise<void> {
  await widget.button('Talk to us').click();
  await expect(widget.page.getByRole('dialog')).toBeVisible();
  await expect(widget.button('Start a call')).toBeVisible();
  await expect(widget.element).toHaveCount(1);
  expect(complaints).toEqual([]);
}

async function failsToOpen({ widget }: Stage): Promise<void> {
  await widget.button('Talk to us').click();
  await expect.poll(() => widget.details('osmtalk-error')).toMatchObject([{ code: 'load-failed' }]);
  await expect(widget.element).not.toHaveAttribute('open');
}

async function goesOn({ widget }: Stage): Promise<void> {
  await widget.button('Buy').click();
  await expect(widget.button('Sold')).toBeVisible();
}

function version({ widget }: Stage): Promise<unknown> {
  return widget.page.evaluate(
    () => (customElements.get('osmtalk-widget') as { version?: string } | undefined)?.version,
  );
}

function inMarkup(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}

function integrityOf(file: string): string {
  const hashes = JSON.parse(readFileSync(join(packedSite.package, 'dist/sri.json'), 'utf8')) as Record<
    string,
    string
  >;
  const hash = hashes[file];
  if (hash === undefined) throw new Error(`dist/sri.json has no hash of ${file}`);
  return hash;
}

function panelChunk(): string {
  const found = readdirSync(join(packedSite.package, 'dist/chunks')).find((file) =>
    file.startsWith('panel-'),
  );
  if (found === undefined) throw new Error('The tarball has no panel');
  return `chunks/${found}`;
}

function edit(path: string, from: string | RegExp, to: string): void {
  const code = readFileSync(path, 'utf8');
  const edited = code.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
  if (edited === code) throw new Error(`${path} has nothing to replace`);
  writeFileSync(path, edited);
}
