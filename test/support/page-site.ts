import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { rolldown } from 'rolldown';

/** One of the folders of the test backend. */
export const SITES = '.cache/sites';

const require = createRequire(import.meta.url);

/** A file of an installed library, as its own documentation puts it into a page. */
export function libraryFile(name: string): string {
  return readFileSync(`node_modules/${name}`, 'utf8');
}

/** What a site builds from libraries that have no file of their own for a page: one classic script. */
export async function bundled(code: string): Promise<string> {
  const build = await rolldown({
    input: 'entry',
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: 'react-jsx' },
    onLog: () => undefined,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) =>
          id === 'entry' ? require.resolve('../../package.json').replace('package.json', 'entry.tsx') : null,
        load: (id) => (id.endsWith('/entry.tsx') ? code : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'iife' });
  return output[0].code;
}

/**
 * Writes these files of a site to where the test backend serves them from, and returns their folder. From a real server: to a
 * page that a test makes up, Chromium refuses sockets of this machine.
 */
export function writeSite(files: Record<string, string>): string {
  const name = `site-${randomUUID()}`;
  const folder = `${SITES}/${name}`;
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(`${folder}/${file}`, text);
  return `/${name}`;
}

/** The script tag of the documentation, with the settings of a test. */
export function scriptTag(settings: Record<string, string> = {}): string {
  const attributes = {
    'agent-id': 'agent_receptionist',
    'api-key': 'osm_demo',
    'base-url': '/',
    ...settings,
  };
  const data = Object.entries(attributes).map(([name, value]) => `data-${name}="${value}"`);
  return `<script async src="/osmtalk-widget.js" ${data.join(' ')}></script>`;
}

/** Opens a page of a site, and waits for what the widget fetches at idle. */
export async function openSite(page: Page, address: string): Promise<void> {
  const last = page.waitForResponse(/\/chunks\/in-page/);
  await page.goto(address);
  await (await last).finished();
}
