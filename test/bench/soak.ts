import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { startBackend } from '../../demo/backend/start-backend.js';
import { findLiveKitServer, startLiveKitServer, type LiveKitServer } from '../livekit/livekit-server.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { lookAtHoldings, type Holdings } from './page-holdings.js';

/**
 * `npm run bench:soak [-- --minutes N]`: holds one call for 30 minutes over a real livekit-server, which is silent for some seconds
 * every two minutes while the page's connection to it breaks. After each cut the agent must be heard again and repeat what is
 * typed. Ends with code 1 when a line is missing or twice, when the call ends by itself, or when the page holds more and more.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
if (!(minutes >= 4)) throw new TypeError('--minutes is a number from 4 on');

const CUT_EVERY_MS = 120_000;
const CUT_MS = 5_000;
/** Of the page, from the end of a cut. */
const BACK_WITHIN_MS = 30_000;
/** Chromium holds for some seconds what belonged to the last link. */
const SETTLE_MS = 15_000;
const HEARD_ENERGY = 0.001;

/** Of each cut stay lines of the conversation and an entry of the call's timeline; what is kept of a link would be many times this. */
const PER_CUT: Holdings = {
  heapBytes: 64 * 1_024,
  nodes: 20,
  // livekit-client 2.21 goes on reading from the stream that it makes of a WebSocket, and so Chromium keeps the closed one.
  listeners: 4,
  peerConnections: 0,
  audioContexts: 0,
};
/** Of one line: the speaking microphone alone says some twenty between two cuts. */
const NODES_PER_LINE = 30;

interface Look extends Holdings {
  shownLines: number;
}

declare global {
  interface Window {
    soak: { socket: WebSocket | null; states: string[]; ends: number };
  }
}

const found = findLiveKitServer((line) => console.log(line));
if ('missing' in found) console.log(`bench:soak: not run, ${found.missing}.`);
else {
  const server = await startLiveKitServer(found.path);
  try {
    await soak(server);
  } finally {
    await server.stop();
  }
}

async function soak(server: LiveKitServer): Promise<void> {
  const backend = await startBackend({
    port: 0,
    staticDirs: ['dist', 'test/support/pages'],
    env: server.env,
    timings: { longestCallMs: (minutes + 10) * 60_000, idleMs: 3_600_000, callerGraceMs: 60_000 },
  });
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumArguments, ...speakingMicrophone],
  });
  try {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(`${backend.url}/script-tag.html`);
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.locator('osmtalk-widget').evaluate((element) => {
      element.setAttribute('agent-id', 'agent_echo');
      element.setAttribute('persist', 'none');
    });
    await page.getByRole('button', { name: 'Start a call' }).click();
    await reached(page, 'connected');
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');

    console.log(row('minute', 'back in', 'heap', 'peers', 'contexts', 'nodes', 'listeners'));
    const looks: Look[] = [];
    const lines: string[] = [];
    const until = performance.now() + minutes * 60_000;
    await converse(page, lines);
    while (performance.now() < until) {
      await pass(page, Math.min(CUT_EVERY_MS, until - performance.now()));
      const backMs = await cut(page, server);
      await converse(page, lines);
      await pass(page, SETTLE_MS);
      const held = await lookAtHoldings(devtools);
      looks.push({ ...held, shownLines: await page.getByRole('log').getByRole('listitem').count() });
      const minute = minutes - (until - performance.now()) / 60_000;
      const heap = `${(held.heapBytes / 1_048_576).toFixed(2)} MB`;
      const back = `${(backMs / 1_000).toFixed(1)} s`;
      console.log(
        row(
          minute.toFixed(1),
          back,
          heap,
          held.peerConnections,
          held.audioContexts,
          held.nodes,
          held.listeners,
        ),
      );
    }
    report(looks, lines, await saidByAgent(page), await page.evaluate(() => window.soak.ends));
  } finally {
    await browser.close();
    await backend.close();
  }
}

