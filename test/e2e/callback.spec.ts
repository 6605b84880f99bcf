import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { clearFaults, clearRequests, planFault } from '../support/plan-fault.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ locale: 'de-DE', timings: { ringMs: 1_200, outboundTalkMs: 4_000 } });

test.beforeEach(({ backend }) => clearRequests(backend));
test.afterEach(({ backend }) => clearFaults(backend));

const NUMBER = '0170 1234567';

/** The demo page, with calls to the visitor's phone switched on. */
async function visit(widget: WidgetPage, attributes: Record<string, string> = {}): Promise<void> {
  await widget.visit(attributes);
  await widget.element.evaluate((element) => {
    element.setAttribute('callback', '');
    element.setAttribute('phone-number-id', 'phone_demo');
  });
  await widget.button('Talk to us').click();
  await widget.page.getByRole('dialog').waitFor();
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Your phone number' });

async function callMe(widget: WidgetPage, typed = NUMBER): Promise<void> {
  await widget.button('Call me').click();
  await field(widget.page).fill(typed);
  await widget.button('Call me').click();
}

function outbound({ backend }: WidgetPage): readonly { idempotencyKey: string | null; status: number }[] {
  return backend.requests().filter(({ path }) => path === '/api/widget/calls/outbound');
}

/** Telephone calls that the backend has placed for this page's agent. */
function placed({ backend }: WidgetPage, agentId: string): number {
  return backend.calls.list().filter((call) => call.channel === 'outbound' && call.agentId === agentId)
    .length;
}

test('it rings, one talks, and it ends: said once each, as it happens', async ({ widget }) => {
  await visit(widget);
  await widget.page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const root = document.querySelector('osmtalk-widget')?.shadowRoot;
    new MutationObserver(() => {
      const text = root?.querySelector('.callback [role=status]')?.textContent?.trim() ?? '';
      if (text !== '' && text !== said.at(-1)) said.push(text);
    }).observe(root ?? document, { subtree: true, childList: true, characterData: true });
  });
  await callMe(widget);
  await expect(widget.page.getByText('Your phone is ringing')).toBeVisible();
  await expect(widget.page.getByText('The call has ended')).toBeVisible();
  expect(await widget.page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([
    'We are calling you',
    'Your phone is ringing',
    'You are talking on your phone',
    'The call has ended',
  ]);
  expect(outbound(widget)).toHaveLength(1);
  expect(await widget.details('osmtalk-failure')).toEqual([]);
  await widget.button('Done').click();
  await expect(widget.button('Call me')).toBeFocused();
  // One conversation: the phone call stands in it, over a reload too.
  await expect(widget.log).toContainText(
    /Phone call started\s+\d\d:\d\d\s[AP]M\s+Phone call ended after 0:0\d/,
  );
  await widget.page.reload();
  await widget.button('Talk to us').click();
  await expect(widget.log).toContainText(
    /Phone call started\s+\d\d:\d\d\s[AP]M\s+Phone call ended after 0:0\d/,
  );
  expect(widget.pageErrors).toEqual([]);
});

