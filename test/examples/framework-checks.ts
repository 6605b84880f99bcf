import { expect } from '@playwright/test';
import type { WidgetPage } from '../support/widget-page.js';
import type { NamedCheck, Stage } from './check.js';
import { countListeners } from './page-leftovers.js';

/** The checks that every example passes, whatever it is written in. `address` is where it is served. */
export function exampleChecks(name: string, address: (stage: Stage) => string): NamedCheck[] {
  return [
    [
      `${name}: renders, tells its events, and one press is one call with the property`,
      async (stage) => {
        const { widget, complaints } = stage;
        await visit(widget, address(stage));
        await widget.button('Talk to us').click();
        await expect(status(widget)).toHaveText('Open');
        await startCall(stage);
        expect(lastCall(stage)?.dynamicVariables).toEqual({ 'first name': 'Ada' });
        // Else there was no conversation to tell of at the end.
        await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
        await widget.button('End call').click();
        await expect(status(widget)).toHaveText('Talked');
        expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
        expect(complaints).toEqual([]);
      },
    ],
    [
      `${name}: taken out in the middle of a call, it leaves nothing behind`,
      async (stage) => {
        const { widget } = stage;
        await visit(widget, address(stage));
        // A whole round without a call: what is there after it, the framework keeps.
        await hideOrShow(widget, 0);
        await hideOrShow(widget, 1);
        await widget.button('Talk to us').click();
        await widget.button('Close').click();
        await hideOrShow(widget, 0);
        const before = await countListeners(widget.page);
        await hideOrShow(widget, 1);
        await widget.button('Talk to us').click();
        await startCall(stage);
        await hideOrShow(widget, 0);
        await expect.poll(() => widget.liveTracks()).toBe(0);
        await expect.poll(() => widget.openLinks()).toBe(0);
        await expect.poll(() => countListeners(widget.page)).toEqual(before);
        await expect.poll(() => lastCall(stage)?.endedAt).toBeTruthy();
      },
    ],
  ];
}

/** Strict mode runs every effect twice, also the one that starts a call. */
export const strictEffect: NamedCheck = [
  'react: a call that an effect starts in strict mode is one call',
  async (stage) => {
    const { widget, backend } = stage;
    const calls = backend.calls.list().length;
    await widget.page.goto(`${backend.url}/strict-effect/`);
    await widget.reached('connected');
    expect(widget.connectRequests()).toBe(1);
    expect(backend.calls.list()).toHaveLength(calls + 1);
    await widget.element.evaluate((element) => element.remove());
    await expect.poll(() => lastCall(stage)?.endedAt).toBeTruthy();
  },
];

/** The server's HTML has the tag, and React finds nothing to complain about when it takes the page over. */
export function hydrationCheck(title: string, address: () => string): NamedCheck {
  return [
    title,
    async ({ widget, complaints }) => {
      const html = await (await fetch(address())).text();
      expect(html).toContain('<osmtalk-widget agent-id="agent_receptionist" api-key="osm_demo"');
      await visit(widget, address());
      await widget.button('Talk to us').click();
      await expect(status(widget)).toHaveText('Open');
      expect(complaints).toEqual([]);
    },
  ];
}

/** Until the page's own code has set the property, and so listens as well. */
async function visit(widget: WidgetPage, address: string): Promise<void> {
  await widget.page.goto(address);
  await widget.page.waitForFunction(
    () => document.querySelector('osmtalk-widget')?.dynamicVariables !== undefined,
  );
}

async function startCall({ widget, backend }: Stage): Promise<void> {
  const calls = backend.calls.list().length;
  await widget.startCall();
  expect(widget.connectRequests()).toBe(1);
  expect(backend.calls.list()).toHaveLength(calls + 1);
}

async function hideOrShow(widget: WidgetPage, count: number): Promise<void> {
  await widget.button('Hide or show the widget').click();
  await expect(widget.element).toHaveCount(count);
}

function lastCall({ backend }: Stage) {
  return backend.calls.list().at(-1);
}

function status(widget: WidgetPage) {
  return widget.page.locator('#status');
}
