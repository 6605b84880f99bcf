import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

const good = () => page.getByRole('button', { name: 'Good answer' });
const bad = () => page.getByRole('button', { name: 'Bad answer' });

async function ask(mounted: Mounted, text: string): Promise<string> {
  const before = mounted.details('osmtalk-message').length;
  await mounted.element.sendMessage(text);
  await expect.poll(() => mounted.details('osmtalk-message').length).toBe(before + 2);
  return String(mounted.details('osmtalk-message').at(-1)?.id);
}

async function mountChat(): Promise<Mounted> {
  let count = 0;
  const mounted = mountWidget({
    fetch: () => Promise.resolve(json({ sessionId: 's', reply: `Answer ${++count}` })),
  });
  await openPanel();
  return mounted;
}

test('the last reply can be rated, changed and taken back; the page is told of each', async () => {
  const mounted = await mountChat();
  const id = await ask(mounted, 'A question');
  await good().click();
  await expect.element(good()).toHaveAttribute('aria-pressed', 'true');
  await bad().click();
  await expect.element(bad()).toHaveAttribute('aria-pressed', 'true');
  await expect.element(good()).toHaveAttribute('aria-pressed', 'false');
  await bad().click();
  await expect.element(bad()).toHaveAttribute('aria-pressed', 'false');
  expect(mounted.details('osmtalk-feedback')).toEqual([
    { id, value: 'up' },
    { id, value: 'down' },
    { id, value: null },
  ]);
});

test('an earlier reply keeps its buttons only if it was rated', async () => {
  const mounted = await mountChat();
  const first = await ask(mounted, 'One');
  await good().click();
  await ask(mounted, 'Two');
  await expect.element(page.getByText('Answer 2')).toBeVisible();
  await expect.poll(() => good().elements().length).toBe(2);
  await ask(mounted, 'Three');
  await expect.element(page.getByText('Answer 3')).toBeVisible();
  // Those of the first and of the last one.
  await expect.poll(() => good().elements().length).toBe(2);
  await good().first().click();
  expect(mounted.details('osmtalk-feedback').at(-1)).toEqual({ id: first, value: null });
});

test('the visitor’s own words and what was said in a call have none', async () => {
  const mounted = mountWidget({ fetch: () => Promise.resolve(json({}, 500)) });
  await openPanel();
  await mounted.element.sendMessage('A question');
  await expect.element(page.getByText('Not sent.')).toBeVisible();
  await expect.element(good()).not.toBeInTheDocument();
});
