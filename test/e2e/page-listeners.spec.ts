import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { bundled, libraryFile, openSite, scriptTag, writeSite } from '../support/page-site.js';
import type { WidgetPage } from '../support/widget-page.js';

/** A page with this in its body, and the widget by its script tag. */
async function visit(widget: WidgetPage, body: string, scripts: Record<string, string> = {}): Promise<void> {
  const page = `<!doctype html><html lang="en"><head><title>Site</title>${scriptTag()}</head><body>${body}</body></html>`;
  const site = writeSite({ 'page.html': page, ...scripts });
  await openSite(widget.page, `${widget.backend.url}${site}/page.html`);
  await widget.button('Talk to us').waitFor();
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });

async function open(widget: WidgetPage): Promise<void> {
  await widget.button('Talk to us').click();
  await expect(box(widget.page)).toBeFocused();
}

test.describe('shortcuts of the page', () => {
  const search = `<label>Search <input id="search"></label>`;
  const naive = (target: string, capture: boolean): string => `
    ${target}.addEventListener('keydown', (event) => {
      window.pressed = (window.pressed ?? '') + event.key;
      if (['INPUT', 'TEXTAREA'].includes(event.target.tagName) || event.key !== '/') return;
      event.preventDefault();
      document.querySelector('#search').focus();
    }, ${capture});`;
  const pages: Record<string, { body: string; scripts?: Record<string, string> }> = {
    Mousetrap: {
      body: `<script src="mousetrap.js"></script><script>
        Mousetrap.bind('/', (event) => { event.preventDefault(); document.querySelector('#search').focus(); });</script>`,
      scripts: { 'mousetrap.js': libraryFile('mousetrap/mousetrap.min.js') },
    },
    'hotkeys-js': {
      body: `<script src="hotkeys.js"></script><script>
        hotkeys('/', (event) => { event.preventDefault(); document.querySelector('#search').focus(); });</script>`,
      scripts: { 'hotkeys.js': libraryFile('hotkeys-js/dist/hotkeys-js.umd.cjs') },
    },
    '@github/hotkey': { body: `<script src="github.js"></script>` },
    'a listener of the document': { body: `<script>${naive('document', false)}</script>` },
    'a listener of the window': { body: `<script>${naive('window', false)}</script>` },
    'a capturing listener of the document': { body: `<script>${naive('document', true)}</script>` },
    'a capturing listener of the window, added after the widget': {
      body: `<button onclick="${naive('window', true).replaceAll(`'`, '&#39;')}">Add</button>`,
    },
  };
  for (const [name, { body, scripts = {} }] of Object.entries(pages)) {
    test(`${name}: what is typed into the widget is typed there; outside the shortcut works`, async ({
      widget,
      page,
    }) => {
      if (name === '@github/hotkey')
        scripts['github.js'] = await bundled(
          `import { install } from '@github/hotkey';
           addEventListener('DOMContentLoaded', () => {
             const search = document.querySelector('#search'); search.dataset.hotkey = '/'; install(search); });`,
        );
      await visit(widget, `${search}${body}`, scripts);
      if (body.includes('>Add<')) await widget.button('Add').click();
      await open(widget);
      await page.keyboard.type('a/b');
      await expect(box(page)).toHaveValue('a/b');
      await expect(page.locator('#search')).toHaveValue('');
      await box(page).press('Shift+Enter');
      await page.keyboard.press('Escape');
      await expect(widget.button('Talk to us')).toBeFocused();
      await page.mouse.click(300, 300);
      await page.keyboard.press('/');
      await expect(page.locator('#search')).toBeFocused();
      expect(widget.pageErrors).toEqual([]);
    });
  }

  test('a capturing listener of the window that is older than the widget sees it as a place to write in', async ({
    widget,
    page,
  }) => {
    await page.addInitScript(() =>
      addEventListener(
        'keydown',
        (event) => {
          if (event.key !== '/' || (event.target as HTMLElement).isContentEditable) return;
          event.preventDefault();
          document.querySelector<HTMLElement>('#search')?.focus();
        },
        true,
      ),
    );
    await visit(widget, search);
    await open(widget);
    await page.keyboard.type('a/b');
    await expect(box(page)).toHaveValue('a/b');
    await widget.button('Close').focus();
    await page.keyboard.press('/');
    await expect(page.locator('#search')).toBeFocused();
  });

  test('Enter sends, Escape closes, the space bar presses buttons, and the page hears of none', async ({
    widget,
    page,
  }) => {
    await visit(widget, `<script>${naive('document', true)}</script>`);
    await open(widget);
    await page.keyboard.type('Hello');
    await page.keyboard.press('Enter');
    await expect(widget.log.getByRole('listitem')).toHaveCount(2);
    await widget.button('Close').press('Space');
    await expect(widget.button('Talk to us')).toBeFocused();
    await widget.button('Talk to us').press('Enter');
    await expect(box(page)).toBeFocused();
    expect(await page.evaluate(() => (window as { pressed?: string }).pressed)).toBe('Enter');
  });

  test('clicks, input and our own events go on to the page', async ({ widget, page }) => {
    await visit(
      widget,
      `<script>window.heard = new Set();
        for (const name of ['click', 'input', 'pointerup', 'osmtalk-open', 'osmtalk-message'])
          document.addEventListener(name, (event) => window.heard.add(event.type));</script>`,
    );
    await open(widget);
    await page.keyboard.type('Hello');
    await widget.button('Send').click();
    await expect(widget.log.getByRole('listitem')).toHaveCount(2);
    const heard = await page.evaluate(() =>
      [...(window as unknown as { heard: Set<string> }).heard].toSorted(),
    );
    expect(heard).toEqual(['click', 'input', 'osmtalk-message', 'osmtalk-open', 'pointerup']);
  });
});

