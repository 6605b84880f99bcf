import { afterEach, expect } from 'vitest';
import { page } from 'vitest/browser';
import { TAG_NAME } from '../../src/index.js';
import { EVENT_NAMES, type OsmtalkEventMap } from '../../src/contract/events.js';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';

export interface Mounted {
  element: OsmtalkWidget;
  /** Details of every event of this name so far. */
  details: <Name extends keyof OsmtalkEventMap>(name: Name) => OsmtalkEventMap[Name]['detail'][];
}

afterEach(async () => {
  document.body.replaceChildren();
  // A removed element lives for two frames more, in which code that it has asked for may come and set to work.
  await twoFrames();
  // All widgets of the page share one lock.
  await expect.poll(async () => (await navigator.locks.query()).held?.length).toBe(0);
  document.documentElement.lang = 'en';
  sessionStorage.clear();
  localStorage.clear();
});

export function twoFrames(): Promise<unknown> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** Puts one widget on the page. Nothing here reaches a network: `fetch` and `transports` come from the test. */
export function mountWidget(properties: Partial<OsmtalkWidget> = {}): Mounted {
  const element = document.createElement(TAG_NAME);
  const seen: { name: string; detail: unknown }[] = [];
  for (const name of EVENT_NAMES)
    element.addEventListener(name, (event) =>
      seen.push({ name, detail: (event as CustomEvent).detail as unknown }),
    );
  Object.assign(element, {
    agentId: 'agent_1',
    // Without one, the panel would ask a relay for its features.
    apiKey: 'osm_test',
    baseUrl: 'https://api.test',
    persist: 'none',
    fetch: refuse,
    ...properties,
  });
  document.body.append(element);
  return {
    element,
    details: <Name extends keyof OsmtalkEventMap>(name: Name) =>
      seen
        .filter((event) => event.name === name)
        .map((event) => event.detail as OsmtalkEventMap[Name]['detail']),
  };
}

export async function openPanel(): Promise<void> {
  await page.getByRole('button', { name: 'Talk to us' }).click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

const refuse: typeof fetch = () => Promise.reject(new TypeError('no network in this test'));
