import { chromium, type Browser, type Page } from 'playwright';
import { buildPage } from '../../demo/build-page.js';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';

/**
 * `npm run bench:calls [-- rows]`: calls in a row in one page (default 30), then 4 pages calling at the same time, all through
 * the widget's own buttons. Every call must connect and be heard (energy of the played sound); prints the times.
 */
const ROWS = Number(process.argv[2] ?? 30);
const AT_ONCE = 4;
const HEARD_ENERGY = 0.001;

interface CallTimes {
  connectedMs: number;
  heardMs: number;
}

const backend = await startBackend({ port: 0, staticDirs: [await buildPage(), 'dist'] });
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments, ...speakingMicrophone],
});

try {
  const page = await openWidget(browser);
  const rows: CallTimes[] = [];
  for (let call = 0; call < ROWS; call++) rows.push(await placeCall(page));
  report(`${ROWS} calls in a row`, rows);
  const pages = await Promise.all(Array.from({ length: AT_ONCE }, () => openWidget(browser)));
  report(`${AT_ONCE} calls at the same time`, await Promise.all(pages.map(placeCall)));
} finally {
  await browser.close();
  await backend.close();
}

async function openWidget(inside: Browser): Promise<Page> {
  const context = await inside.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    Object.assign(window, { peers });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
  await page.goto(`${backend.url}/?persist=none`);
  await page.getByRole('button', { name: 'Talk to us' }).click();
  return page;
}

/** Presses the button, waits until the agent is heard, hangs up. Throws when the call is not heard within 15 s. */
async function placeCall(page: Page): Promise<CallTimes> {
  const pressed = performance.now();
  await page.getByRole('button', { name: 'Start a call' }).click();
  await page.waitForFunction(
    () => document.querySelector('osmtalk-widget')?.callState === 'connected',
    null,
    { polling: 20, timeout: 15_000 },
  );
  const connectedMs = performance.now() - pressed;
  const isHeard = await page.evaluate(hear, [HEARD_ENERGY, 15_000] as const);
  if (!isHeard) throw new Error('A call was not heard within 15 s');
  const heardMs = performance.now() - pressed;
  await page.getByRole('button', { name: 'End call' }).click();
  await page.getByRole('button', { name: 'Start a call' }).waitFor();
  return { connectedMs, heardMs };
}

/** In the page: `waitForFunction` takes the promise of such a look for a yes. */
async function hear([enough, limitMs]: readonly [number, number]): Promise<boolean> {
  const until = performance.now() + limitMs;
  const peer = (window as unknown as { peers: RTCPeerConnection[] }).peers.at(-1);
  while (performance.now() < until) {
    let energy = 0;
    (await peer?.getStats())?.forEach((stats: { type: string; totalAudioEnergy?: number }) => {
      if (stats.type === 'inbound-rtp') energy += stats.totalAudioEnergy ?? 0;
    });
    if (energy > enough) return true;
    await new Promise((done) => requestAnimationFrame(done));
  }
  return false;
}

function report(title: string, calls: CallTimes[]): void {
  const line = (name: string, pick: (call: CallTimes) => number): string => {
    const sorted = calls.map(pick).toSorted((a, b) => a - b);
    const at = (share: number): string =>
      `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)} ms`;
    return `  ${name}: median ${at(0.5)}, p95 ${at(0.95)}, slowest ${at(1)}`;
  };
  console.log(`${title}: all ${calls.length} connected and heard`);
  console.log(line('press to connected', (call) => call.connectedMs));
  console.log(line('press to first sound', (call) => call.heardMs));
}
