import type { Browser, CDPSession, Page } from 'playwright';
import { heapAfterCollection } from './measure-load.js';
import { openPage } from './open-page.js';

export const MOUNTS = 200;

/** The engine's own caches settle in the first rounds. */
const WARM_ROUNDS = 3;
const ROUNDS = 5;

export interface MountFigures {
  /** Of the heap, for each mount and unmount. */
  bytes: number;
  nodes: number;
  listeners: number;
  /** Elements that are in no document and still in memory. */
  detachedHosts: number;
}

/** Mounts and unmounts `MOUNTS` elements several times; what is left after each collection, for one mount, as the median. */
export async function measureMounts(browser: Browser, url: string, isOpen: boolean): Promise<MountFigures> {
  const page = await openPage(browser);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(url, { waitUntil: 'load' });
  await page.locator('osmtalk-widget').waitFor({ state: 'attached' });
  await page.evaluate(() => document.querySelector('osmtalk-widget')?.remove());
  for (let round = 0; round < WARM_ROUNDS; round += 1) await mountMany(page, isOpen);
  let before = await look(devtools);
  const bytes: number[] = [];
  const first = before;
  for (let round = 0; round < ROUNDS; round += 1) {
    await mountMany(page, isOpen);
    const after = await look(devtools);
    bytes.push((after.heapBytes - before.heapBytes) / MOUNTS);
    before = after;
  }
  const detachedHosts = await countHosts(devtools);
  await page.context().close();
  return {
    bytes: bytes.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN,
    nodes: (before.nodes - first.nodes) / (MOUNTS * ROUNDS),
    listeners: (before.listeners - first.listeners) / (MOUNTS * ROUNDS),
    detachedHosts,
  };
}

/** One after the other, each until it has been drawn and each until it is torn down. */
async function mountMany(page: Page, isOpen: boolean): Promise<void> {
  await page.evaluate(
    async ({ mounts, open }) => {
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      for (let mount = 0; mount < mounts; mount += 1) {
        const element = document.createElement('osmtalk-widget');
        element.setAttribute('agent-id', 'agent_echo');
        element.setAttribute('persist', 'none');
        element.toggleAttribute('open', open);
        document.body.append(element);
        do await frame();
        while (open && !element.shadowRoot?.querySelector('[role=dialog]'));
        element.remove();
      }
      // An element that is out for two frames is gone.
      for (let frames = 0; frames < 10; frames += 1) await frame();
    },
    { mounts: MOUNTS, open: isOpen },
  );
}

async function look(devtools: CDPSession): Promise<{ heapBytes: number; nodes: number; listeners: number }> {
  const heapBytes = await heapAfterCollection(devtools);
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return { heapBytes, nodes, listeners: jsEventListeners };
}

async function countHosts(devtools: CDPSession): Promise<number> {
  const objectGroup = 'hosts';
  const prototype = await devtools.send('Runtime.evaluate', {
    expression: "customElements.get('osmtalk-widget').prototype",
    objectGroup,
  });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId ?? '',
    objectGroup,
  });
  const { result } = await devtools.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length; }',
    objectId: objects.objectId ?? '',
    returnByValue: true,
  });
  await devtools.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(result.value);
}