test.describe('modals of the page', () => {
  const react = (body: string): string => `
    import React, { useState } from 'react'; import { createRoot } from 'react-dom/client';
    ${body}
    addEventListener('DOMContentLoaded', () => createRoot(document.querySelector('#app')).render(<App />));`;
  const modals: Record<string, string> = {
    Radix: `import * as Dialog from '@radix-ui/react-dialog';
      const App = () => <Dialog.Root><Dialog.Trigger>Order</Dialog.Trigger><Dialog.Portal><Dialog.Overlay />
        <Dialog.Content aria-describedby={undefined}><Dialog.Title>Your order</Dialog.Title><input aria-label="Name" /></Dialog.Content>
      </Dialog.Portal></Dialog.Root>;`,
    'Headless UI': `import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react';
      const App = () => { const [open, setOpen] = useState(false); return <><button onClick={() => setOpen(true)}>Order</button>
        <Dialog open={open} onClose={() => setOpen(false)}><DialogPanel><DialogTitle>Your order</DialogTitle><input aria-label="Name" /></DialogPanel></Dialog></>; };`,
    MUI: `import Modal from '@mui/material/Modal';
      const App = () => { const [open, setOpen] = useState(false); return <><button onClick={() => setOpen(true)}>Order</button>
        <Modal open={open} onClose={() => setOpen(false)}><div role="dialog" aria-modal="true" aria-label="Your order"><input aria-label="Name" /></div></Modal></>; };`,
  };
  for (const [name, code] of Object.entries(modals)) {
    test(`${name}: the visitor can write, and the modal stays`, async ({ widget, page }) => {
      await visit(widget, `<div id="app"></div><script src="app.js"></script>`, {
        'app.js': await bundled(react(code)),
      });
      await widget.button('Order').click();
      const modal = page.getByRole('dialog', { name: 'Your order' });
      await modal.getByLabel('Name').fill('Ada');
      await modal.getByLabel('Name').focus();
      await open(widget);
      await page.keyboard.type('Which sizes?');
      await expect(box(page)).toHaveValue('Which sizes?');
      await page.keyboard.press('Enter');
      await expect(widget.log.getByRole('listitem')).toHaveCount(2);
      await page.keyboard.press('Escape');
      await expect(box(page)).toHaveCount(0);
      await expect(modal.getByLabel('Name')).toHaveValue('Ada');
      // Its own ways to be closed are there as before.
      await modal.getByLabel('Name').focus();
      await page.keyboard.press('Escape');
      await expect(modal).toHaveCount(0);
      await expect(widget.button('Talk to us')).toBeVisible();
      expect(widget.pageErrors).toEqual([]);
    });
  }

  test('`inert` and `aria-hidden` on the rest of the page: the visitor can write all the same', async ({
    widget,
    page,
  }) => {
    await visit(widget, `<main><button>Other</button></main>`);
    await page.evaluate(() => {
      for (const each of document.body.children) {
        (each as HTMLElement).inert = true;
        each.ariaHidden = 'true';
      }
    });
    await open(widget);
    await page.keyboard.type('Hello');
    await expect(box(page)).toHaveValue('Hello');
    await expect(widget.button('Other')).toHaveCount(0);
  });

  const dialog = `<button onclick="document.querySelector('dialog').showModal()">Order</button>
    <dialog aria-label="Your order"><input aria-label="Name"><button onclick="document.querySelector('dialog').close()">Cancel</button></dialog>`;

  test('a modal <dialog>: the visitor can write while it is open, and after it', async ({ widget, page }) => {
    await visit(widget, dialog);
    await widget.button('Order').click();
    await open(widget);
    await page.keyboard.type('Which sizes?');
    await expect(box(page)).toHaveValue('Which sizes?');
    // Escape is the panel's, then the dialog's.
    await page.keyboard.press('Escape');
    await expect(box(page)).toHaveCount(0);
    await expect(page.getByRole('dialog', { name: 'Your order' })).toBeVisible();
    await page.getByLabel('Name').focus();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Your order' })).toHaveCount(0);
    await expect(page.locator('body > osmtalk-widget')).toHaveCount(1);
    await open(widget);
    await expect(box(page)).toHaveValue('Which sizes?');
  });

  test('a modal <dialog> that is taken away while it is open leaves the widget behind', async ({
    widget,
    page,
  }) => {
    await visit(widget, dialog);
    await widget.button('Order').click();
    await expect(page.locator('dialog > osmtalk-widget')).toHaveCount(1);
    await page.evaluate(() => document.querySelector('dialog')?.remove());
    await expect(page.locator('body > osmtalk-widget')).toHaveCount(1);
    await open(widget);
  });

  test('an element inside a <dialog>: Escape closes the panel, and then the dialog', async ({
    widget,
    page,
  }) => {
    const site = writeSite({
      'page.html': `<!doctype html><title>Site</title><script async src="/osmtalk-widget.js"></script>
        <dialog aria-label="Your order"><input aria-label="Name">
        <osmtalk-widget agent-id="agent_receptionist" api-key="osm_demo" base-url="/"></osmtalk-widget></dialog>`,
    });
    await openSite(page, `${widget.backend.url}${site}/page.html`);
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    await open(widget);
    await page.keyboard.press('Escape');
    await expect(box(page)).toHaveCount(0);
    await expect(page.getByRole('dialog', { name: 'Your order' })).toBeVisible();
    await page.getByLabel('Name').press('Escape');
    await expect(page.getByRole('dialog', { name: 'Your order' })).toHaveCount(0);
  });
});

