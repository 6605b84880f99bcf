import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { bundled, libraryFile, openSite, scriptTag, writeSite } from '../support/page-site.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ permissions: ['microphone'] });

/** A site of two pages with the widget's script in the head of both, and a library that goes from one to the other. */
interface Site {
  head: string;
  scripts: Record<string, string>;
  /** On a page's body. */
  attributes?: string;
  /** Wraps the content of a page. */
  wrap?: (content: string) => string;
}

function pagesOf(
  { head, attributes = '', wrap = (content) => content }: Site,
  script: string,
): Record<string, string> {
  const page = (
    name: string,
    other: string,
  ): string => `<!doctype html><html lang="en"><head><title>${name}</title>
    ${script}${head}</head><body ${attributes}>${wrap(`<h1>Page ${name}</h1><a href="${other}.html">To ${other}</a>`)}</body></html>`;
  return { 'one.html': page('one', 'two'), 'two.html': page('two', 'one') };
}

const turbo = libraryFile('@hotwired/turbo/dist/turbo.es2017-umd.js');

const sites: Record<string, () => Promise<Site>> = {
  Turbo: async () => ({ head: `<script src="turbo.js"></script>`, scripts: { 'turbo.js': turbo } }),
  'Turbo, morphing': async () => ({
    head: `<script src="turbo.js"></script><script>
      addEventListener('turbo:before-render', (event) => { event.detail.renderMethod = 'morph'; });</script>`,
    scripts: { 'turbo.js': turbo },
  }),
  htmx: async () => ({
    head: `<script src="htmx.js"></script>`,
    attributes: 'hx-boost:inherited="true"',
    scripts: { 'htmx.js': libraryFile('htmx.org/dist/htmx.min.js') },
  }),
  swup: async () => ({
    head: `<script src="swup.js"></script><script>addEventListener('DOMContentLoaded', () => new Swup({ animationSelector: false }))</script>`,
    wrap: (content) => `<main id="swup">${content}</main>`,
    scripts: { 'swup.js': libraryFile('swup/dist/Swup.umd.js') },
  }),
  'swup, with the body’s content as its container': async () => ({
    head: `<script src="swup.js"></script><script>addEventListener('DOMContentLoaded', () => new Swup({ animationSelector: false, containers: ['body'] }))</script>`,
    scripts: { 'swup.js': libraryFile('swup/dist/Swup.umd.js') },
  }),
  // Not installable on Node 20: what its router does to the document, in the same steps and order.
  'Astro’s swap': async () => ({
    head: `<script src="astro.js"></script>`,
    scripts: {
      'astro.js': navigator(`
        for (const script of next.scripts) script.type = 'text/plain';
        for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
        for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
        document.head.replaceChildren(...next.head.children);
        document.body.replaceWith(next.body);`),
    },
  }),
  'the body replaced': async () => ({
    head: `<script src="swap.js"></script>`,
    scripts: { 'swap.js': navigator(`document.body.replaceWith(document.adoptNode(next.body));`) },
  }),
  'the content of the body replaced': async () => ({
    head: `<script src="swap.js"></script>`,
    scripts: { 'swap.js': navigator(`document.body.innerHTML = next.body.innerHTML;`) },
  }),
  'the root element replaced': async () => ({
    head: `<script src="swap.js"></script>`,
    scripts: {
      'swap.js': navigator(`document.documentElement.replaceWith(document.adoptNode(next.documentElement));`),
    },
  }),
  'idiomorph on the body': async () => ({
    head: `<script src="swap.js"></script>`,
    scripts: {
      'swap.js': `${libraryFile('idiomorph/dist/idiomorph.min.js')};${navigator(`Idiomorph.morph(document.body, next.body);`)}`,
    },
  }),
};

/** A link is followed without a reload. */
function navigator(swap: string): string {
  return `addEventListener('click', async (event) => {
    const link = event.target.closest?.('a');
    if (!link) return;
    event.preventDefault();
    const next = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html');
    ${swap}
  });`;
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: `To ${name}` }).click();
  await page.getByRole('heading', { name: `Page ${name}` }).waitFor();
}

async function visit(
  widget: WidgetPage,
  site: Site,
  script = scriptTag({ 'agent-id': 'agent_echo' }),
): Promise<void> {
  const folder = writeSite({ ...site.scripts, ...pagesOf(site, script) });
  await openSite(widget.page, `${widget.backend.url}${folder}/one.html`);
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });

