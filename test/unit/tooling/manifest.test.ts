import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { ElementDocs } from '../../../.build/element-docs.js';
import { ATTRIBUTES, kindOf } from '../../../src/contract/attributes.js';
import { EVENT_NAMES } from '../../../src/contract/events.js';

interface Manifest {
  modules: { path: string; declarations?: (ElementDocs & { superclass: object })[]; exports: object[] }[];
}

let manifest: Manifest;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'osmtalk-manifest-'));
  const options = [
    '--config',
    '.build/custom-elements.config.mjs',
    '--quiet',
    '--outdir',
    relative('.', folder),
  ];
  execFileSync('node_modules/.bin/cem', ['analyze', ...options]);
  manifest = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as Manifest;
  rmSync(folder, { recursive: true });
});

it.each([...ATTRIBUTES])('describes %s as the element reads it', (name, property) => {
  expect(attribute(name)).toMatchObject({
    fieldName: property,
    type: { text: expect.any(String) as string },
    description: expect.any(String) as string,
  });
  expect(attribute(name)?.default).toBe(JSON.stringify(kindOf(property)[2]));
  expect(member(property)).toMatchObject({ attribute: name, type: attribute(name)?.type });
});

it('describes no other attribute but open, which is reflected, and lang', () => {
  const names = element().attributes.map((each) => each.name);
  expect(names.toSorted()).toEqual([...ATTRIBUTES.keys(), 'open', 'lang'].toSorted());
  expect(attribute('open')).toMatchObject({ fieldName: 'open', type: { text: 'boolean' }, default: 'false' });
  expect(member('open')).toMatchObject({ attribute: 'open', reflects: true });
  expect(attribute('lang')).toMatchObject({ fieldName: 'lang', type: { text: 'string' } });
});

it('describes public members only, each with a type', () => {
  for (const each of element().members) {
    expect(each.name).toMatch(/^[a-z]\w+$/);
    expect(each.kind === 'method' ? each.return?.type?.text : each.type?.text, each.name).toBeTruthy();
  }
});

it('describes every event, and no other', () => {
  expect(
    element()
      .events.map(({ name }) => name)
      .toSorted(),
  ).toEqual(EVENT_NAMES.toSorted());
});

it('gives the detail of every event', () => {
  for (const event of element().events) expect(event.type?.text, event.name).toMatch(/^CustomEvent<.+>$/);
});

it('names the files of the package and the class of the browser', () => {
  expect(element().superclass).toEqual({ name: 'HTMLElement', package: 'global:' });
  expect(manifest.modules.map(({ path }) => path)).toEqual(['dist/element.js', 'dist/index.js']);
  expect(manifest.modules[1]?.exports).toContainEqual({
    kind: 'custom-element-definition',
    name: 'osmtalk-widget',
    declaration: { name: 'OsmtalkWidget', module: 'dist/element.js' },
  });
});

function element(): ElementDocs & { superclass: object } {
  const [declaration] = manifest.modules[0]?.declarations ?? [];
  if (!declaration) throw new Error('The manifest describes no element');
  return declaration;
}

function attribute(name: string): ElementDocs['attributes'][number] | undefined {
  return element().attributes.find((each) => each.name === name);
}

function member(name: string): ElementDocs['members'][number] | undefined {
  return element().members.find((each) => each.name === name);
}
