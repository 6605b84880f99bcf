import type { Browser } from '@playwright/test';
import type { CallFailureReason, FailureReason } from '../../src/failures/failure-reasons.js';
import { visitorGuidanceEn } from '../../src/i18n/en-later/visitor-guidance.js';
import { expect, test } from '../support/backend-fixture.js';
import { CALLER_HEARD_WITHIN_MS } from '../support/chromium.js';
import { clearFaults, planFault } from '../support/plan-fault.js';
import { launchSilentBrowser, openSilentPage } from '../support/silent-browser.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({
  permissions: ['microphone'],
  timings: { noSoundMs: CALLER_HEARD_WITHIN_MS, shortIdleMs: 4_000, longestLineMs: 2_000 },
});

test.afterEach(({ backend }) => clearFaults(backend));

/** The longest that a visitor waits for a card, from the end of the call. */
const CARD_LIMIT_MS = 10_000;

const TRANSPORTS = { LiveKit: 'osm_demo', 'plain WebRTC': 'osm_webrtc' };

/** Both ways in which the platform's word may not come. */
const NO_RECORD = ['404', 'hang'] as const;

async function expectDiagnosis(widget: WidgetPage, reason: FailureReason): Promise<void> {
  const ends = () => widget.details('osmtalk-call-end');
  await expect.poll(async () => (await ends()).length, { timeout: 30_000 }).toBe(1);
  expect(await ends()).toMatchObject([{ failure: { reason, source: 'device' } }]);
  expect(await widget.details('osmtalk-failure')).toMatchObject([{ reason, source: 'device' }]);
  await expect(widget.card).toHaveCount(1);
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn[reason].title);
  expect(widget.pageErrors).toEqual([]);
}

/** The end as the backend saw it; both clocks are one. */
function msSinceEnd({ backend }: WidgetPage, callId: string | null): number {
  return Date.now() - Date.parse(backend.calls.get(callId ?? '')?.endedAt ?? '');
}

for (const fault of NO_RECORD) {
  test.describe(`the record route answers ${fault}`, () => {
    test.beforeEach(({ backend }) => planFault(backend, { route: 'record', fault }));

    for (const [name, key] of Object.entries(TRANSPORTS)) {
      test(`${name}: a silent agent`, async ({ widget }) => {
        await widget.visitAndOpen({ 'agent-id': 'agent_silent', 'api-key': key });
        await widget.startCall();
        const callId = await widget.callId();
        await expectDiagnosis(widget, 'agent-silent');
        expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
      });
    }

    // How the record is missing makes no difference to what the page saw.
    if (fault === 'hang') return;

    test('an agent that is not there when the platform gives up', async ({ widget, backend }) => {
      await widget.visitAndOpen({ 'agent-id': 'agent_never_joins' });
      await widget.startCall();
      const callId = (await widget.callId()) ?? '';
      await fetch(`${backend.url}/api/demo/calls/${callId}/hang-up`, { method: 'POST' });
      await expectDiagnosis(widget, 'agent-never-joined');
      expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
    });

    test('an agent that the page waits for in vain', async ({ widget }) => {
      await widget.page.clock.install();
      await widget.visitAndOpen({ 'agent-id': 'agent_never_joins' });
      await widget.startCall();
      await widget.page.clock.fastForward(15_000);
      await expectDiagnosis(widget, 'agent-never-joined');
    });

    test('an agent that dies while it speaks', async ({ widget }) => {
      await widget.visitAndOpen({ 'agent-id': 'agent_crashes' });
      await widget.startCall();
      const callId = await widget.callId();
      await expectDiagnosis(widget, 'stale_sweep');
      expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
    });
  });
}

