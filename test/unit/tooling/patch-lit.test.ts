import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { patch } from '../../../.build/patch-lit.js';

const lit = readFileSync('node_modules/lit-html/lit-html.js', 'utf8');

it('finds both places in the Lit that is installed, and changes nothing else', () => {
  const patched = patch(lit);
  expect(patched).toContain('["lit-html","osmtalk-widget"]');
  expect(patched).toContain('nodeType===3?');
  expect(patched.length - lit.length).toBeLessThan(200);
});

it('refuses a Lit that is written otherwise', () => {
  expect(() => patch(lit.replace('"lit-html"', '"lit"'))).toThrow('see .build/patch-lit.ts');
  expect(() => patch(lit.replace('nextSibling.data=', 'nextSibling.textContent='))).toThrow('patch-lit');
});
