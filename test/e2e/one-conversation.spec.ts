import type { Page, Route } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';

test.use({ timings: { chatPieceGapMs: 5 } });

const typed = (page: Page) => page.locator('[part=message][data-role=user] .text');
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** The same every time: a failure that is seen once can be looked into. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('50 messages in a burst while a third of the requests fail: each arrives once, and in order', async ({
  widget,
  page,
}) => {
  // Its pauses alone take half a minute, and each of its many requests waits for a machine that does much else.
  test.slow();
  const roll = dice(7);
  const arrived: string[] = [];
  await page.route('**/chat', async (route: Route) => {
    // After a connection that was cut, the page asks what its headers do, and sends nothing with that.
    if (route.request().method() !== 'POST') return route.continue();
    const { message } = route.request().postDataJSON() as { message: string };
    const lot = roll() * 6;
    if (lot < 1) return route.abort('connectionreset');
    // Lost on the way back: the server has it, and must not take it twice.
    const response = await route.fetch();
    if (!arrived.includes(message)) arrived.push(message);
    return lot < 2 ? route.abort('connectionreset') : route.fulfill({ response });
  });
  await widget.visitAndOpen();
  const texts = Array.from({ length: 50 }, (_, i) => `number ${i}`);
  await widget.element.evaluate((element, all) => {
    for (const text of all) void (element as HTMLElementTagNameMap['osmtalk-widget']).sendMessage(text);
  }, texts);
  await expect(async () => {
    const again = widget.button('Try again').first();
    if (await again.isVisible()) await again.click();
    expect((await widget.details('osmtalk-message')).filter(({ role }) => role === 'user')).toHaveLength(50);
  }).toPass({ timeout: 240_000, intervals: [250] });
  expect(arrived).toEqual(texts);
  await expect(widget.button('Try again')).toHaveCount(0);
  const sent = (await widget.details('osmtalk-message')).filter(({ role }) => role === 'user');
  expect(sent.map(({ text }) => text)).toEqual(texts);
  const ids = (await widget.details('osmtalk-message')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('offline, messages wait; when the connection is back they go out by themselves, in order', async ({
  widget,
  page,
  context,
}) => {
  await widget.visitAndOpen();
  await context.setOffline(true);
  for (const text of ['one', 'two', 'three']) await write(page, text);
  await expect(page.getByText('It will be sent when you are back.')).toHaveCount(3);
  await context.setOffline(false);
  await expect(page.getByText('It will be sent when you are back.')).toHaveCount(0);
  await expect.poll(async () => (await widget.details('osmtalk-message')).length).toBe(6);
  expect(await typed(page).allTextContents()).toEqual(['one', 'two', 'three']);
});

/** How far the message gets before the page is reloaded. */
const MOMENTS: Record<string, (route: Route) => Promise<unknown>> = {
  'before it reached the server': () => Promise.resolve(),
  'while its answer was on the way': (route) => route.fetch(),
};

for (const [moment, send] of Object.entries(MOMENTS)) {
  test(`a reload ${moment}: the message is there, and "Try again" brings one answer`, async ({
    widget,
    page,
  }) => {
    let reached = (): void => undefined;
    const held = new Promise<void>((resolve) => (reached = resolve));
    let isHeld = false;
    // The route stays: a browser that no longer intercepts lets a held request go, which may then be answered before the reload.
    await page.route('**/chat', async (route) => {
      if (isHeld) return route.continue();
      isHeld = true;
      await send(route);
      reached();
    });
    await widget.visitAndOpen();
    await write(page, 'Do not lose me');
    await held;
    await page.reload();
    await widget.button('Talk to us').click();
    await expect(typed(page)).toHaveText(['Do not lose me']);
    await widget.button('Try again').click();
    await expect(widget.button('Try again')).toHaveCount(0);
    await expect(page.locator('[part=message][data-role=agent]')).toHaveCount(1);
  });
}

test.describe('two tabs', () => {
  for (const persist of ['session', 'local']) {
    test(`with persist="${persist}" show one conversation, each message once, and begin a new one together`, async ({
      widget,
      page,
    }) => {
      const second = await widget.another();
      await widget.visitAndOpen({ persist });
      await write(page, 'from the first');
      await expect(typed(page)).toHaveText(['from the first']);
      await second.visitAndOpen({ persist });
      await expect(typed(second.page)).toHaveText(['from the first']);
      await write(second.page, 'from the second');
      await expect(typed(page)).toHaveText(['from the first', 'from the second']);
      for (const each of [page, second.page])
        await expect(each.locator('[part=message][data-role=agent][data-status=sent]')).toHaveCount(2);
      await second.button('New conversation').click();
      await expect(typed(page)).toHaveCount(0);
      await write(page, 'anew');
      await expect(typed(second.page)).toHaveText(['anew']);
    });
  }

  test('a tab that closes in the middle of a send leaves the message to the other', async ({
    widget,
    page,
  }) => {
    const second = await widget.another();
    await second.visitAndOpen();
    await widget.visitAndOpen();
    let reached = (): void => undefined;
    const held = new Promise<void>((resolve) => (reached = resolve));
    await page.route('**/chat', () => reached());
    await write(page, 'Do not lose me');
    await held;
    await expect(typed(second.page)).toHaveText(['Do not lose me']);
    await page.close({ runBeforeUnload: true });
    await second.button('Try again').click();
    await expect(second.page.locator('[part=message][data-role=agent][data-status=sent]')).toHaveCount(1);
  });
});

test('what was said in a call stands in the conversation: its start, its words, its end, and chat goes on below', async ({
  widget,
  page,
  context,
}) => {
  await context.grantPermissions(['microphone']);
  await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
  await write(page, 'Hello before');
  await expect(page.locator('[part=message][data-role=agent][data-status=sent]')).toHaveCount(1);
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  await expect(page.getByText('Call started')).toBeVisible();
  await widget.button('End call').click();
  await expect(widget.log.getByText(/Call ended after 0:\d\d/)).toBeVisible();
  await write(page, 'Hello after');
  await expect(typed(page).last()).toHaveText('Hello after');
  const order = await widget.log.getByRole('listitem').allTextContents();
  const at = (text: RegExp): number => order.findIndex((line) => text.test(line));
  expect([at(/Hello before/), at(/Call started/), at(/Call ended/), at(/Hello after/)]).toEqual(
    [at(/Hello before/), at(/Call started/), at(/Call ended/), at(/Hello after/)].toSorted((a, b) => a - b),
  );
});
