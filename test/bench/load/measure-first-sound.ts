import { mkdirSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { rolldown } from 'rolldown';
import { openPage } from './open-page.js';

/** Of the played sound, as WebRTC adds it up. */
const HEARD_ENERGY = 0.001;

/** Writes the page with nothing but `livekit-client`, and returns its folder. */
export async function buildBareLivekitPage(): Promise<string> {
  const out = '.cache/bench';
  mkdirSync(out, { recursive: true });
  writeFileSync(
    `${out}/bare-livekit.html`,
    `<!doctype html><html lang="en"><title>Bare</title><link rel="icon" href="data:,"><button>Start a call</button>
<script type="module" src="bare-livekit.js"></script></html>`,
  );
  const bundle = await rolldown({ input: 'test/bench/load/bare-livekit-page.ts', platform: 'browser' });
  await bundle.write({ file: `${out}/bare-livekit.js`, format: 'es', minify: true });
  await bundle.close();
  return out;
}

/** From the press on "Start a call" until the agent is heard, all code loaded and the microphone granted. */
export async function measureFirstSound(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, { permissions: ['microphone'] });
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
  await page.goto(url, { waitUntil: 'networkidle' });
  const launcher = page.getByRole('button', { name: 'Ask us' });
  if (await launcher.isVisible()) await launcher.click();
  const start = page.getByRole('button', { name: 'Start a call' });
  // The hand is on the button before it presses it.
  await start.hover();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('livekit')),
  );
  const heardMs = await Promise.all([hear(page), start.click()]);
  await page.context().close();
  return heardMs[0];
}

/** From the next press in the page. */
function hear(page: Page): Promise<number> {
  return page.evaluate(async (enough) => {
    const pressedMs = await new Promise<number>((resolve) =>
      addEventListener('click', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
    );
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    for (let energy = 0; energy <= enough; await new Promise(requestAnimationFrame)) {
      energy = 0;
      for (const peer of peers) {
        (await peer.getStats()).forEach((stats: { type: string; totalAudioEnergy?: number }) => {
          if (stats.type === 'inbound-rtp') energy += stats.totalAudioEnergy ?? 0;
        });
      }
    }
    return performance.now() - pressedMs;
  }, HEARD_ENERGY);
}
