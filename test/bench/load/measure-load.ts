import type { Browser, CDPSession, Page } from 'playwright';
import { openPage } from './open-page.js';

/** Lighthouse's "slow 4G": per request 150 ms, 1.6 Mbit/s down, 0.75 Mbit/s up. */
const NETWORK = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
export const CPU_SLOWDOWN = 4;

/** How long a page is left alone after its `load` event. */
const IDLE_MS = 2_000;

export interface LoadFigures {
  /** Scripts that had arrived when the launcher showed. */
  scriptRequests: number;
  scriptBytes: number;
  /** Scripts that came after it, by themselves. */
  laterBytes: number;
  foreignRequests: number;
  launcherMs: number;
  lcpMs: number;
  scriptMs: number;
  longTasks: number;
  /** Of every long task what is above 50 ms. */
  blockedMs: number;
  heapBytes: number;
  /** From the press until the panel is drawn. */
  panelMs: number;
}

interface Seen {
  launcherMs: number;
  lcpMs: number;
  longTasksMs: number[];
  panelMs: number;
}

declare global {
  interface Window {
    benchSeen: Seen;
  }
}

/**
 * Loads a page once, in a browser context of its own and without a cache, on a slow network and processor. Where there is no
 * element of this tag, the page's own heading stands in for the launcher, so that all pages are looked at alike.
 */
export async function measureLoad(browser: Browser, url: string, tag: string | null): Promise<LoadFigures> {
  const page = await openPage(browser, { viewport: { width: 1200, height: 800 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...NETWORK });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await devtools.send('Performance.enable');
  await page.addInitScript(watch, tag);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForFunction(() => window.benchSeen.launcherMs > 0);
  await leaveAlone(page);
  const seen = await page.evaluate(() => window.benchSeen);
  const scriptMs = 1_000 * (await metric(devtools, 'ScriptDuration'));
  const resources = await readResources(page, seen.launcherMs);
  const heapBytes = await heapAfterCollection(devtools);
  if (tag === 'osmtalk-widget') {
    await page.getByRole('button', { name: 'Talk to us' }).click();
    await page.waitForFunction(() => window.benchSeen.panelMs > 0);
  }
  const { panelMs } = await page.evaluate(() => window.benchSeen);
  await page.context().close();
  return {
    ...resources,
    launcherMs: seen.launcherMs,
    lcpMs: seen.lcpMs,
    scriptMs,
    longTasks: seen.longTasksMs.length,
    blockedMs: seen.longTasksMs.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0),
    heapBytes,
    panelMs,
  };
}

export async function heapAfterCollection(devtools: CDPSession): Promise<number> {
  // What a finalizer lets go of is free only after the next one.
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  return metric(devtools, 'JSHeapUsedSize');
}

async function metric(devtools: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

async function leaveAlone(page: Page): Promise<void> {
  await page.waitForFunction(
    (idleMs) => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return navigation !== undefined && performance.now() > navigation.loadEventEnd + idleMs;
    },
    IDLE_MS,
    { polling: 100 },
  );
}

function readResources(
  page: Page,
  launcherMs: number,
): Promise<Pick<LoadFigures, 'scriptRequests' | 'scriptBytes' | 'laterBytes' | 'foreignRequests'>> {
  return page.evaluate((untilMs) => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const scripts = entries.filter(({ name }) => name.endsWith('.js'));
    const first = scripts.filter(({ responseEnd }) => responseEnd <= untilMs);
    const bytesOf = (list: PerformanceResourceTiming[]): number =>
      list.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      scriptRequests: first.length,
      scriptBytes: bytesOf(first),
      laterBytes: bytesOf(scripts) - bytesOf(first),
      foreignRequests: entries.filter(({ name }) => !name.startsWith(location.origin)).length,
    };
  }, launcherMs);
}

/** Runs in the page before its own scripts. */
function watch(tag: string | null): void {
  const seen: Seen = { launcherMs: 0, lcpMs: 0, longTasksMs: [], panelMs: 0 };
  window.benchSeen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.lcpMs = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasksMs.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  // Found in one frame, and drawn when the next one begins.
  const whenDrawn = (selector: string, then: () => void): void => {
    const found = tag
      ? document.querySelector(tag)?.shadowRoot?.querySelector(selector)
      : document.querySelector('h1');
    if (found && found.getBoundingClientRect().width > 0) requestAnimationFrame(then);
    else requestAnimationFrame(() => whenDrawn(selector, then));
  };
  whenDrawn('button', () => (seen.launcherMs = performance.now()));
  addEventListener(
    'click',
    ({ timeStamp }) => whenDrawn('[role=dialog]', () => (seen.panelMs = performance.now() - timeStamp)),
    { capture: true, once: true },
  );
}
