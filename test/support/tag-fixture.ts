import { readFileSync } from 'node:fs';
import { expect, test as base } from './backend-fixture.js';
import type { WidgetPage } from './widget-page.js';

interface TagFixtures {
  /** Opens a page with this in its head and body: `CDN` is the origin of the script, `SITE` that of the page, `CODE` the script itself. */
  visitTag: (head: string, body?: string) => Promise<void>;
  /** What the widget said on the console. */
  said: string[];
}

export const test = base.extend<TagFixtures>({
  visitTag: async ({ page, site, scriptHost, backend }, use) => {
    site.add('jquery.js', readFileSync('node_modules/jquery/dist/jquery.min.js', 'utf8'));
    const fill = (markup: string): string =>
      markup
        .replaceAll('CDN', scriptHost.url)
        .replaceAll('SITE', backend.url)
        .replaceAll('CODE', () => readFileSync('dist/osmtalk-widget.js', 'utf8'));
    await use(async (head, body = '') => {
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title><link rel="icon" href="data:,">${head}</head>
        <body><h1>A site</h1>${body}</body></html>`;
      await page.goto(backend.url + site.put(fill(html)));
    });
  },
  said: async ({ page }, use) => {
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('<osmtalk-widget>')) said.push(message.text());
    });
    await use(said);
  },
});

export { expect };

export const AGENT = { 'agent-id': 'agent_receptionist', 'api-key': 'osm_demo', 'base-url': '/' };
export const ELEMENT = `<osmtalk-widget ${inMarkup(AGENT)}></osmtalk-widget>`;
export const DATA = inMarkup(AGENT, 'data-');
export const QUERY = String(new URLSearchParams(AGENT));

export const script = (attributes: string, path = ''): string =>
  `<script ${attributes} src="CDN/${path}osmtalk-widget.js"></script>`;

export const settings = `window.osmtalkSettings = { agentId: 'agent_receptionist', apiKey: 'osm_demo', 'base-url': '/' };`;

export interface Tag {
  name: string;
  head?: string;
  body?: string;
  /** A file below the CDN. */
  path?: string;
}

export async function chats(widget: WidgetPage): Promise<void> {
  await widget.button('Talk to us').click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
}

export function inMarkup(attributes: Record<string, string>, prefix = ''): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${prefix}${name}="${value}"`)
    .join(' ');
}
