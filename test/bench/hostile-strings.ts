import { chromium, type Page } from 'playwright';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, fakeMicrophone, requireChromium } from '../support/chromium.js';
import { type HostileString, hostileStrings, hugeStrings } from '../support/hostile-strings.js';

/**
 * `npm run bench:hostile-strings [-- part of a name]`: shows every hostile string in every place of the panel where a text
 * of others can stand, and prints the longest frame of each place and the slowest strings. Ends with code 1 when a frame
 * takes more than 200 ms.
 */
const MAX_FRAME_MS = 200;
const wanted = process.argv[2] ?? '';

const PLACES = [
  'agent',
  'visitor',
  'restored',
  'heading',
  'greeting',
  'starter',
  'transcript',
  'tool',
] as const;
type Place = (typeof PLACES)[number];

interface Look {
  place: Place;
  name: string;
  frameMs: number;
}

const backend = await startBackend({ port: 0, staticDirs: ['dist', 'test/support/pages'], env: {} });
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments, ...fakeMicrophone],
});

try {
  const strings = [...hostileStrings, ...hugeStrings].filter(({ name }) => name.includes(wanted));
  const looks: Look[] = [];
  for (const place of PLACES) {
    const page = await openPage();
    for (const each of strings)
      looks.push({ place, name: each.name, frameMs: await show(page, place, each) });
    await page.close();
    const slowest = Math.max(...looks.filter((look) => look.place === place).map((look) => look.frameMs));
    console.log(`${place.padEnd(12)}longest frame ${slowest.toFixed(0)} ms`);
  }
  report(looks);
} finally {
  await browser.close();
  await backend.close();
}

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  // tsx gives every inner function its name by this helper, which stays behind.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  // No widget of its own, but the script that knows the tag.
  await page.goto(`${backend.url}/hostile-strings.html`);
  await page.waitForFunction(() => customElements.get('osmtalk-widget') !== undefined);
  return page;
}

/** Shows it in a new widget; says how long the longest frame took, from then on until the page is at rest. */
async function show(page: Page, place: Place, { text }: HostileString): Promise<number> {
  return page.evaluate(showInPage, { place, text });
}

/** Runs in the page. Says 0 when no frame took 50 ms: that is what browsers call long. */
async function showInPage({ place, text }: { place: string; text: string }): Promise<number> {
  const json = (body: unknown): Response =>
    new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  const rest = async (): Promise<void> => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await new Promise((done) => requestIdleCallback(done));
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    for (const start = performance.now(); !isSo(); await new Promise(requestAnimationFrame))
      if (performance.now() - start > 10_000) throw new Error('Not shown within 10 s');
  };

  let say: (event: unknown) => void = () => undefined;
  const transport = {
    connect: (options: { onEvent: typeof say }) => {
      say = options.onEvent;
      return Promise.resolve();
    },
    setMuted: () => Promise.resolve(),
    replaceMicrophone: () => Promise.resolve(),
    setSpeaker: () => Promise.resolve(),
    setVolume: () => undefined,
    sendText: () => Promise.resolve(),
    startPlayback: () => Promise.resolve(),
    audioTotals: () =>
      Promise.resolve({ agentEnergy: 1, agentPackets: 9, callerEnergy: 1, callerPackets: 9 }),
    disconnect: () => Promise.resolve(),
  };
  const create = (): HTMLElementTagNameMap['osmtalk-widget'] =>
    Object.assign(document.createElement('osmtalk-widget'), {
      agentId: 'agent_1',
      baseUrl: 'https://api.test',
      persist: place === 'restored' ? ('session' as const) : ('none' as const),
      transports: [{ name: 'fake', accepts: () => true, load: () => Promise.resolve(() => transport) }],
      fetch: (url: string | URL | Request) =>
        Promise.resolve(
          json(
            new Request(url).url.endsWith('/connect')
              ? { callId: 'c', transport: 'fake' }
              : { reply: place === 'visitor' ? 'ok' : text },
          ),
        ),
    });

  let element = create();
  const shownMessages = (): number => element.shadowRoot?.querySelectorAll('[part=message]').length ?? 0;
  document.body.append(element);
  element.show();
  await until(() => Boolean(element.shadowRoot?.querySelector('[part=panel]')));
  // The view of Markdown is there from now on, as after any first message.
  await element.sendMessage('hello');
  if (place === 'restored') {
    await until(() => shownMessages() === 2);
    element.remove();
    await rest();
    element = create();
  } else if (place === 'transcript' || place === 'tool') {
    void element.startCall();
    await until(() => element.callState === 'connected');
    say({ type: 'agent-joined' });
  } else {
    await until(() => shownMessages() === 2);
    if (place !== 'agent' && place !== 'visitor') element.reset();
  }
  await rest();

  let frameMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) frameMs = Math.max(frameMs, duration);
  });
  observer.observe({ type: 'long-animation-frame' });
  if (place === 'agent' || place === 'visitor') {
    await element.sendMessage(place === 'visitor' ? text : 'next');
    await until(() => shownMessages() >= 3);
  }
  if (place === 'restored') {
    document.body.append(element);
    element.show();
  }
  if (place === 'heading') element.heading = text;
  if (place === 'greeting') element.greeting = text;
  if (place === 'starter') element.starters = [text];
  if (place === 'transcript')
    say({ type: 'transcript', entry: { id: 's1', role: 'agent', text, final: true } });
  if (place === 'tool') say({ type: 'tool-status', tool: { name: text, status: 'running', seconds: 1 } });
  await rest();
  await rest();
  observer.disconnect();
  for (const { duration } of observer.takeRecords()) frameMs = Math.max(frameMs, duration);
  if (place === 'transcript' || place === 'tool') await element.endCall();
  element.reset();
  element.remove();
  await rest();
  sessionStorage.clear();
  return frameMs;
}

function report(looks: readonly Look[]): void {
  const slowest = looks.toSorted((a, b) => b.frameMs - a.frameMs).slice(0, 12);
  for (const { place, name, frameMs } of slowest)
    console.log(`${frameMs.toFixed(0).padStart(6)} ms  ${place}: ${name.slice(0, 60)}`);
  const tooLong = looks.filter(({ frameMs }) => frameMs > MAX_FRAME_MS).length;
  console.log(`${looks.length} looks, ${tooLong} with a frame over ${MAX_FRAME_MS} ms`);
  if (tooLong > 0) process.exitCode = 1;
}
