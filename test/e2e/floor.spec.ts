import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { ABSENCES } from '../support/take-away.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({
  permissions: ['microphone'],
  timings: { chatPieceGapMs: 1 },
});

for (const { name, take, call } of ABSENCES) {
  test(`without ${name}: opens, can be read, chats${call ? ', calls' : ''}`, async ({ widget, page }) => {
    await page.addInitScript(take);
    await widget.visitAndOpen();
    await expectReadable(page);
    await expectChat(widget);
    if (call) await expectCall(widget);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(widget.pageErrors).toEqual([]);
    expect(await widget.details('osmtalk-error')).toEqual([]);
  });
}

/** What may be gone together with a call in the end: the rest says what becomes of one. */
test('without all of it at once: opens, can be read, chats, calls', async ({ widget, page }) => {
  for (const { name, take } of ABSENCES)
    if (name !== 'navigator.mediaDevices' && !/permission/.test(name)) await page.addInitScript(take);
  await widget.visitAndOpen();
  await expectReadable(page);
  await expectChat(widget);
  await expectCall(widget);
  expect(widget.pageErrors).toEqual([]);
});

test('without navigator.mediaDevices a call ends in a card that says so', async ({ widget, page }) => {
  await page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'mediaDevices'));
  await widget.visitAndOpen();
  await widget.button('Start a call').click();
  await expect(widget.card).toBeVisible();
  expect(widget.pageErrors).toEqual([]);
});

test('a speaker is given back to the system, where the empty id alone names it', async ({ widget, page }) => {
  await page.addInitScript(() => {
    const { setSinkId } = HTMLMediaElement.prototype;
    const taken: string[] = [];
    Object.assign(window, { taken });
    HTMLMediaElement.prototype.setSinkId = async function (id) {
      // As Firefox does.
      if (id === 'default') throw new DOMException('No such device', 'NotFoundError');
      await setSinkId.call(this, id);
      taken.push(id);
    };
  });
  const taken = (): Promise<string | undefined> =>
    page.evaluate(() => (window as unknown as { taken: string[] }).taken.at(-1));
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await page.getByText('Sound settings').click();
  const speaker = page.getByRole('combobox', { name: 'Speaker' });
  await speaker.selectOption({ index: 1 });
  await expect.poll(taken).toMatch(/./);
  await speaker.selectOption({ label: 'System default' });
  await expect.poll(taken).toBe('');
  expect(await widget.details('osmtalk-error')).toEqual([]);
});

/** Opaque, and letters that stand out from it, in both schemes, by the system and by the attribute. */
async function expectReadable(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await colours(page)).toEqual(SCHEMES[colorScheme]);
  }
  for (const theme of ['light', 'dark'] as const) {
    await page
      .locator('osmtalk-widget')
      .evaluate((element, value) => element.setAttribute('theme', value), theme);
    await expect.poll(() => colours(page)).toEqual(SCHEMES[theme]);
  }
}

const SCHEMES = {
  light: { surface: 'rgb(255, 255, 255)', text: 'rgb(22, 24, 29)' },
  dark: { surface: 'rgb(23, 25, 31)', text: 'rgb(238, 240, 244)' },
};

function colours(page: Page): Promise<{ surface: string; text: string }> {
  return page.getByRole('dialog').evaluate((panel) => {
    const { backgroundColor, color } = getComputedStyle(panel);
    return { surface: backgroundColor, text: color };
  });
}

async function expectChat(widget: WidgetPage): Promise<void> {
  for (const [text, count] of [
    ['Hello', 2],
    ['And **again**', 4],
  ] as const) {
    await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
    await widget.page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expect(widget.log.getByRole('listitem')).toHaveCount(count);
    await expect(widget.log.getByRole('listitem').last()).toHaveAttribute('data-status', 'sent');
  }
}

async function expectCall(widget: WidgetPage): Promise<void> {
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard, { timeout: 30_000 }).toBeGreaterThan(0);
  await widget.button('End call').click();
  await widget.reached('ended');
}
