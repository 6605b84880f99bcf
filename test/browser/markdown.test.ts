import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

const REPLY = `# Prices
We are **open**, *mostly*. \`npm\`

| Service | Price | Room | Day | Hour | With |
|---|--:|---|---|---|---|
| Check-up | €60 | 12 | Monday | 9:00 | Ada |

3. three
   - nested

> quoted

\`\`\`ts
let line = '${'x'.repeat(200)}';
\`\`\`
[Book](https://clinic.example/book "Now") or +1 555, a@clinic.example. مرحبا`;

async function ask(reply: string, properties: Partial<OsmtalkWidget> = {}): Promise<ShadowRoot> {
  const { element } = mountWidget({ fetch: () => Promise.resolve(json({ reply })), ...properties });
  await openPanel();
  await page.getByRole('textbox', { name: 'Message' }).fill('**Not** mine, [no](https://link.example)');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => element.shadowRoot?.querySelector('.markdown')).toBeTruthy();
  if (!element.shadowRoot) throw new Error('The widget has no shadow root');
  return element.shadowRoot;
}

test('the agent’s Markdown is shown as what it means, the visitor’s words as they were typed', async () => {
  const root = await ask(REPLY);
  const reply = page.getByRole('log');
  await expect.element(reply.getByRole('table')).toBeVisible();
  await expect.element(reply.getByRole('columnheader', { name: 'Price' })).toBeVisible();
  await expect.element(reply.getByRole('blockquote')).toHaveTextContent('quoted');
  await expect.element(reply.getByText('**Not** mine, [no](https://link.example)')).toBeVisible();
  expect(root.querySelector('.markdown ol > li')?.getAttribute('value')).toBe('3');
  const links = [...root.querySelectorAll('a')].map((link) => [
    link.textContent,
    link.href,
    link.target,
    link.rel,
  ]);
  expect(links).toEqual([
    ['Book', 'https://clinic.example/book', '_blank', 'noopener noreferrer nofollow'],
    ['a@clinic.example', 'mailto:a@clinic.example', '_blank', 'noopener noreferrer nofollow'],
  ]);
});

test('a heading in a message is no heading of the page', async () => {
  await ask(REPLY);
  await expect.element(page.getByText('Prices')).toBeVisible();
  expect(page.getByRole('log').getByRole('heading').elements()).toEqual([]);
});

test('a wide table and long code scroll in boxes of their own, which the keyboard reaches and a name tells apart', async () => {
  const root = await ask(REPLY);
  for (const name of ['Service, Price, Room', /^let line/]) {
    const box = page.getByRole('group', { name }).element();
    expect(box.scrollWidth).toBeGreaterThan(box.clientWidth);
    expect((box as HTMLElement).tabIndex).toBe(0);
  }
  const conversation = root.querySelector('.conversation');
  expect(conversation?.scrollWidth).toBe(conversation?.clientWidth);
});

test('each block runs in the direction of its own words', async () => {
  const root = await ask('مرحبا English\n\nEnglish مرحبا\n\n- مرحبا\n\n```\nمرحبا\n```');
  const directions = [...root.querySelectorAll('.markdown > *')].map(
    (block) => getComputedStyle(block).direction,
  );
  expect(directions).toEqual(['rtl', 'ltr', 'rtl', 'ltr']);
});

test('an unchanged message keeps its elements while others come', async () => {
  const root = await ask('**first**');
  const first = root.querySelector('.markdown strong');
  await page.getByRole('textbox', { name: 'Message' }).fill('more');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => root.querySelectorAll('.markdown')).toHaveLength(2);
  expect(root.querySelector('.markdown strong')).toBe(first);
});

test.each(['light', 'dark'] as const)('every construct, %s: no accessibility violation', async (theme) => {
  const root = await ask(REPLY, { theme });
  await Promise.all(root.getAnimations().map((each) => each.finished));
  const { violations } = await axe.run('osmtalk-widget', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
});

test('a link to the site’s own page leads there, and a place of the page opens in the page', async () => {
  const root = await ask('See [pricing](/pricing) or [contact](#contact), 9-12<br>14-18, Fish &amp; chips');
  await expect.element(page.getByText('Fish & chips')).toBeVisible();
  const links = [...root.querySelectorAll('a')].map(({ href, target }) => [href, target]);
  const here = location.href.split('#', 1)[0];
  expect(links).toEqual([
    [`${location.origin}/pricing`, '_blank'],
    [`${here}#contact`, ''],
  ]);
  const lines = root.querySelector<HTMLElement>('.markdown p')?.innerText.split('\n');
  expect(lines).toEqual([expect.stringMatching(/9-12$/), expect.stringMatching(/^14-18/)]);
});
