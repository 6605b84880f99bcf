import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { scriptTag, writeSite } from '../support/page-site.js';
import type { WidgetPage } from '../support/widget-page.js';

/** A goodbye is seen long before the backend would give up on who left without one. */
test.use({ permissions: ['microphone'], timings: { pageReturnMs: 20_000 } });

/** On a busy machine too, and well before the server would give up waiting by itself. */
const AT_ONCE = { timeout: 12_000, intervals: [50] };

/** Two pages of a site, and a call on the first of them. */
async function talk(widget: WidgetPage, settings: Record<string, string> = {}): Promise<string> {
  const page = (name: string, other: string): string =>
    `<!doctype html><html lang="en"><head><title>${name}</title>
     ${scriptTag({ 'agent-id': 'agent_echo', ...settings })}</head>
     <body><h1>Page ${name}</h1><a href="${other}.html">To ${other}</a> <a href="#part">Within</a>
     <a href="${other}.html" download>Download</a> <a href="about:blank">Elsewhere</a>
     <form action="${other}.html"><button>Send the form</button></form></body></html>`;
  const site = writeSite({ 'one.html': page('one', 'two'), 'two.html': page('two', 'one') });
  await widget.page.goto(`${widget.backend.url}${site}/one.html`);
  await widget.button('Talk to us').click();
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  return (await widget.callId()) ?? '';
}

function status({ backend }: WidgetPage, callId: string): string | undefined {
  return backend.calls.get(callId)?.status;
}

/** A tab closed by hand: the page hears of it. */
async function closeTab(page: Page): Promise<void> {
  await page.close({ runBeforeUnload: true });
}

/** What a browser does after its reload key, which a page without the browser's window has to be told twice. */
async function pressReload(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.reload();
}

/** In the order in which one call goes through them. */
const WAYS: Record<string, Record<string, (page: Page) => Promise<unknown>>> = {
  'a reload': {
    'location.reload()': async (page) => {
      const loaded = page.waitForEvent('load');
      await page.evaluate(() => location.reload());
      await loaded;
    },
    'F5 in the panel': (page) => pressReload(page, 'F5'),
    'Ctrl+R in the page': async (page) => {
      await page.getByRole('heading').first().click();
      await pressReload(page, 'Control+r');
    },
    'Cmd+R': (page) => pressReload(page, 'Meta+r'),
  },
  'what leads to a page of the site': {
    link: async (page) => {
      await page.getByRole('link', { name: 'To two' }).click();
      await page.getByRole('heading', { name: 'Page two' }).waitFor();
    },
    back: async (page) => {
      await page.evaluate(() => history.back());
      await page.getByRole('heading', { name: 'Page one' }).waitFor();
    },
    form: async (page) => {
      await page.getByRole('button', { name: 'Send the form' }).click();
      await page.getByRole('heading', { name: 'Page two' }).waitFor();
    },
    script: async (page) => {
      await page.evaluate(() => location.assign('one.html'));
      await page.getByRole('heading', { name: 'Page one' }).waitFor();
    },
  },
};

for (const [what, ways] of Object.entries(WAYS)) {
  test(`the call goes on over ${what}`, async ({ widget, page }) => {
    const callId = await talk(widget);
    for (const [way, leave] of Object.entries(ways)) {
      await test.step(way, async () => {
        await leave(page);
        await widget.button('Return to your call').click();
        await widget.reached('connected');
        expect(await widget.callId()).toBe(callId);
      });
    }
    expect(status(widget, callId)).toBe('in_progress');
    expect(widget.connectRequests()).toBe(1);
  });
}

const CLOSED: Record<string, (page: Page) => Promise<void>> = {
  'nothing else': async () => undefined,
  'a link within the page': (page) => page.getByRole('link', { name: 'Within' }).click(),
  'a download': async (page) => {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    await (await download).cancel();
  },
  "a step of the site's own router": async (page) => {
    await page.evaluate(() => {
      addEventListener('click', (event) => {
        event.preventDefault();
        history.pushState(null, '', 'elsewhere.html');
      });
    });
    await page.getByRole('link', { name: 'To two' }).click();
  },
};

for (const [before, act] of Object.entries(CLOSED)) {
  test(`a closed tab, after ${before}: the call is over at once`, async ({ widget, page }) => {
    const callId = await talk(widget);
    await act(page);
    await closeTab(page);
    await expect.poll(() => status(widget, callId), AT_ONCE).not.toBe('in_progress');
  });
}

test("the browser's reload button and a link to another site look like a closed tab", async ({
  widget,
  page,
}) => {
  const first = await talk(widget);
  await page.reload();
  await expect.poll(() => status(widget, first), AT_ONCE).not.toBe('in_progress');
  await expect(widget.button('Talk to us')).toBeVisible();
  await widget.button('Talk to us').click();
  await widget.startCall();
  const second = (await widget.callId()) ?? '';
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  await expect.poll(() => status(widget, second), AT_ONCE).not.toBe('in_progress');
});

test('keep-call="always": the reload button too leads back, and a closed tab leaves the call to the server', async ({
  widget,
  page,
}) => {
  const callId = await talk(widget, { 'keep-call': 'always' });
  await page.reload();
  await widget.button('Return to your call').click();
  await widget.reached('connected');
  expect(await widget.callId()).toBe(callId);
  const leftAt = performance.now();
  await closeTab(page);
  await expect
    .poll(() => status(widget, callId), { timeout: 40_000, intervals: [50] })
    .not.toBe('in_progress');
  expect(performance.now() - leftAt).toBeGreaterThan(15_000);
});

test('keep-call="never": a link ends the call', async ({ widget, page }) => {
  const callId = await talk(widget, { 'keep-call': 'never' });
  await page.getByRole('link', { name: 'To two' }).click();
  await expect.poll(() => status(widget, callId), AT_ONCE).not.toBe('in_progress');
  await page.getByRole('heading', { name: 'Page two' }).waitFor();
  await expect(widget.button('Talk to us')).toBeVisible();
  await expect(widget.button('Return to your call')).toHaveCount(0);
});