/** Runs in the page, before its first script. */
function watch(): void {
  window.soak = { socket: null, states: [], ends: 0 };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      window.soak.socket = this;
    }
  };
  addEventListener('osmtalk-state-change', (event) => {
    const { callState } = (event as CustomEvent<{ callState: string }>).detail;
    if (window.soak.states.at(-1) !== callState) window.soak.states.push(callState);
  });
  addEventListener('osmtalk-call-end', () => (window.soak.ends += 1));
}

/** The server says nothing any more, and the page's connection breaks. Says how long it took to come back, from the end of the cut. */
async function cut(page: Page, server: LiveKitServer): Promise<number> {
  await page.evaluate(() => {
    window.soak.states = [];
  });
  server.freeze();
  await page.evaluate(() => window.soak.socket?.close());
  await pass(page, CUT_MS);
  server.thaw();
  const thawed = performance.now();
  await page.waitForFunction(() => window.soak.states.includes('reconnecting'), null, {
    polling: 50,
    timeout: BACK_WITHIN_MS,
  });
  await reached(page, 'connected');
  return performance.now() - thawed;
}

/** Is heard, types a line, and waits for the agent to repeat it. */
async function converse(page: Page, lines: string[]): Promise<void> {
  await hear(page);
  const line = `This is line ${lines.length + 1}.`;
  lines.push(line);
  await page.getByRole('textbox', { name: 'Message' }).fill(line);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (text) =>
      document
        .querySelector('osmtalk-widget')
        ?.transcript.some((entry) => entry.role === 'agent' && entry.final && entry.text === text),
    line,
    { polling: 100, timeout: BACK_WITHIN_MS },
  );
}

/** The agent sends the caller's own sound back. */
async function hear(page: Page): Promise<void> {
  await page.waitForFunction(
    (enough) => {
      const circle = document
        .querySelector('osmtalk-widget')
        ?.shadowRoot?.querySelector<SVGElement>('circle[data-level=agent]');
      const { base, gain } = circle?.dataset ?? {};
      return (Number(circle?.getAttribute('r')) - Number(base)) / Number(gain) > enough;
    },
    HEARD_ENERGY,
    { polling: 20, timeout: BACK_WITHIN_MS },
  );
}

async function reached(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('osmtalk-widget')?.callState === wanted,
    state,
    {
      polling: 20,
      timeout: BACK_WITHIN_MS,
    },
  );
}

async function pass(page: Page, ms: number): Promise<void> {
  const start = await page.evaluate(() => performance.now());
  await page.waitForFunction((until) => performance.now() > until, start + ms, {
    polling: 500,
    timeout: ms + BACK_WITHIN_MS,
  });
}

function saidByAgent(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (document.querySelector('osmtalk-widget')?.transcript ?? [])
      .filter(({ role, final }) => role === 'agent' && final)
      .map(({ text }) => text),
  );
}

function report(
  looks: readonly Look[],
  lines: readonly string[],
  said: readonly string[],
  ends: number,
): void {
  const faults: string[] = [];
  if (said.join('\n') !== lines.join('\n'))
    faults.push(`typed ${lines.length} lines, and the agent's are: ${said.join(' ')}`);
  if (ends > 0) faults.push('the call has ended by itself');
  // The first cut loads what only a cut needs.
  const [first, last] = [looks[0], looks.at(-1)];
  const cuts = looks.length - 1;
  if (first && last) {
    const ofLines = (last.shownLines - first.shownLines) * NODES_PER_LINE;
    for (const name of Object.keys(PER_CUT) as (keyof Holdings)[]) {
      const grown = last[name] - first[name];
      const allowed = cuts * PER_CUT[name] + (name === 'nodes' ? ofLines : 0);
      console.log(`${name}: ${grown} in ${cuts} cuts, ${allowed} allowed`);
      if (grown > allowed) faults.push(`${name} grow`);
    }
  }
  console.log(
    faults.length === 0 ? `${looks.length} cuts, ${lines.length} lines: all is whole` : faults.join('\n'),
  );
  if (faults.length > 0) process.exitCode = 1;
}

function row(...cells: (string | number)[]): string {
  return cells.map((cell) => String(cell).padStart(11)).join('');
}
