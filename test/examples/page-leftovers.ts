import type { CDPSession, Page } from 'playwright';

/** What outlives an element when it is careless: listeners on these, which the browser itself counts. */
const TARGETS = [
  'window',
  'document',
  'document.documentElement',
  'document.body',
  'navigator.mediaDevices',
  'navigator.connection',
  'visualViewport',
  'screen.orientation',
];

/** The number of listeners on everything that a page has only one of, once an element that left is taken down. */
export async function countListeners(page: Page): Promise<Record<string, number>> {
  // The widget waits two frames: it may merely be moved.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
  const session = await page.context().newCDPSession(page);
  try {
    const counts: Record<string, number> = {};
    for (const target of TARGETS) counts[target] = await listenersOf(session, target);
    return counts;
  } finally {
    await session.detach();
  }
}

async function listenersOf(session: CDPSession, expression: string): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', { expression });
  if (result.objectId === undefined) throw new Error(`This page has no ${expression}`);
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
  return listeners.length;
}
