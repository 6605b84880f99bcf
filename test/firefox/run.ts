import { spawnSync } from 'node:child_process';
import { expect } from '@playwright/test';
import { type Browser, firefox } from 'playwright';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import { buildPage } from '../../demo/build-page.js';
import { readSnippets, startReadmeSite } from '../support/readme-snippets.js';
import { WidgetPage } from '../support/widget-page.js';

/**
 * `npm run test:firefox`: calls with both transports and a chat in the system's Firefox, whose fake microphone is a tone.
 * Ends with `N passed, N failed`.
 */
const TRANSPORTS = [
  { name: 'LiveKit', key: 'osm_demo' },
  { name: 'plain WebRTC', key: 'osm_webrtc' },
];

type Check = (widget: WidgetPage) => Promise<void>;

const checks: [title: string, check: Check][] = [
  ...TRANSPORTS.flatMap(({ name, key }): [string, Check][] => [
    [`${name}: the caller's own voice comes back`, (widget) => echo(widget, key)],
    [`${name}: who speaks is seen and heard, and is not told otherwise`, (widget) => speak(widget, key)],
    [`${name}: the receptionist is heard, read and answers what is typed`, (widget) => talk(widget, key)],
  ]),
  ['a chat message is answered', chat],
  ...readSnippets().map(({ title }, index): [string, Check] => [
    `README, ${title}: as it stands, from another origin`,
    (widget) => snippet(widget, index),
  ]),
];

const path = findFirefox();
if (path === null) console.log('Firefox: not tested, there is none on this machine.');
else await run(path);

async function run(executablePath: string): Promise<void> {
  const staticDirs = [await buildPage(), 'dist'];
  const backend = await startBackend({ port: 0, staticDirs, env: {}, timings: { longestLineMs: 2_000 } });
  const browser = await launch(executablePath);
  let failed = 0;
  try {
    console.log(`Firefox ${browser.version()}: ${executablePath}`);
    for (const [title, check] of checks) if (!(await passes(title, check, browser, backend))) failed += 1;
  } finally {
    await browser.close();
    await backend.close();
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function passes(title: string, check: Check, browser: Browser, backend: Backend): Promise<boolean> {
  const context = await browser.newContext();
  try {
    const widget = await WidgetPage.prepare(await context.newPage(), backend);
    await check(widget);
    expect(widget.pageErrors).toEqual([]);
    console.log(`  ok      ${title}`);
    return true;
  } catch (error) {
    console.log(`  FAILED  ${title}\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await context.close();
  }
}

async function echo(widget: WidgetPage, key: string): Promise<void> {
  await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_echo' });
  await widget.startCall();
  await expect.poll(() => heard(widget), { timeout: 15_000 }).toBeGreaterThan(0.01);
  await hangUp(widget);
}

/** Firefox does not say in its statistics how loud a microphone is. */
async function speak(widget: WidgetPage, key: string): Promise<void> {
  await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_idle' });
  await widget.startCall();
  // Longer than a visitor may be silent while the agent waits.
  const listened = async (): Promise<number> => {
    const { call } = await widget.diagnostics();
    const since = call?.timeline.findLast(({ detail }) => detail === 'listening');
    return since ? Date.now() - Date.parse(call?.startedAt ?? '') - since.atMs : 0;
  };
  await expect.poll(listened, { timeout: 30_000 }).toBeGreaterThan(7_500);
  const { call } = await widget.diagnostics();
  expect(call?.timeline.filter(({ event }) => event === 'hint')).toEqual([]);
  // Without a sound card Firefox runs no Web Audio either; then it is unknown, and said to be so.
  expect(call?.peaks.caller ?? 1).toBeGreaterThan(0.05);
  expect(call?.audio.callerPackets).toBeGreaterThan(100);
  await hangUp(widget);
}

async function talk(widget: WidgetPage, key: string): Promise<void> {
  await widget.visitAndOpen({ 'api-key': key });
  await widget.startCall();
  await expect.poll(() => heard(widget), { timeout: 15_000 }).toBeGreaterThan(0.01);
  await expect(widget.log).toContainText('How can I help you today?', { timeout: 15_000 });
  await write(widget, 'What are your opening hours?');
  await expect(widget.log).toContainText('Monday to Friday', { timeout: 20_000 });
  await hangUp(widget);
}

async function chat(widget: WidgetPage): Promise<void> {
  await widget.visitAndOpen({ mode: 'chat' });
  await write(widget, 'How much is a cleaning?');
  await expect(widget.log).toContainText('eighty', { timeout: 10_000 });
}

/** Opens, chats and calls, with nothing changed but the names of the hosts. */
async function snippet(widget: WidgetPage, index: number): Promise<void> {
  const site = await startReadmeSite(widget.backend);
  try {
    await widget.page.goto(site.pages[index]?.url ?? '');
    await widget.button('Talk to us').click();
    await write(widget, 'Hello');
    await expect(widget.log.getByRole('listitem')).toHaveCount(2);
    await widget.startCall();
    await expect.poll(() => heard(widget), { timeout: 15_000 }).toBeGreaterThan(0.01);
    await hangUp(widget);
  } finally {
    await site.close();
  }
}

async function heard(widget: WidgetPage): Promise<number> {
  return (await widget.energy()).heard;
}

async function write(widget: WidgetPage, text: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
  await widget.button('Send').click();
}

async function hangUp(widget: WidgetPage): Promise<void> {
  await widget.button('End call').click();
  await widget.reached('ended');
  await expect.poll(() => widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
}

function findFirefox(): string | null {
  const named = process.env.FIREFOX_PATH;
  if (named) return named;
  for (const name of ['firefox-esr', 'firefox']) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim();
    if (found) return found;
  }
  return null;
}

/** Playwright drives a Firefox that it did not build itself by WebDriver BiDi, which this channel stands for. */
function launch(executablePath: string): Promise<Browser> {
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath,
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
}