test.describe('with a microphone that gives silence', () => {
  let browser: Browser;

  test.beforeAll(async () => {
    browser = await launchSilentBrowser();
  });

  test.afterAll(() => browser.close());

  /** What becomes of a call with each agent when no sound comes from the caller. */
  const CALLS: [agent: string, what: string, reason: FailureReason][] = [
    ['agent_silent', 'both sides silent', 'no_audio_either_direction'],
    ['agent_idle', 'a silent caller', 'caller-silent'],
  ];
  for (const [agent, what, reason] of CALLS) {
    test(`${what}, and the record route answers 404`, async ({ backend }) => {
      await planFault(backend, { route: 'record', fault: '404' });
      const widget = await openSilentPage(browser, backend);
      await widget.visitAndOpen({ 'agent-id': agent });
      await widget.startCall();
      const callId = await widget.callId();
      await expectDiagnosis(widget, reason);
      expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
    });
  }
});

test.describe('a network that lets no call through', () => {
  test('LiveKit: the WebSocket is refused', async ({ widget }) => {
    await widget.page.routeWebSocket(/\/rtc\b/, (socket) => void socket.close());
    await widget.visitAndOpen();
    await widget.button('Start a call').click();
    await expectDiagnosis(widget, 'connection-blocked');
  });

  test('plain WebRTC: the offer does not get through', async ({ widget }) => {
    await widget.page.route('**/webrtc/**', (route) => route.abort('blockedbyclient'));
    await widget.visitAndOpen({ 'api-key': 'osm_webrtc' });
    await widget.button('Start a call').click();
    await expectDiagnosis(widget, 'connection-blocked');
  });

  for (const [name, key] of Object.entries(TRANSPORTS)) {
    test(`${name}: signalling works, and no packet of media gets out`, async ({ widget }) => {
      await widget.page.addInitScript(() => {
        // Only by way of a relay, of which there is none: as behind a firewall that drops everything else.
        const behindFirewall = (configuration?: RTCConfiguration): RTCConfiguration => ({
          ...configuration,
          iceTransportPolicy: 'relay',
        });
        const Peer = RTCPeerConnection;
        window.RTCPeerConnection = class extends Peer {
          constructor(configuration?: RTCConfiguration) {
            super(behindFirewall(configuration));
          }
          override setConfiguration(configuration?: RTCConfiguration): void {
            super.setConfiguration(behindFirewall(configuration));
          }
        };
      });
      await widget.visitAndOpen({ 'api-key': key });
      await widget.button('Start a call').click();
      await expectDiagnosis(widget, 'connection-blocked');
    });
  }
});

interface Focus {
  /** What the page's own code sees as `document.activeElement`, and what it is inside the widget. */
  outside: string | undefined;
  inside: string | undefined;
}

function focusOf({ page }: WidgetPage): Promise<Focus> {
  return page.evaluate(() => {
    const name = (element: Element | null | undefined): string | undefined =>
      element ? `${element.localName} ${element.textContent.trim()}` : undefined;
    const inside = document.querySelector('osmtalk-widget')?.shadowRoot?.activeElement;
    return { outside: document.activeElement?.localName, inside: name(inside) };
  });
}

/** Counts the alerts that ever come into the widget, which is how often a screen reader speaks up. */
async function countAlerts({ page }: WidgetPage): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = new Set<Element>();
    const root = document.querySelector('osmtalk-widget')?.shadowRoot;
    if (!root) throw new Error('The page has lost its widget');
    const look = (): void => root.querySelectorAll('[role=alert]').forEach((alert) => seen.add(alert));
    new MutationObserver(look).observe(root, { subtree: true, childList: true });
    Object.assign(window, { alertCount: () => seen.size });
  });
  return () => page.evaluate(() => (window as unknown as { alertCount(): number }).alertCount());
}

interface LateRecord {
  agent: string;
  prepare: (widget: WidgetPage) => Promise<void>;
  /** Once the page's own card is there. */
  mend?: (widget: WidgetPage) => Promise<void>;
}

/** Ways in which a record comes after its card, and how the backend is made to do so. */
const LATE: Record<string, LateRecord> = {
  'says in_progress for 8 s': { agent: 'agent_late_record', prepare: () => Promise.resolve() },
  'is a 503 for a while': {
    agent: 'agent_silent',
    prepare: ({ backend }) => planFault(backend, { route: 'record', fault: '503' }),
    mend: ({ backend }) => clearFaults(backend),
  },
  'hangs for 8 s': {
    agent: 'agent_silent',
    prepare: ({ backend }) => planFault(backend, { route: 'record', fault: '404', times: 1, delayMs: 8_000 }),
  },
};

