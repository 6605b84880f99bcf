import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/** What is fetched when somebody reaches for it, on a connection that breaks in that moment: it is said, and the next press works. */
test.use({
  permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
  timings: { chatPieceGapMs: 1, noSoundMs: 3_000 },
});

interface Part {
  chunk: string;
  attributes?: Record<string, string>;
  /** Up to the press. */
  before?: (widget: WidgetPage) => Promise<void>;
  press: string;
  says: string;
  /** The next press; default the same one. */
  again?: string;
  works: (widget: WidgetPage) => Promise<void>;
}

const TRY_AGAIN = 'Check your connection, then try again.';
const NOT_LOADED = 'Calls could not be loaded. Check your connection, then try once more.';

async function chat(widget: WidgetPage): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
}

async function failCall(widget: WidgetPage): Promise<void> {
  await widget.button('Start a call').click();
  await widget.reached('failed');
}

const PARTS: Record<string, Part> = {
  calls: {
    chunk: 'call',
    press: 'Start a call',
    says: NOT_LOADED,
    works: (widget) => widget.reached('connected'),
  },
  'calls to the visitor’s phone': {
    chunk: 'callback',
    attributes: { callback: '', 'phone-number-id': 'phone_demo' },
    press: 'Call me',
    says: NOT_LOADED,
    works: ({ page }) => expect(page.getByRole('textbox', { name: 'Your phone number' })).toBeVisible(),
  },
  'the connection check': {
    chunk: 'connection-check',
    attributes: { 'agent-id': 'agent_missing_record' },
    before: failCall,
    press: 'Check your connection',
    says: TRY_AGAIN,
    works: ({ page }) => expect(page.getByRole('heading', { name: 'Connection check' })).toBeVisible(),
  },
  'saving and rating': {
    chunk: 'feedback',
    before: chat,
    press: 'Save or rate this conversation',
    says: TRY_AGAIN,
    works: ({ page }) => expect(page.getByText('How was it?')).toBeVisible(),
  },
  'the voice code': {
    chunk: 'livekit-transport',
    press: 'Start a call',
    says: 'Check your internet connection, then try again.',
    again: 'Try again',
    works: (widget) => widget.reached('connected'),
  },
  'the card of a failure': {
    chunk: 'failure-card',
    attributes: { 'agent-id': 'agent_server_error' },
    press: 'Start a call',
    says: TRY_AGAIN,
    again: 'Try again',
    works: ({ page }) => expect(page.getByText('Something broke on our side')).toBeVisible(),
  },
  'the reader of replies': {
    chunk: 'read-chat-answer',
    before: ({ page }) => page.getByRole('textbox', { name: 'Message' }).fill('Hello'),
    press: 'Send',
    says: 'Not sent.',
    again: 'Try again',
    works: (widget) => expect(widget.log.getByRole('listitem')).toHaveCount(2),
  },
  'the report': {
    chunk: 'diagnostics',
    attributes: { 'agent-id': 'agent_server_error', audience: 'tester' },
    before: failCall,
    press: 'Copy report',
    says: TRY_AGAIN,
    works: ({ page }) =>
      expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('server-error'),
  },
};

for (const [name, { chunk, attributes = {}, before, press, says, again = press, works }] of Object.entries(
  PARTS,
)) {
  test(`${name}: code that cannot be had is said, and the next press works`, async ({ widget, page }) => {
    const url = `**/chunks/${chunk}-*.js`;
    await page.route(url, (route) => route.abort());
    await widget.visit();
    await widget.element.evaluate((element, settings) => {
      for (const [attribute, value] of Object.entries(settings)) element.setAttribute(attribute, value);
    }, attributes);
    await widget.button('Talk to us').click();
    await before?.(widget);
    await widget.button(press).click();
    const said = page.getByRole('dialog').getByText(says);
    await expect(said.first()).toBeVisible();
    await expect(page.getByText('does not let us copy')).toHaveCount(0);
    await page.unroute(url);
    await widget.button(again).click();
    await works(widget);
    await expect(said).toHaveCount(0);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('room beside the page: without its code the panel covers the page, and the next opening tries again', async ({
  widget,
  page,
}) => {
  const margin = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).marginRight);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.route('**/chunks/room-*.js', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await widget.visitAndOpen({ layout: 'side' });
  await failed;
  await chat(widget);
  expect(await margin()).toBe('0px');
  await page.unroute('**/chunks/room-*.js');
  await widget.button('Close').click();
  await widget.button('Talk to us').click();
  await expect.poll(margin).not.toBe('0px');
  expect(widget.pageErrors).toEqual([]);
});

/** A panel listens for the page to come back into sight. */
function countPanels({ page }: WidgetPage): Promise<number> {
  return page.evaluate(() => (window as unknown as { panels: number }).panels);
}

test('an element that is taken out for a while and put back while its panel is on the way gets one panel', async ({
  widget,
  page,
}) => {
  await page.addInitScript(() => {
    const listen = document.addEventListener.bind(document);
    Object.assign(window, { panels: 0 });
    document.addEventListener = (type: string, ...rest: [EventListener, AddEventListenerOptions?]) => {
      if (type === 'visibilitychange')
        Object.assign(window, { panels: (window as unknown as { panels: number }).panels + 1 });
      listen(type, ...rest);
    };
  });
  await widget.visitAndOpen();
  await chat(widget);
  const ofOnePanel = await countPanels(widget);
  expect(ofOnePanel).toBeGreaterThan(0);

  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/chunks/panel-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await widget.visit({ persist: 'none' });
  await widget.button('Talk to us').click();
  await widget.element.evaluate(async (element) => {
    const { parentElement } = element;
    element.remove();
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    parentElement?.append(element);
    (element as HTMLElementTagNameMap['osmtalk-widget']).show();
  });
  letThrough();
  await chat(widget);
  expect(await countPanels(widget)).toBe(ofOnePanel);
  await expect(page.getByRole('dialog')).toHaveCount(1);
});
