import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

const row = () => page.getByRole('group', { name: 'Suggestions' });

/** A widget whose agent answers with these texts and choices, one after the other. */
async function talk(
  replies: object[],
  properties: Partial<OsmtalkWidget> = {},
): Promise<Mounted & { asked: string[] }> {
  const asked: string[] = [];
  const mounted = mountWidget({
    fetch: async (input, init) => {
      const body = (await new Request(input, init).json()) as { message: string };
      asked.push(body.message);
      return json({ sessionId: 's', ...replies[asked.length - 1] });
    },
    ...properties,
  });
  await openPanel();
  await mounted.element.sendMessage('Hello');
  return { ...mounted, asked };
}

test('the answers stand below the last reply, and one that is tapped is sent', async () => {
  const { asked, details } = await talk([
    { reply: 'When?', choices: [{ label: 'Today', text: 'Today, please' }, 'Tomorrow'] },
    { reply: 'And at what time?', choices: ['At nine'] },
    { reply: 'Done' },
  ]);
  await row().getByRole('button', { name: 'Today' }).click();
  await expect.element(row().getByRole('button', { name: 'At nine' })).toBeVisible();
  expect(row().elements()).toHaveLength(1);
  await row().getByRole('button', { name: 'At nine' }).click();
  await expect.element(page.getByRole('log')).toHaveTextContent('Done');
  await expect.element(row()).not.toBeInTheDocument();
  expect(asked).toEqual(['Hello', 'Today, please', 'At nine']);
  expect(details('osmtalk-choice')).toEqual([{ label: 'Today' }, { label: 'At nine' }]);
});

test('a reply of nothing but choices is shown, and broken ones are left out', async () => {
  await talk([
    {
      reply: '',
      choices: [null, { label: '<img src=x onerror=alert(1)>' }, { label: 'x', href: 'data:,x' }],
    },
  ]);
  await expect.element(row()).toBeVisible();
  expect(
    row()
      .getByRole('button')
      .elements()
      .map(({ textContent }) => textContent),
  ).toEqual(['<img src=x onerror=alert(1)>']);
});

test('what another script has written into the storage is read again', async () => {
  const first = await talk([{ reply: 'When?', choices: ['Today'] }], { persist: 'local' });
  await expect.element(row()).toBeVisible();
  first.element.remove();
  // It writes once more when it goes.
  await expect.poll(() => first.element.shadowRoot?.querySelector('.panel')).toBeNull();
  await expect.poll(() => localStorage.length).toBeGreaterThan(0);
  for (const key of Object.keys(localStorage)) {
    const stored = localStorage.getItem(key) ?? '';
    localStorage.setItem(key, stored.replace('"href":null', '"href":"javascript:alert(1)"'));
  }
  mountWidget({ persist: 'local' });
  await openPanel();
  await expect.element(page.getByRole('log')).toHaveTextContent('When?');
  await expect.element(row()).not.toBeInTheDocument();
});

test('at 320 pixels, dark and right to left, nothing is cut, and axe finds nothing', async () => {
  await page.viewport(320, 568);
  const { element } = await talk(
    [
      {
        reply: 'Which?',
        choices: [
          'x'.repeat(80),
          'A cleaning',
          'An appointment',
          { label: 'Prices', href: 'https://a.example' },
        ],
      },
    ],
    { theme: 'dark' },
  );
  element.lang = 'ar';
  await expect.element(page.getByRole('link', { name: 'Prices' })).toBeVisible();
  const dialog = page.getByRole('dialog').element();
  expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
  for (const each of dialog.querySelectorAll('.starter')) {
    expect(each.scrollWidth).toBeLessThanOrEqual(each.clientWidth);
    expect(each.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  }
  const { violations } = await axe.run(element);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  await page.viewport(1280, 720);
});