test.describe('pages that scroll by themselves', () => {
  test.use({ hasTouch: true });

  const tall = `<div style="height: 4000px">Much to read</div>`;
  const scrollers: Record<string, { body: string; code: string }> = {
    Lenis: {
      body: tall,
      code: `import Lenis from 'lenis'; addEventListener('DOMContentLoaded', () => {
        const lenis = new Lenis({ autoRaf: true }); window.scrolledTo = () => lenis.targetScroll; });`,
    },
    'react-remove-scroll': {
      body: `<div id="app"></div>${tall}`,
      code: `import React from 'react'; import { createRoot } from 'react-dom/client'; import { RemoveScroll } from 'react-remove-scroll';
        addEventListener('DOMContentLoaded', () => createRoot(document.querySelector('#app')).render(
          <RemoveScroll removeScrollBar={false}><p>Menu</p></RemoveScroll>));
        window.scrolledTo = () => scrollY;`,
    },
    nobody: { body: tall, code: `window.scrolledTo = () => scrollY;` },
  };
  const scrolledTo = (page: Page): Promise<number> =>
    page.evaluate(() => (window as unknown as { scrolledTo(): number }).scrolledTo());
  const top = (page: Page): Promise<number> =>
    page
      .getByRole('group', { name: 'Conversation' })
      .evaluate((transcript) => Math.round(transcript.scrollTop));

  for (const [name, { body, code }] of Object.entries(scrollers)) {
    for (const [size, viewport] of Object.entries({
      'beside the page': { width: 1000, height: 700 },
      'over the whole page': { width: 390, height: 700 },
    })) {
      test(`${name}, ${size}: wheel and touch scroll the transcript, and at its ends nothing behind it`, async ({
        widget,
        page,
      }) => {
        await page.setViewportSize(viewport);
        await visit(widget, `${body}<script src="app.js"></script>`, { 'app.js': await bundled(code) });
        await widget.button('Talk to us').click();
        await box(page).fill('and more\n'.repeat(80));
        await page.keyboard.press('Enter');
        await expect(widget.log.getByRole('listitem')).toHaveCount(2);
        const transcript = page.getByRole('group', { name: 'Conversation' });
        await expect.poll(() => top(page)).toBeGreaterThan(500);
        const end = await top(page);
        const area = (await transcript.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
        const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
        await page.mouse.move(x, y);
        await page.mouse.wheel(0, -200);
        await expect.poll(() => top(page)).toBeLessThan(end);
        await expect.poll(async () => (await settled(page, top)) < end).toBe(true);
        const middle = await settled(page, top);
        await swipe(page, x, y, 150);
        await expect.poll(() => top(page)).toBeLessThan(middle);
        await page.mouse.move(x, y + 1);
        const below = (list: Element): number => list.scrollHeight - list.clientHeight - list.scrollTop;
        const wheelDown = async (): Promise<number> => {
          await page.mouse.wheel(0, 1_000);
          return transcript.evaluate(below);
        };
        await expect.poll(wheelDown).toBeLessThan(2);
        await wheelDown();
        await swipe(page, x, y, -150);
        // What cannot scroll at all lets nothing through either.
        const header = (await page.getByRole('heading', { name: 'How can we help?' }).boundingBox()) ?? area;
        await page.mouse.move(header.x + 5, header.y + 5);
        await page.mouse.wheel(0, 300);
        await swipe(page, header.x + 5, header.y + 60, -50);
        expect(await settled(page, scrolledTo)).toBe(0);
      });
    }
  }

  /** A finger that moves down by so much, and stays a moment: nothing rolls on. */
  async function swipe(page: Page, x: number, y: number, distance: number): Promise<void> {
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number): Promise<unknown> =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: at === undefined ? [] : [{ x: Math.round(x), y: Math.round(at) }],
      });
    await touch('touchStart', y);
    for (let step = 1; step <= 10; step++) await touch('touchMove', y + (distance * step) / 10);
    await touch('touchEnd');
  }

  /** The number once it stands still for a few frames. */
  async function settled(page: Page, read: (page: Page) => Promise<number>): Promise<number> {
    let [last, still] = [Number.NaN, 0];
    while (still < 5) {
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const now = await read(page);
      still = now === last ? still + 1 : 0;
      last = now;
    }
    return last;
  }
});
