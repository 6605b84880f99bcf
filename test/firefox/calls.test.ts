import { type Browser, firefox } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Backend, startBackend } from '../../demo/backend/start-backend.js';
import { buildPage } from '../../demo/build-page.js';
import { readSnippets, startReadmeSite } from '../support/readme-snippets.js';
import { WidgetPage } from '../support/widget-page.js';
import { findFirefox, firefoxPreferences } from './firefox.js';

/** Calls with both transports in the system's Firefox, whose fake microphone is a tone. */
const START_LIMIT_MS = 180_000;

let backend: Backend;
let browser: Browser;
let widget: WidgetPage;

beforeAll(async () => {
  const staticDirs = [await buildPage(), 'dist'];
  backend = await startBackend({ port: 0, staticDirs, env: {}, timings: { longestLineMs: 2_000 } });
  // Playwright drives a Firefox that it did not build itself by WebDriver BiDi, which this channel stands for.
  browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: findFirefox() ?? undefined,
    firefoxUserPrefs: firefoxPreferences,
  });
}, START_LIMIT_MS);

afterAll(async () => {
  await browser.close();
  await backend.close();
});

beforeEach(async () => {
  const context = await browser.newContext();
  widget = await WidgetPage.prepare(await context.newPage(), backend);
});

afterEach(async () => {
  const { pageErrors } = widget;
  await widget.page.context().close();
  expect(pageErrors).toEqual([]);
});

describe.each([
  { transport: 'LiveKit', key: 'osm_demo' },
  { transport: 'plain WebRTC', key: 'osm_webrtc' },
])('a call over $transport', ({ key }) => {
  test('brings the caller’s own voice back', async () => {
    await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_echo' });
    await widget.startCall();
    await expect.poll(heard).toBeGreaterThan(0.01);
    await hangUp();
  });

  /** Firefox does not say in its statistics how loud a microphone is. */
  test('shows and hears who speaks, and does not tell them otherwise', async () => {
    await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_idle' });
    await widget.startCall();
    // Longer than a visitor may be silent while the agent waits.
    await expect.poll(listenedMs).toBeGreaterThan(7_500);
    const { call } = await widget.diagnostics();
    expect(call?.timeline.filter(({ event }) => event === 'hint')).toEqual([]);
    // Without a sound card Firefox runs no Web Audio either; then it is unknown, and said to be so.
    expect(call?.peaks.caller ?? 1).toBeGreaterThan(0.05);
    expect(call?.audio.callerPackets).toBeGreaterThan(100);
    await hangUp();
  });

  test('is heard and read, and what is typed is answered', async () => {
    await widget.visitAndOpen({ 'api-key': key });
    await widget.startCall();
    await expect.poll(heard).toBeGreaterThan(0.01);
    await expect.poll(log).toContain('How can I help you today?');
    await write('What are your opening hours?');
    await expect.poll(log).toContain('Monday to Friday');
    await hangUp();
  });
});

test('a chat message is answered', async () => {
  await widget.visitAndOpen({ mode: 'chat' });
  await write('How much is a cleaning?');
  await expect.poll(log).toContain('eighty');
});

test.each(readSnippets().map(({ title }, index) => ({ title, index })))(
  '$title: as it stands, from another origin, it chats and calls',
  async ({ index }) => {
    const site = await startReadmeSite(backend);
    try {
      await widget.page.goto(site.pages[index]?.url ?? '');
      await widget.button('Talk to us').click();
      await write('Hello');
      await expect.poll(() => widget.log.getByRole('listitem').count()).toBe(2);
      await widget.startCall();
      await expect.poll(heard).toBeGreaterThan(0.01);
      await hangUp();
    } finally {
      await site.close();
    }
  },
);

async function listenedMs(): Promise<number> {
  const { call } = await widget.diagnostics();
  const since = call?.timeline.findLast(({ detail }) => detail === 'listening');
  return since ? Date.now() - Date.parse(call?.startedAt ?? '') - since.atMs : 0;
}

async function heard(): Promise<number> {
  return (await widget.energy()).heard;
}

function log(): Promise<string> {
  return widget.log.innerText();
}

async function write(text: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
  await widget.button('Send').click();
}

async function hangUp(): Promise<void> {
  await widget.button('End call').click();
  await widget.reached('ended');
  await expect.poll(() => widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
}
