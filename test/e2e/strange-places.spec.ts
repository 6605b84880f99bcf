import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { FrameLocator, Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';

test.use({
  permissions: ['microphone'],
  timings: { chatPieceGapMs: 20 },
});

interface Place {
  head?: string;
  body?: string;
  base?: string;
}

/** A page with the script tag of the documentation, whose script, API and own address may all be of other origins. */
function pageWith(url: string, { head = '', body = '', base = '' }: Place = {}): string {
  return `<!doctype html><html lang="en"><head>${base}<title>A strange place</title>${head}
<script async crossorigin src="${url}/osmtalk-widget.js" data-agent-id="agent_echo" data-api-key="osm_demo" data-base-url="${url}"></script>
</head><body><h1>Acme</h1>${body}</body></html>`;
}

/** A server of their own: what a test answers for a server has no address, and may then reach none on this machine. */
const pages = new Map<string, { html: string; policy: string | undefined }>();
const server = createServer(({ url = '' }, response) => {
  const { html = '', policy } = pages.get(url) ?? {};
  response.setHeader('content-type', 'text/html; charset=utf-8');
  if (policy !== undefined) response.setHeader('content-security-policy', policy);
  response.end(html);
});

test.beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
test.afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Its address. */
function put(path: string, html: string, policy?: string): string {
  pages.set(path, { html, policy });
  return `http://localhost:${(server.address() as AddressInfo).port}${path}`;
}

async function visit(page: Page, html: string, policy?: string): Promise<void> {
  await page.goto(put('/page', html, policy));
}

async function expectChat(place: Page | FrameLocator): Promise<void> {
  await place.getByRole('button', { name: 'Talk to us' }).click();
  await write(place, 'Good morning');
  await expect(place.getByRole('log').getByRole('listitem')).toHaveCount(2);
  await expect(place.getByRole('log').getByRole('listitem').last()).toHaveAttribute('data-status', 'sent');
}

async function write(place: Page | FrameLocator, text: string): Promise<void> {
  const box = place.getByRole('textbox', { name: 'Message' });
  await box.fill(text);
  await box.press('Enter');
}

test('a page of the file system', async ({ widget, page, backend }, testInfo) => {
  const file = testInfo.outputPath('page.html');
  writeFileSync(file, pageWith(backend.url));
  await page.goto(pathToFileURL(file).href);
  await expectChat(page);
  await page.reload();
  await expect(widget.button('Talk to us')).toBeVisible();
  expect(widget.pageErrors).toEqual([]);
});

test('a sandboxed frame, which has neither an origin nor storage', async ({ widget, page, backend }) => {
  const inner = put('/inner', pageWith(backend.url));
  await visit(page, `<iframe sandbox="allow-scripts" width="500" height="700" src="${inner}"></iframe>`);
  const frame = page.frameLocator('iframe');
  await expectChat(frame);
  await frame.getByRole('button', { name: 'Start a call' }).click();
  await expect(frame.getByRole('alert')).toBeVisible();
  expect(widget.pageErrors).toEqual([]);
});

test('an intranet without https: chat, a card in place of a call, and a word when nothing is copied', async ({
  widget,
  page,
  backend,
}) => {
  await page.route('http://intranet.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/page') return route.fulfill({ contentType: 'text/html', body: html });
    return route.fulfill({ response: await route.fetch({ url: backend.url + pathname }) });
  });
  const html = pageWith('http://intranet.test');
  await page.goto('http://intranet.test/page');
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await expectChat(page);
  await widget.button('Save or rate this conversation').click();
  await widget.button('Copy transcript').click();
  await expect(page.getByText('Your browser does not let us copy')).toBeVisible();
  await widget.button('Start a call').click();
  await expect(widget.card).toContainText(/https|secure/i);
  expect(widget.pageErrors).toEqual([]);
});