for (const [how, { agent, prepare, mend }] of Object.entries(LATE)) {
  test(`a record that ${how}: the page's own card, corrected in its place, focus where it was`, async ({
    widget,
  }) => {
    await prepare(widget);
    await widget.visitAndOpen({ 'agent-id': agent });
    const alerts = await countAlerts(widget);
    await widget.startCall();
    const callId = await widget.callId();
    await widget.page.getByRole('textbox', { name: 'Message' }).focus();
    const before = await focusOf(widget);
    expect(before).toEqual({ outside: 'osmtalk-widget', inside: expect.stringMatching(/^textarea/) });

    await widget.reached('failed');
    expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
    const title = widget.card.getByRole('heading');
    await expect(title).toHaveText(visitorGuidanceEn['agent-silent'].title);
    expect(await focusOf(widget)).toEqual(before);
    await mend?.(widget);

    await expect(title).toHaveText(visitorGuidanceEn.no_audio_output.title, { timeout: 20_000 });
    expect(await focusOf(widget)).toEqual(before);
    expect(await alerts()).toBe(1);
    expect(await widget.details('osmtalk-failure')).toMatchObject([
      { reason: 'agent-silent', source: 'device' },
      { reason: 'no_audio_output', source: 'server' },
    ]);
    expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
    expect(widget.pageErrors).toEqual([]);
  });
}

/** Calls in which both sides were heard, so that the page alone sees nothing wrong with most of them. */
const HEARD: [agent: string, reason: CallFailureReason][] = [
  ['agent_crashes', 'stale_sweep'],
  ['agent_provider_storm', 'provider_circuit_open'],
];

for (const [agent, reason] of HEARD) {
  test(`${agent}: its record is a 404 for 8 s, and the card says ${reason} all the same`, async ({
    widget,
    backend,
  }) => {
    await planFault(backend, { route: 'record', fault: '404', times: 5 });
    await widget.visitAndOpen({ 'agent-id': agent });
    await widget.startCall();
    const callId = await widget.callId();
    await expect.poll(() => backend.calls.get(callId ?? '')?.endedAt, { timeout: 20_000 }).toBeTruthy();
    await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn[reason].title, {
      timeout: 15_000,
    });
    expect((await widget.details('osmtalk-failure')).at(-1)).toMatchObject({ reason });
    expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
  });
}

test('a record that is a 404 three times is waited for: one card, and it is the right one', async ({
  widget,
  backend,
}) => {
  await planFault(backend, { route: 'record', fault: '404', times: 3 });
  await widget.visitAndOpen({ 'agent-id': 'agent_silent' });
  const alerts = await countAlerts(widget);
  await widget.startCall();
  const callId = await widget.callId();
  await widget.reached('failed');
  expect(msSinceEnd(widget, callId)).toBeLessThan(CARD_LIMIT_MS);
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn.no_audio_output.title);
  expect(await widget.details('osmtalk-failure')).toMatchObject([{ source: 'server' }]);
  expect(await alerts()).toBe(1);
});

test('a card that comes while the visitor is elsewhere on the page leaves the focus there', async ({
  widget,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_late_record' });
  await widget.startCall();
  const link = widget.page.locator('#settings select').first();
  await link.focus();
  await widget.reached('failed');
  await expect(link).toBeFocused();
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn.no_audio_output.title, {
    timeout: 20_000,
  });
  await expect(link).toBeFocused();
});

test('who stood on "End call" is led to the card, once, and not moved when it is corrected', async ({
  widget,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_late_record' });
  await widget.startCall();
  await widget.button('End call').focus();
  await widget.reached('failed');
  await expect(widget.button('Try again')).toBeFocused();
  await widget.button('Chat instead').focus();
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn.no_audio_output.title, {
    timeout: 20_000,
  });
  await expect(widget.button('Chat instead')).toBeFocused();
});
