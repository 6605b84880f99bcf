import { chromium, type Page } from 'playwright';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { lookAtHoldings, type Holdings } from './page-holdings.js';

/**
 * `npm run bench:many-calls [-- calls [livekit|webrtc]]`: calls in one page (default 200, the two transports in turn), and
 * every 50 what they leave behind after a garbage collection. Ends with code 1 when anything grows.
 */
const CALLS = Number(process.argv[2] ?? 200);
const LOOK_EVERY = Math.max(1, Math.min(50, Math.floor(CALLS / 4)));
const KEYS: Record<string, string[]> = {
  livekit: ['osm_demo'],
  webrtc: ['osm_webrtc'],
  both: ['osm_demo', 'osm_webrtc'],
};
const keys = KEYS[process.argv[3] ?? 'both'];
if (!keys) throw new Error(`Not a transport: ${process.argv[3]}`);

/** The engine keeps some code and some pools of its own; a call that is kept would take many times this. */
const HEAP_PER_CALL_BYTES = 2_048;

/** Chromium holds what getUserMedia has answered, and with it the track and its listeners, for some ten seconds. */
const SETTLE_MS = 15_000;

/** The first look comes when all code is loaded and warm. */
interface Look extends Holdings {
  calls: number;
}

const backend = await startBackend({ port: 0, staticDirs: ['dist', 'test/support/pages'], env: {} });
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments, ...speakingMicrophone],
});

try {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  // Nothing on it but the widget.
  await page.goto(`${backend.url}/script-tag.html`);
  await page.getByRole('button', { name: 'Ask us' }).click();
  await page.locator('osmtalk-widget').evaluate((element) => {
    element.setAttribute('agent-id', 'agent_echo');
    element.setAttribute('persist', 'none');
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');

  console.log(row('calls', 'heap', 'peers', 'contexts', 'nodes', 'listeners'));
  const looks: Look[] = [];
  for (let calls = 1; calls <= CALLS; calls += 1) {
    await placeCall(page, keys[calls % keys.length] ?? '');
    if (calls % LOOK_EVERY !== 0) continue;
    await settle(page);
    const held = { calls, ...(await lookAtHoldings(devtools)) };
    looks.push(held);
    const heap = `${(held.heapBytes / 1024 / 1024).toFixed(2)} MB`;
    console.log(row(held.calls, heap, held.peerConnections, held.audioContexts, held.nodes, held.listeners));
  }
  report(looks);
} finally {
  await browser.close();
  await backend.close();
}

/** Through the element, from the start to the end, and forgotten. */
async function placeCall(page: Page, key: string): Promise<void> {
  const widget = page.locator('osmtalk-widget');
  await widget.evaluate((element, apiKey) => {
    element.setAttribute('api-key', apiKey);
    void (element as HTMLElementTagNameMap['osmtalk-widget']).startCall();
  }, key);
  await reached(page, 'connected');
  await widget.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).endCall());
  await reached(page, 'ended');
  await widget.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).reset());
}

async function reached(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('osmtalk-widget')?.callState === wanted,
    state,
    { polling: 20, timeout: 15_000 },
  );
}

async function settle(page: Page): Promise<void> {
  const start = await page.evaluate(() => performance.now());
  await page.waitForFunction((until) => performance.now() > until, start + SETTLE_MS, { polling: 1_000 });
}

function report(looks: readonly Look[]): void {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last || first === last) throw new Error('Too few calls to see anything grow');
  const calls = last.calls - first.calls;
  const limits: Holdings = {
    heapBytes: calls * HEAP_PER_CALL_BYTES,
    listeners: 0,
    peerConnections: 0,
    audioContexts: 0,
    nodes: 0,
  };
  const names = Object.keys(limits) as (keyof typeof limits)[];
  const grown = names.filter((name) => last[name] - first[name] > limits[name]);
  for (const name of names) {
    const perCall = ((last[name] - first[name]) / calls).toFixed(name === 'heapBytes' ? 0 : 2);
    console.log(`${name}: ${perCall} a call, ${(limits[name] / calls).toFixed(0)} allowed`);
  }
  console.log(grown.length === 0 ? 'nothing grows beyond that' : `grows: ${grown.join(', ')}`);
  if (grown.length > 0) process.exitCode = 1;
}

function row(...cells: (string | number)[]): string {
  return cells.map((cell) => String(cell).padStart(11)).join('');
}