for (const { agent, reason, title, again } of [
  { agent: 'agent_no_answer', reason: 'sip_no_answer', title: 'Nobody picked up', again: true },
  { agent: 'agent_rejected', reason: 'sip_rejected', title: 'This number could not be called', again: false },
]) {
  test(`${agent}: ${reason} is explained`, async ({ widget }) => {
    await visit(widget, { 'agent-id': agent });
    const before = placed(widget, agent);
    await callMe(widget);
    await expect(widget.card).toContainText(title);
    expect(await widget.details('osmtalk-failure')).toMatchObject([{ reason, source: 'server' }]);
    await expect(widget.button('Try again')).toHaveCount(again ? 1 : 0);
    await expect(widget.button('Chat instead')).toBeVisible();
    if (!again) return;
    await widget.button('Try again').click();
    await expect(widget.card).toHaveCount(0);
    await expect(widget.card).toContainText(title);
    // Another try is another call.
    expect(placed(widget, agent)).toBe(before + 2);
    expect(new Set(outbound(widget).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });
}

test('402: no credit, and nothing to try again', async ({ widget }) => {
  await visit(widget, { 'api-key': 'osm_broke' });
  await callMe(widget);
  await expect(widget.card).toContainText('We cannot take calls right now');
  expect(await widget.details('osmtalk-failure')).toMatchObject([{ reason: 'no-credit', source: 'device' }]);
  await expect(widget.button('Try again')).toHaveCount(0);
  expect(outbound(widget).map(({ status }) => status)).toEqual([402]);
});

test('429: all lines busy, too many requests', async ({ widget }) => {
  await visit(widget, { 'agent-id': 'agent_busy' });
  await callMe(widget);
  await expect(widget.card).toContainText('All lines are busy');
  await expect(widget.page.getByText(/You can try again in \d+ s\./)).toBeVisible();
  await expect(widget.button('Try again')).toHaveAttribute('aria-disabled', 'true');
  await expect(widget.button('Try again')).not.toHaveAttribute('aria-disabled');
  expect(await widget.details('osmtalk-failure')).toMatchObject([{ reason: 'too-many-calls' }]);

  await planFault(widget.backend, { route: 'outbound', fault: '429', retryAfterSeconds: 40 });
  await widget.button('Try again').click();
  await expect(widget.card).toContainText('That was a little too fast');
  await expect(widget.button('Try again')).toHaveAttribute('aria-disabled', 'true');
});

test('a double press places one call', async ({ widget }) => {
  await visit(widget);
  const before = placed(widget, 'agent_receptionist');
  await widget.button('Call me').click();
  await field(widget.page).fill(NUMBER);
  await widget.button('Call me').dblclick();
  await widget.page.keyboard.press('Enter');
  await expect(widget.page.getByText('The call has ended')).toBeVisible();
  expect(outbound(widget)).toHaveLength(1);
  expect(placed(widget, 'agent_receptionist')).toBe(before + 1);
  expect(await widget.details('osmtalk-call-start')).toEqual([]);
});

test('an answer that gets lost on the way, and "Try again": one call', async ({ widget }) => {
  await visit(widget);
  const before = placed(widget, 'agent_receptionist');
  await planFault(widget.backend, { route: 'outbound', fault: 'reset', times: 3 });
  await callMe(widget);
  await expect(widget.card).toBeVisible();
  await widget.button('Try again').click();
  await expect(widget.page.getByText('The call has ended')).toBeVisible();
  expect(placed(widget, 'agent_receptionist')).toBe(before + 1);
  expect(new Set(outbound(widget).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

test('the record cannot be read: the call is no failure for that', async ({ widget, behindRelay }) => {
  test.skip(
    behindRelay,
    'A page is not told that the platform refuses the relay: 502, which passes for a page',
  );
  await planFault(widget.backend, { route: 'record', fault: '403' });
  await visit(widget);
  await callMe(widget);
  await expect(widget.page.getByText('How the call goes cannot be shown here')).toBeVisible();
  expect(await widget.details('osmtalk-failure')).toEqual([]);
  expect(await widget.details('osmtalk-error')).toHaveLength(1);
});

test('nothing of it before the consent', async ({ widget }) => {
  await visit(widget, { 'consent-text': 'We record calls.' });
  await widget.element.evaluate((element) =>
    (element as HTMLElementTagNameMap['osmtalk-widget']).requestCallback('+491701234567'),
  );
  await expect(widget.button('I agree')).toBeVisible();
  await expect(widget.button('Call me')).toHaveCount(0);
  expect(widget.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  await widget.button('I agree').click();
  await callMe(widget);
  await expect(widget.page.getByText('Your phone is ringing')).toBeVisible();
  expect(outbound(widget)).toHaveLength(1);
});

test('a reload on the way is harmless', async ({ widget }) => {
  await visit(widget);
  const before = placed(widget, 'agent_receptionist');
  await callMe(widget);
  await expect(widget.page.getByText('Your phone is ringing')).toBeVisible();
  const kept = await widget.page.evaluate(() =>
    JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
  );
  expect(kept).not.toMatch(/1234567/);
  await visit(widget);
  await expect(widget.button('Call me')).toBeVisible();
  const calls = widget.backend.calls.list().filter(({ agentId }) => agentId === 'agent_receptionist');
  await expect.poll(() => calls.every(({ status }) => status === 'completed')).toBe(true);
  expect(placed(widget, 'agent_receptionist')).toBe(before + 1);
  expect(outbound(widget)).toHaveLength(1);
  expect(widget.pageErrors).toEqual([]);
});

test('its code comes when it is reached for, what knows numbers with the field, and none of it where it is off', async ({
  widget,
}) => {
  const loaded = (name: string): boolean =>
    widget.requests.some((request) => request.includes(`/chunks/${name}`));
  await widget.visitAndOpen();
  await widget.page.waitForLoadState('networkidle');
  expect(loaded('callback-')).toBe(false);
  await widget.element.evaluate((element) => {
    element.setAttribute('callback', '');
    element.setAttribute('phone-number-id', 'phone_demo');
  });
  await expect(widget.button('Call me')).toBeVisible();
  expect(loaded('callback-')).toBe(false);
  await widget.button('Call me').hover();
  await expect.poll(() => loaded('callback-')).toBe(true);
  expect(loaded('phone-number')).toBe(false);
  await widget.button('Call me').click();
  await expect(field(widget.page)).toBeFocused();
  await expect.poll(() => loaded('phone-number')).toBe(true);
  await expect(widget.page.getByRole('combobox', { name: 'Country' })).toHaveValue('DE');
  expect(outbound(widget)).toEqual([]);
});

test('what knows numbers cannot be had: it says so, and works once it can', async ({ widget }) => {
  await widget.page.route('**/chunks/phone-number-*.js', (route) => route.abort());
  await visit(widget);
  await callMe(widget);
  await expect(widget.page.getByText('The number could not be checked')).toBeVisible();
  await expect(field(widget.page)).toHaveValue(NUMBER);
  expect(outbound(widget)).toEqual([]);
  await widget.page.unroute('**/chunks/phone-number-*.js');
  await widget.button('Call me').click();
  await expect(widget.page.getByText('Your phone is ringing')).toBeVisible();
});
