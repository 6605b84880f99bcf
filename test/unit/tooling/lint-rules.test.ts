import { beforeAll, expect, it } from 'vitest';
import { runLint } from './run-lint.js';

/** What no file of this project may contain: the rule, where, and the smallest code that breaks it. */
const WRONG: [rule: string, path: string, code: string][] = [
  ['typescript(no-floating-promises)', 'src/call/a.ts', 'export function f(p: Promise<void>): void { p; }'],
  [
    'typescript(no-misused-promises)',
    'src/call/b.ts',
    'export function f(p: Promise<void>): number { if (p) return 1; return 2; }',
  ],
  [
    'typescript(await-thenable)',
    'src/call/c.ts',
    'export async function f(n: number): Promise<void> { await n; }',
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'src/call/d.ts',
    "export function f(x: 'a' | 'b'): void { switch (x) { case 'a': return; } }",
  ],
  [
    'typescript(consistent-type-imports)',
    'src/call/e.ts',
    "import { CallState } from './call-state.js'; export const s: CallState = 'idle';",
  ],
  ['typescript(no-explicit-any)', 'src/call/f.ts', 'export const x: any = 1;'],
  [
    'typescript(no-non-null-assertion)',
    'src/call/g.ts',
    'export function f(x: string | null): string { return x!; }',
  ],
  ['eslint(eqeqeq)', 'src/call/h.ts', 'export function f(x: unknown): boolean { return x == 1; }'],
  ['eslint(no-console)', 'src/call/i.ts', "console.log('x');"],
  ['eslint(no-eval)', 'src/call/j.ts', "eval('1');"],
  ['eslint(no-new-func)', 'src/call/k.ts', "export const f = new Function('return 1');"],
  ['typescript(no-implied-eval)', 'src/call/l.ts', "setTimeout('f()', 1);"],
  ['eslint(max-lines)', 'src/call/m.ts', 'export {};\n'.repeat(301)],
  ['import(no-default-export)', 'src/call/n.ts', 'export default 1;'],
  ['import(no-cycle)', 'src/call/o.ts', "export { p } from './p.js'; export const o = 1;"],
  ['import(no-cycle)', 'src/call/p.ts', "export { o } from './o.js'; export const p = 1;"],
  [
    'import(no-cycle)',
    'src/call/circle-one.ts',
    "import type { Two } from './circle-two.js'; export interface One { two: Two }",
  ],
  [
    'import(no-cycle)',
    'src/call/circle-two.ts',
    "import type { One } from './circle-one.js'; export interface Two { one?: One }",
  ],
  [
    'house(import-rules)',
    'src/i18n/a.ts',
    'export const load = (language: string) => import(`./${language}.js`);',
  ],
  ['unicorn(filename-case)', 'src/call/notKebab.ts', 'export const x = 1;'],
  ['house(json-of-pages)', 'src/call/r.ts', 'export const x = JSON.stringify([1]);'],
  ['house(late-loading)', 'src/call/late.ts', "export const f = () => import('./call-state.js');"],
  [
    'house(late-loading)',
    'src/call/later.ts',
    "const lazy = (x: string) => x; export const f = async () => [await import('./call-state.js'), lazy('x')];",
  ],

  [
    'eslint(no-restricted-properties)',
    'src/element/a.ts',
    "export const f = (e: Element) => { e.innerHTML = ''; };",
  ],
  [
    'eslint(no-restricted-properties)',
    'src/element/b.ts',
    "export const f = (e: Element) => { e.outerHTML = ''; };",
  ],
  [
    'eslint(no-restricted-properties)',
    'src/element/c.ts',
    "export const f = (e: Element) => { e.insertAdjacentHTML('beforeend', ''); };",
  ],
  [
    'eslint(no-restricted-properties)',
    'demo/page/a.ts',
    "export const f = (e: Element) => { e.innerHTML = ''; };",
  ],
  [
    'eslint(no-restricted-imports)',
    'src/element/panel/a.ts',
    "export { unsafeHTML } from 'lit/directives/unsafe-html.js';",
  ],
  [
    'eslint(no-restricted-imports)',
    'src/element/panel/b.ts',
    "export { unsafeSVG } from 'lit/directives/unsafe-svg.js';",
  ],
  ['house(safe-templates)', 'src/element/panel/c.ts', 'export const x = html`<p style="color: red"></p>`;'],
  [
    'house(safe-templates)',
    'src/element/panel/d.ts',
    'export const x = html`<p class="a" .innerHTML=${text}></p>`;',
  ],
  [
    'house(safe-templates)',
    'src/element/e.ts',
    "export const f = (e: Element) => e.setAttribute('style', '');",
  ],
  ['house(safe-templates)', 'src/element/f.ts', 'export const x = \'<p style="color: red">\';'],
  ['lit(quoted-expressions)', 'src/element/panel/g.ts', 'export const x = html`<p class="${text}"></p>`;'],
  [
    'lit(no-duplicate-template-bindings)',
    'src/element/panel/h.ts',
    'export const x = html`<p a=${x} a=${y}></p>`;',
  ],
  [
    'wc(no-closed-shadow-root)',
    'src/element/g.ts',
    "export class X extends Base { f(): void { this.attachShadow({ mode: 'closed' }); } }",
  ],
  [
    'wc(no-constructor-params)',
    'src/element/h.ts',
    'export class X extends Base { constructor(x: string) { super(); f(x); } }',
  ],

  ['eslint(no-restricted-properties)', 'test/unit/only.test.ts', "it.only('x', f);"],
  ['eslint(no-restricted-properties)', 'test/e2e/only.spec.ts', "test.describe.only('x', f);"],
  ['eslint(no-restricted-properties)', 'test/e2e/wait.spec.ts', 'await page.waitForTimeout(100);'],
  ['house(no-sleep)', 'test/unit/sleep.test.ts', 'await new Promise((done) => setTimeout(done, 100));'],
  [
    'house(no-sleep)',
    'test/browser/sleep.test.ts',
    'const wait = (ms) => new Promise((done) => window.setTimeout(done, ms));',
  ],
  [
    'eslint(no-restricted-imports)',
    'test/unit/timers.test.ts',
    "import { setTimeout as wait } from 'node:timers/promises'; await wait(100);",
  ],
  ['vitest(no-disabled-tests)', 'test/unit/skip.test.ts', "import { it } from 'vitest'; it.skip('x', f);"],
  ['vitest(expect-expect)', 'test/unit/empty.test.ts', "import { it } from 'vitest'; it('x', () => {});"],
];

/** Not what those rules are about. */
const RIGHT: [rule: string, path: string, code: string][] = [
  ['house(no-sleep)', 'test/unit/fake.test.ts', 'vi.useFakeTimers(); setTimeout(answer, 100);'],
  ['house(safe-templates)', 'src/element/panel/right.ts', 'export const x = html`<p class=${x}></p>`;'],
  ['house(json-of-pages)', 'src/relay/right.ts', 'export const x = JSON.stringify([1]);'],
  [
    'house(late-loading)',
    'src/call/late-right.ts',
    "import { lazy } from '../async/lazy.js'; export const f = lazy(() => import('./call-state.js'));",
  ],
  ['eslint(no-console)', 'src/element/warning.ts', "console.warn('x');"],
];

let broken: Map<string, string[]>;

beforeAll(async () => {
  broken = await runLint({
    'src/call/call-state.ts': "export type CallState = 'idle';",
    ...Object.fromEntries([...WRONG, ...RIGHT].map(([, path, code]) => [path, code])),
  });
});

it.each(WRONG)('%s refuses %s', (rule, path) => {
  expect(broken.get(path)).toContain(rule);
});

it.each(RIGHT)('%s allows %s', (rule, path) => {
  expect(broken.get(path)).not.toContain(rule);
});
