import { conversationKey } from '../../src/visitor/conversation-key.js';
import { chromium, type Page } from 'playwright';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium } from '../support/chromium.js';

/**
 * `npm run bench:long-thread [-- messages]`: opening, scrolling through, and receiving into a conversation of 10,000
 * messages, which another tab hands over. Prints the longest task of each, by the Long Tasks API (over 50 ms), and ends with
 * code 1 when there was one.
 */
const COUNT = Number(process.argv[2] ?? 10_000);
/** https://w3c.github.io/longtasks/: shorter ones are not felt. */
const LONG_TASK_MS = 50;

const backend = await startBackend({ port: 0, staticDirs: ['dist', 'test/support/pages'], env: {} });
const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${backend.url}/script-tag.html`);
  await page.locator('osmtalk-widget').evaluate((element) => element.setAttribute('agent-id', 'agent_echo'));
  await page.getByRole('button', { name: 'Ask us' }).waitFor();
  await page.evaluate(watchTasks);

  const rows: [string, number][] = [];
  const measure = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    await page.evaluate(() => void (window.longTasks.length = 0));
    await act();
    // The list of tasks is filled after the task.
    await page.evaluate(frames, 10);
    rows.push([name, Math.max(0, ...(await page.evaluate(() => window.longTasks)))]);
  };

  // The panel's code and its first parse are a cost of their own, whatever the thread holds.
  await page.getByRole('button', { name: 'Ask us' }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  await measure(`taking over ${COUNT} messages`, () => handOver(page, COUNT));
  await measure('opening', async () => {
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.getByText(`message ${COUNT - 1},`).waitFor();
  });
  await measure('scrolling up through 3,000', () => scroll(page, -1, COUNT - 3_000));
  await measure('scrolling down again', () => scroll(page, 1, COUNT - 1));
  await measure('receiving 200, one by one', () => receive(page, COUNT, 200));

  const drawn = await page.locator('[part=message]').count();
  for (const [name, ms] of rows)
    console.log(`${name.padEnd(32)} longest task ${ms === 0 ? `< ${LONG_TASK_MS}` : ms.toFixed(0)} ms`);
  console.log(`drawn at once: ${drawn} messages`);
  if (rows.some(([, ms]) => ms > 0)) process.exitCode = 1;
} finally {
  await browser.close();
  await backend.close();
}

declare global {
  interface Window {
    longTasks: number[];
  }
}

function watchTasks(): void {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask' });
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((done) => requestAnimationFrame(done));
}

/** Where the tabs of this site tell each other of the conversation. */
function channelOf(page: Page): string {
  const baseUrl = new URL(page.url()).origin;
  return conversationKey({ agentId: 'agent_echo', baseUrl }) ?? '';
}

/** As another tab of the site would, in the parts in which it was written. */
function handOver(page: Page, count: number): Promise<void> {
  return page.evaluate(
    async ([total, name]) => {
      const channel = new BroadcastChannel(name);
      const start = Date.now() - total;
      for (let from = 0; from < total; from += 500) {
        const messages = Array.from({ length: Math.min(500, total - from) }, (_, i) => ({
          id: `m${from + i}`,
          role: (from + i) % 2 === 0 ? 'user' : 'agent',
          text: `message ${from + i}, with **some** words and [a link](https://example.org) in it`,
          channel: 'chat',
          status: 'sent',
          at: start + from + i,
        }));
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
        channel.postMessage({ type: 'state', messages, removed: [], session: null, clearedAt: 0 });
        await new Promise((done) => requestAnimationFrame(done));
      }
      channel.close();
    },
    [count, channelOf(page)] as const,
  );
}

/** By the wheel, as a hand would, until this message is drawn. */
async function scroll(page: Page, direction: 1 | -1, target: number): Promise<void> {
  await page.locator('[part=transcript]').hover();
  const found = page.getByText(`message ${target},`);
  for (let turns = 0; turns < 2_000 && (await found.count()) === 0; turns++) {
    await page.mouse.wheel(0, direction * 2_000);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  if ((await found.count()) === 0) throw new Error(`message ${target} was not reached`);
}

function receive(page: Page, from: number, count: number): Promise<void> {
  return page.evaluate(
    async ([first, total, name]) => {
      const channel = new BroadcastChannel(name);
      for (let i = 0; i < total; i++) {
        const message = {
          id: `m${first + i}`,
          role: 'agent',
          text: `message ${first + i}, just *now*`,
          channel: 'chat',
          status: 'sent',
          at: Date.now(),
        };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
        channel.postMessage({ type: 'state', messages: [message], removed: [], session: null, clearedAt: 0 });
        await new Promise((done) => requestAnimationFrame(done));
      }
      channel.close();
    },
    [from, count, channelOf(page)] as const,
  );
}