test('a page whose <base> is elsewhere', async ({ widget, page, backend }) => {
  const base = '<base href="https://elsewhere.example/deep/" target="_blank">';
  await visit(page, pageWith(backend.url, { base }));
  await expectChat(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(widget.pageErrors).toEqual([]);
});

const FOREIGN_POLICY = `<script>trustedTypes.createPolicy('lit-html', { createHTML: (text) => text });</script>`;

for (const [name, policy] of [
  ['none is required', 'trusted-types lit-html'],
  ['ours is allowed', "require-trusted-types-for 'script'; trusted-types lit-html osmtalk-widget"],
  ['it may be made twice', "require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'"],
] as const) {
  test(`a page that has made a Trusted Types policy of Lit’s name, where ${name}`, async ({
    widget,
    page,
    backend,
  }) => {
    await visit(page, pageWith(backend.url, { head: FOREIGN_POLICY }), policy);
    await expectChat(page);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('a page that allows no policy but its own is told why the panel cannot be shown', async ({
  widget,
  page,
  backend,
}) => {
  const policy = "require-trusted-types-for 'script'; trusted-types lit-html";
  await visit(page, pageWith(backend.url, { head: FOREIGN_POLICY }), policy);
  await widget.button('Talk to us').click();
  await expect
    .poll(async () => (await widget.details('osmtalk-error')).map(({ code, message }) => [code, message]))
    .toEqual([['load-failed', expect.stringMatching(/TrustedHTML|Trusted/)]]);
  expect(widget.pageErrors).toEqual([]);
});

test('an older element of the same name was there first', async ({ widget, page, backend }) => {
  const head = `<script>customElements.define('osmtalk-widget', class extends HTMLElement {
    connectedCallback() { this.textContent = 'Version 0.0.1 of ' + this.getAttribute('agent-id'); }
  });</script>`;
  await visit(page, pageWith(backend.url, { head }));
  await expect(page.getByText('Version 0.0.1 of agent_echo')).toBeVisible();
  expect(widget.pageErrors).toEqual([]);
});

test('two versions of the script: the first one runs the page, the other one is quiet', async ({
  widget,
  page,
  backend,
}) => {
  // Another address and another build, as far as a browser can tell.
  await page.route('**/newer/**', async (route) => {
    const response = await route.fetch({ url: route.request().url().replace('/newer/', '/') });
    await route.fulfill({ response, body: `/* newer */${await response.text()}` });
  });
  const head = `<script defer crossorigin src="${backend.url}/newer/osmtalk-widget.js"></script>`;
  await visit(page, pageWith(backend.url, { head }));
  await page.waitForLoadState('networkidle');
  await expect(widget.button('Talk to us')).toHaveCount(1);
  await expectChat(page);
  expect(widget.pageErrors).toEqual([]);
});

test('a visitor who saves data gets the panel at the press and not before', async ({
  widget,
  page,
  backend,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } }),
  );
  await visit(page, pageWith(backend.url));
  await expect(widget.button('Talk to us')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(widget.requests.filter((request) => request.includes('/chunks/'))).toEqual([]);
  await expectChat(page);
});

test('an extension that translates: every text is taken out and put back in another element', async ({
  widget,
  page,
  backend,
}) => {
  await visit(page, pageWith(backend.url));
  await widget.button('Talk to us').click();
  await page.getByRole('dialog').waitFor();
  await page.evaluate(translateForGood);
  await expect(page.getByRole('heading', { name: '⟨Acme⟩' })).toBeVisible();
  const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
  for (const count of [2, 4]) {
    const box = page.getByRole('dialog').locator('textarea').first();
    await box.fill(words);
    await box.press('Enter');
    const items = widget.log.getByRole('listitem');
    await expect(items).toHaveCount(count);
    await expect(items.last()).toHaveAttribute('data-status', 'sent');
    // Neither stale nor twice.
    await expect(items.last()).toContainText(/word59(?!.*word59)/s);
  }
  await page.getByRole('button', { name: /Start a call/ }).click();
  await widget.reached('connected');
  await expect(page.locator('.call-state strong')).toHaveText(/^⟨(Listening|Speaking|Thinking)⟩$/);
  await page.getByRole('button', { name: /^Mute/ }).click();
  await expect(page.locator('.call-state')).toContainText('You are muted');
  await page.getByRole('button', { name: /^End call/ }).click();
  await widget.reached('ended');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(widget.pageErrors).toEqual([]);
});

/** Goes into open shadow roots and stays there, as some extensions do. Nothing is a word to it that it has put there itself. */
function translateForGood(): void {
  const isText = (node: Node): node is Text => node.nodeType === Node.TEXT_NODE;
  const translate = (text: Text): void => {
    if (text.data.trim() === '' || text.parentElement?.closest('font, script, style, textarea')) return;
    const font = (): Element => document.createElementNS('http://www.w3.org/1999/xhtml', 'font');
    const outer = font();
    const inner = outer.appendChild(font());
    inner.textContent = `⟨${text.data.trim()}⟩`;
    text.replaceWith(outer);
  };
  const visitAll = (root: Node): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const texts: Text[] = [];
    for (let node: Node | null = root; node; node = walker.nextNode()) {
      if (isText(node)) texts.push(node);
      else if (node instanceof Element && node.shadowRoot) follow(node.shadowRoot);
    }
    texts.forEach(translate);
  };
  const follow = (root: Node): void => {
    visitAll(root);
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records)
        for (const node of [target, ...addedNodes]) if (node.isConnected) visitAll(node);
    }).observe(root, { childList: true, characterData: true, subtree: true });
  };
  follow(document.body);
}