for (const [name, site] of Object.entries(sites)) {
  test(`${name}: the widget comes back once, its call and conversation go on`, async ({ widget, page }) => {
    test.slow();
    await visit(widget, await site());
    await page.evaluate(() => ((window as { isSame?: boolean }).isSame = true));
    await widget.button('Talk to us').click();
    await box(page).fill('Hello');
    await widget.button('Send').click();
    await expect(widget.log.getByRole('listitem')).toHaveCount(2);
    await widget.startCall();
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
    const callId = await widget.callId();
    for (const next of ['two', 'one', 'two']) {
      await goTo(page, next);
      await expect(widget.element).toHaveCount(1);
      await expect(widget.button('End call')).toBeVisible();
    }
    const { heard } = await widget.energy();
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.001);
    expect(await widget.callId()).toBe(callId);
    // A machine that does much else may have kept the sound back for some seconds.
    await widget.reached('connected');
    await expect(widget.log.getByText('Hello', { exact: true }).first()).toBeVisible();
    await expect(box(page)).toBeVisible();
    await widget.button('End call').click();
    await widget.reached('ended');
    expect(
      await page.evaluate(() => (window as { isSame?: boolean }).isSame),
      'the page was never reloaded',
    ).toBe(true);
    expect(widget.connectRequests()).toBe(1);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('the script in the body, which Turbo runs again, and Turbo’s own copy of a page left: one widget, in its call', async ({
  widget,
  page,
}) => {
  test.slow();
  const site: Site = {
    head: `<script src="turbo.js"></script>`,
    scripts: { 'turbo.js': turbo },
    wrap: (content) => `${content}${scriptTag({ 'agent-id': 'agent_echo' })}`,
  };
  await visit(widget, site, '');
  await widget.button('Talk to us').click();
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  const callId = await widget.callId();
  await goTo(page, 'two');
  await expect(widget.button('End call')).toBeVisible();
  await page.goBack();
  await page.getByRole('heading', { name: 'Page one' }).waitFor();
  await expect(widget.button('End call')).toBeVisible();
  await expect(widget.element).toHaveCount(1);
  expect(await widget.callId()).toBe(callId);
});

test('React hydrates the whole document, and clears it where the HTML is not what it expects', async ({
  widget,
  page,
}) => {
  const react = await bundled(`import React from 'react'; import { hydrateRoot } from 'react-dom/client';
    const App = ({ title }) => <html lang="en"><head><title>Site</title></head><body><h1>{title}</h1></body></html>;
    window.hydrate = (title) => hydrateRoot(document, <App title={title} />, { onRecoverableError: () => {} });`);
  for (const title of ['As sent', 'Another']) {
    const site = writeSite({
      'one.html': `<!doctype html><html lang="en"><head><title>Site</title>${scriptTag()}<script src="react.js"></script></head><body><h1>As sent</h1></body></html>`,
      'react.js': react,
    });
    await openSite(page, `${widget.backend.url}${site}/one.html`);
    await widget.button('Talk to us').click();
    await box(page).fill('Hel');
    await page.evaluate(
      (text) => (window as unknown as { hydrate(title: string): void }).hydrate(text),
      title,
    );
    await page.getByRole('heading', { name: title }).waitFor();
    await expect(widget.element).toHaveCount(1);
    await expect(box(page)).toHaveValue('Hel');
  }
  expect(widget.pageErrors).toEqual([]);
});

test('document.write: the widget comes back once, with its conversation', async ({ widget, page }) => {
  await visit(widget, { head: '', scripts: {} });
  await widget.button('Talk to us').click();
  await box(page).fill('Hel');
  await page.evaluate(() => {
    document.open();
    // oxlint-disable-next-line typescript/no-deprecated -- What old pages do.
    document.write('<!doctype html><title>New</title><body><h1>Written</h1>');
    document.close();
  });
  await page.getByRole('heading', { name: 'Written' }).waitFor();
  await expect(widget.element).toHaveCount(1);
  await expect(box(page)).toHaveValue('Hel');
});

test('who writes as the page is replaced writes on', async ({ widget, page }) => {
  await visit(widget, { head: '', scripts: {} });
  await widget.button('Talk to us').click();
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('Hel');
  await page.evaluate(() => document.body.replaceWith(document.createElement('body')));
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('lo');
  await expect(box(page)).toHaveValue('Hello');
});

test('remove() takes the widget away for good, also before a page that is replaced', async ({
  widget,
  page,
}) => {
  await visit(widget, { head: '', scripts: {} });
  await widget.element.evaluate((element) => element.remove());
  await page.evaluate(() => document.body.replaceWith(document.createElement('body')));
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await expect(widget.element).toHaveCount(0);
});
