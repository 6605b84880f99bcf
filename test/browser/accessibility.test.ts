import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

/** Every rule of WCAG 2.2 A and AA that axe knows, over the widget alone. */
async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run('osmtalk-widget', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  return found.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
}

/** Colours are judged once nothing fades in any more; the pulse of a running call never ends. */
async function settled(element: OsmtalkWidget): Promise<void> {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  await Promise.all(
    animations
      .filter((each) => each.effect?.getComputedTiming().iterations === 1)
      .map((each) => each.finished),
  );
}

const chat: typeof fetch = () => Promise.resolve(json({ reply: 'At nine.' }));

const STATES: [
  name: string,
  properties: Partial<OsmtalkWidget>,
  act: (element: OsmtalkWidget) => Promise<void>,
][] = [
  ['closed', {}, () => Promise.resolve()],
  ['open', { starters: ['When do you open?'] }, () => openPanel()],
  [
    'with messages',
    { fetch: chat },
    async () => {
      await openPanel();
      await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByRole('log')).toHaveTextContent('At nine.');
    },
  ],
  [
    'in a call',
    {
      fetch: () => Promise.resolve(json({ callId: 'c', transport: 'fake' })),
      transports: [new FakeTransport().loader],
    },
    async () => {
      await openPanel();
      await page.getByRole('button', { name: 'Start a call' }).click();
      await expect.element(page.getByRole('button', { name: 'Mute' })).toBeVisible();
    },
  ],
  [
    'with a failure card for testers',
    { fetch: () => Promise.resolve(json({ error: 'x' }, 402)), audience: 'tester' },
    async () => {
      await openPanel();
      await page.getByRole('button', { name: 'Start a call' }).click();
      await expect.element(page.getByRole('alert')).toBeVisible();
    },
  ],
  [
    'asking for consent',
    { consentText: 'We record.', termsUrl: 'https://x.test', privacyUrl: 'https://y.test' },
    () => openPanel(),
  ],
];

for (const theme of ['light', 'dark'] as const) {
  for (const [name, properties, act] of STATES) {
    test(`${name}, ${theme}: no accessibility violation`, async () => {
      const { element } = mountWidget({ ...properties, theme });
      await act(element);
      await settled(element);
      expect(await violations()).toEqual([]);
    });
  }
}
