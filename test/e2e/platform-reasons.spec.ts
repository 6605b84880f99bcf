import { WidgetClient } from '../../src/api/widget-client.js';
import { reasonFacts, type CallFailureReason } from '../../src/failures/failure-reasons.js';
import { expect, test } from '../support/backend-fixture.js';
import { launchSilentBrowser, openSilentPage } from '../support/silent-browser.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({
  permissions: ['microphone'],
  // A call that comes up slowly is heard, or is in its room, before the platform gives it up.
  timings: {
    startWindowMs: 12_000,
    noSoundMs: 6_000,
    shortIdleMs: 3_000,
    longestLineMs: 2_000,
    sweepMs: 1_000,
    ringMs: 100,
  },
});

/** The longest that a visitor waits for a card, from the end of the call. */
const CARD_LIMIT_MS = 10_000;

interface Provoked {
  /** What the agent does is in `demo/backend/scenarios`. */
  agent: string;
  /** What the visitor does once the link is up. */
  visitor?: (widget: WidgetPage) => Promise<void>;
  /** In the moment in which the link is up. */
  hangsUpAtOnce?: true;
  microphone?: 'silent';
  /** The word in the record, where it is another one. */
  recorded?: string;
  /** There is no page in such a call. */
  card?: 'phone';
}

const mute = (widget: WidgetPage): Promise<void> => widget.button('Mute').click();

/** Every reason of the platform, and something real that provokes it. */
const PROVOKED: Record<CallFailureReason, Provoked> = {
  no_audio_output: { agent: 'agent_silent' },
  no_audio_either_direction: { agent: 'agent_silent', microphone: 'silent' },
  idle_timeout: { agent: 'agent_idle', visitor: mute },
  provider_circuit_open: { agent: 'agent_provider_storm' },
  sip_no_answer: { agent: 'agent_no_answer', card: 'phone' },
  sip_rejected: { agent: 'agent_rejected', card: 'phone' },
  bot_startup_failed: { agent: 'agent_never_joins' },
  caller_hung_up_silently: { agent: 'agent_receptionist', hangsUpAtOnce: true },
  stale_sweep: { agent: 'agent_crashes' },
  unknown: { agent: 'agent_unknown_failure', recorded: 'flux_capacitor_discharged' },
};

/** The tests of telephone calls need no page, and no browser. */
for (const [name, { agent, card }] of Object.entries(PROVOKED)) {
  if (card !== 'phone') continue;
  test(`${name}: ${agent}, by telephone`, async ({ backend }) => {
    const client = new WidgetClient({ baseUrl: backend.url, apiKey: 'osm_demo' });
    const { callId } = await client.startOutboundCall({
      agentId: agent,
      phoneNumberId: 'phone_demo',
      destination: '+12025550199',
    });
    const record = await client.waitUntilEnded(callId, { timeoutMs: 10_000 });
    expect(record).toMatchObject({ status: 'failed', failureReason: name, channel: 'outbound' });
  });
}

for (const [name, provoked] of Object.entries(PROVOKED)) {
  const { agent, microphone, card } = provoked;
  if (card === 'phone') continue;
  test(`${name}: ${agent}`, async ({ widget, backend }) => {
    if (microphone === undefined) return expectReason(widget, name as CallFailureReason, provoked);
    const browser = await launchSilentBrowser();
    try {
      await expectReason(await openSilentPage(browser, backend), name as CallFailureReason, provoked);
    } finally {
      await browser.close();
    }
  });
}

async function expectReason(
  widget: WidgetPage,
  reason: CallFailureReason,
  { agent, visitor, hangsUpAtOnce, recorded = reason }: Provoked,
): Promise<void> {
  await widget.visitAndOpen({ 'agent-id': agent, audience: 'tester' });
  if (hangsUpAtOnce) await hangUpWhenConnected(widget);
  await widget.button('Start a call').click();
  await visitor?.(widget);
  await widget.reached('failed');
  const record = await recordOf(widget);
  expect(record).toMatchObject({ status: 'failed', failureReason: recorded });
  expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
  expect(widget.pageErrors).toEqual([]);
  expect(Date.now() - Date.parse(record?.endedAt ?? '')).toBeLessThan(CARD_LIMIT_MS);
  expect(await widget.details('osmtalk-failure')).toMatchObject([
    { reason, source: 'server', ...reasonFacts(reason) },
  ]);
  await expect(widget.card).toHaveCount(1);
  await expect(widget.page.getByRole('code').filter({ hasText: reason })).toBeVisible();
  await expect(widget.button('Try again')).toHaveCount(reasonFacts(reason).retryable ? 1 : 0);
}

test('a visitor who hangs up in the first second is not nagged about it; only a tester is told', async ({
  widget,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
  await hangUpWhenConnected(widget);
  await widget.button('Start a call').click();
  await widget.reached('ended');
  expect((await recordOf(widget))?.failureReason).toBe('caller_hung_up_silently');
  await expect(widget.card).toHaveCount(0);
  expect(await widget.details('osmtalk-failure')).toEqual([]);
});

/** By the page itself: on a busy machine, the two seconds that count are over before a test sees that the link is up. */
async function hangUpWhenConnected(widget: WidgetPage): Promise<void> {
  await widget.element.evaluate((element) => {
    const hangUp = () => (element as HTMLElementTagNameMap['osmtalk-widget']).endCall();
    element.addEventListener('osmtalk-call-connected', () => void hangUp(), { once: true });
  });
}

async function recordOf(widget: WidgetPage) {
  const [connected] = await widget.details('osmtalk-call-connected');
  return widget.backend.calls.get(connected?.callId ?? '');
}
