import type { LoggedRequest } from '../../demo/backend/api/request-log.js';
import type { HttpFaultName } from '../../demo/backend/http-faults/http-faults.js';
import { reasonFacts, type DeviceFailureReason } from '../../src/failures/failure-reasons.js';
import { visitorGuidanceEn } from '../../src/i18n/en-later/visitor-guidance.js';
import { expect, test } from '../support/backend-fixture.js';
import { CALLER_HEARD_WITHIN_MS } from '../support/chromium.js';
import { clearFaults, clearRequests, planFault } from '../support/plan-fault.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ permissions: ['microphone'], timings: { noSoundMs: CALLER_HEARD_WITHIN_MS, chatPieceGapMs: 1 } });

test.afterEach(({ backend }) => clearFaults(backend));

/** The longest that a visitor waits for a card, from the end of the call. */
const CARD_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 30_000;

/** The pauses before a second and a third try, without their jitter. */
const PAUSES_MS = [250, 500];

interface FaultCase {
  fault: HttpFaultName;
  retryAfterSeconds?: number;
  /** What the visitor is told when a call cannot be started for it. */
  reason: DeviceFailureReason;
  /** How often the request leaves. */
  tries: number;
}

/** `hang` has a test of its own, since it takes half a minute. */
const FAULTS: FaultCase[] = [
  { fault: '400', reason: 'invalid-response', tries: 1 },
  { fault: '401', reason: 'unauthorized', tries: 1 },
  { fault: '402', reason: 'no-credit', tries: 1 },
  { fault: '403', reason: 'unauthorized', tries: 1 },
  { fault: '404', reason: 'agent-not-found', tries: 1 },
  { fault: '408', reason: 'timeout', tries: 3 },
  { fault: '429', reason: 'rate-limited', tries: 3 },
  { fault: '429', retryAfterSeconds: 1, reason: 'rate-limited', tries: 3 },
  { fault: '429', retryAfterSeconds: 60, reason: 'rate-limited', tries: 1 },
  { fault: '500', reason: 'server-error', tries: 3 },
  { fault: '502', reason: 'server-error', tries: 3 },
  { fault: '503', reason: 'server-error', tries: 3 },
  { fault: 'reset', reason: 'timeout', tries: 3 },
  { fault: 'html', reason: 'invalid-response', tries: 1 },
  { fault: 'truncated', reason: 'invalid-response', tries: 1 },
  { fault: 'wrong-types', reason: 'invalid-response', tries: 1 },
  { fault: 'huge', reason: 'invalid-response', tries: 1 },
];

/** An offer without a readable place may be one for a transport that the site has not added. */
const CONNECT_REASONS: Partial<Record<HttpFaultName, DeviceFailureReason>> = {
  'wrong-types': 'unsupported-transport',
};

function nameOf({ fault, retryAfterSeconds }: FaultCase): string {
  return retryAfterSeconds === undefined ? fault : `${fault} with Retry-After: ${retryAfterSeconds}`;
}

/** As often as documented, with the documented pauses, and each POST with one and the same key. */
function expectTries({ backend, requests }: WidgetPage, path: RegExp, each: FaultCase): void {
  expect(requests.filter((request) => path.test(request))).toHaveLength(each.tries);
  const arrived = backend.requests().filter((request) => path.test(request.path));
  const keys = new Set(arrived.map(({ idempotencyKey }) => idempotencyKey));
  expect(keys.size).toBe(1);
  expect(keys.has(null)).toBe(false);
  // Chromium itself sends a request again when a socket that it has used before answers 408.
  if (each.fault === '408') return;
  expect(arrived).toHaveLength(each.tries);
  expectPauses(arrived, each);
}

/** The record is asked for again as long as there is hope; each time, the request itself is tried as documented. */
function expectLooks({ backend, requests }: WidgetPage, each: FaultCase): void {
  const path = /\/calls\//;
  const sent = requests.filter((request) => path.test(request)).length;
  const mayComeYet = each.fault === '404' || each.tries > 1;
  if (mayComeYet) expect(sent).toBeGreaterThanOrEqual(each.tries);
  else expect(sent).toBe(1);
  if (each.fault === '408') return;
  expectPauses(
    backend.requests().filter((request) => path.test(request.path)),
    each,
  );
}

function expectPauses(
  arrived: readonly LoggedRequest[],
  { tries, retryAfterSeconds }: Pick<FaultCase, 'tries' | 'retryAfterSeconds'>,
): void {
  const times = arrived.map(({ at }) => Date.parse(at));
  for (const [index, pauseMs] of PAUSES_MS.slice(0, tries - 1).entries()) {
    const waited = (times[index + 1] ?? 0) - (times[index] ?? 0);
    // Both times are rounded to milliseconds.
    expect(waited).toBeGreaterThan(
      (retryAfterSeconds === undefined ? pauseMs : retryAfterSeconds * 1_000) - 5,
    );
  }
}

async function forgetRequests({ backend, requests }: WidgetPage): Promise<void> {
  requests.length = 0;
  await clearRequests(backend);
}

/** Started from the box for it, whatever is on the screen. */
async function pressForCall(widget: WidgetPage): Promise<void> {
  await widget.button('Start a call').click();
  await widget.page.waitForFunction(
    () => document.querySelector('osmtalk-widget')?.callState !== 'idle',
    null,
    { polling: 50 },
  );
}

test('connect: each fault has its card, and is tried again as documented', async ({ widget, backend }) => {
  test.slow();
  await widget.visitAndOpen();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('half a sentence');
  for (const [index, each] of FAULTS.entries()) {
    await test.step(nameOf(each), async () => {
      const { fault, retryAfterSeconds } = each;
      const reason = CONNECT_REASONS[fault] ?? each.reason;
      const { retryable } = reasonFacts(reason);
      await forgetRequests(widget);
      await planFault(backend, { route: 'connect', fault, retryAfterSeconds });
      await pressForCall(widget);
      await widget.reached('failed');
      expectTries(widget, /\/connect$/, each);
      await expect(widget.card).toHaveCount(1);
      await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn[reason].title);
      await expect(widget.card).toContainText(visitorGuidanceEn[reason].whatToTry);
      await expect(widget.button('Try again')).toHaveCount(retryable ? 1 : 0);
      const failures = await widget.details('osmtalk-failure');
      expect(failures).toHaveLength(index + 1);
      expect(failures.at(-1)).toMatchObject({ reason, source: 'device', retryable });
      expect((await widget.details('osmtalk-call-end')).length).toBe(index + 1);
      expect(await widget.liveTracks()).toBe(0);
      await widget.button('Chat instead').click();
      await expect(widget.card).toHaveCount(0);
    });
  }
  expect(widget.pageErrors).toEqual([]);
  await expect(widget.page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a sentence');
  await clearFaults(backend);
  await pressForCall(widget);
  await widget.reached('connected');
});

test('chat: each fault keeps the words, and "Try again" sends them with the same key', async ({
  widget,
  backend,
}) => {
  test.slow();
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  const box = widget.page.getByRole('textbox', { name: 'Message' });
  for (const [index, each] of FAULTS.entries()) {
    await test.step(nameOf(each), async () => {
      const { fault, retryAfterSeconds } = each;
      const text = `Words number ${index}, a few of them, so that half is a part`;
      await forgetRequests(widget);
      await planFault(backend, { route: 'chat', fault, retryAfterSeconds });
      await box.fill(text);
      await box.press('Enter');
      const unsent = widget.log.locator('[data-role=user][data-status=failed]');
      await expect(unsent).toHaveCount(1);
      await expect(unsent).toContainText(text);
      // What had come of a reply that broke off stays, and says so.
      const half = widget.log.locator('[data-role=agent][data-status=failed]');
      const isHalf = fault === 'reset';
      await expect(isHalf ? half : unsent).toContainText(isHalf ? 'The answer broke off.' : 'Not sent.');
      expectTries(widget, /\/chat$/, each);
      await expect(widget.log.getByRole('listitem')).toHaveCount(2 * index + (isHalf ? 2 : 1));
      expect((await widget.details('osmtalk-error')).at(-1)).toMatchObject({ message: expect.any(String) });

      await clearFaults(backend);
      await (isHalf ? half : unsent).getByRole('button', { name: 'Try again' }).click();
      await expect(widget.log.getByRole('listitem')).toHaveCount(2 * index + 2);
      await expect(widget.log.getByRole('listitem').last()).toContainText(text);
      await expect(unsent).toHaveCount(0);
      await expect(half).toHaveCount(0);
      expect(new Set(backend.requests().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    });
  }
  const said = (await widget.details('osmtalk-message')).map(({ role }) => role);
  expect(said).toEqual(FAULTS.flatMap(() => ['user', 'agent']));
  expect(widget.pageErrors).toEqual([]);
});

/** One of each kind: the client's tests go through all of them, and a page only needs to know that there is no record. */
const RECORD_FAULTS = FAULTS.filter(({ fault, retryAfterSeconds }) =>
  retryAfterSeconds === undefined
    ? !['400', '402', '404', '408', '500', '502', 'wrong-types'].includes(fault)
    : retryAfterSeconds > 1,
);
/** In two halves, which two workers share. */
const HALF = Math.ceil(RECORD_FAULTS.length / 2);
for (const [name, half] of Object.entries({
  'a refused record': RECORD_FAULTS.slice(0, HALF),
  'a broken record': RECORD_FAULTS.slice(HALF),
})) {
  test(`${name}: the call ends with what the page measured`, async ({ widget, backend }) => {
    test.slow();
    await widget.visitAndOpen({ 'agent-id': 'agent_silent' });
    for (const [index, each] of half.entries()) {
      await test.step(nameOf(each), async () => {
        const { fault, retryAfterSeconds } = each;
        await forgetRequests(widget);
        await planFault(backend, { route: 'record', fault, retryAfterSeconds });
        await pressForCall(widget);
        await widget.reached('connected');
        const callId = (await widget.callId()) ?? '';
        await widget.reached('failed');
        await expect(widget.card).toHaveCount(1);
        const endedAt = Date.parse(backend.calls.get(callId)?.endedAt ?? '');
        expect(Date.now() - endedAt).toBeLessThan(CARD_LIMIT_MS);
        await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn['agent-silent'].title);
        await expect(widget.button('Try again')).toBeVisible();
        expectLooks(widget, each);
        expect((await widget.details('osmtalk-failure')).slice(index)).toMatchObject([
          { reason: 'agent-silent', source: 'device' },
        ]);
        expect((await widget.details('osmtalk-call-end')).slice(index)).toMatchObject([
          { callId, connected: false, failure: { reason: 'agent-silent' } },
        ]);
        expect(await widget.liveTracks()).toBe(0);
        await widget.button('Chat instead').click();
      });
    }
    expect(widget.pageErrors).toEqual([]);
  });
}

test('connect hangs: given up after 30 s, asked for once, and the card says so', async ({
  widget,
  backend,
}) => {
  await widget.page.clock.install();
  await widget.visitAndOpen();
  await clearRequests(backend);
  await planFault(backend, { route: 'connect', fault: 'hang' });
  const asked = widget.page.waitForRequest('**/connect');
  await pressForCall(widget);
  await asked;
  await widget.page.clock.fastForward(REQUEST_LIMIT_MS);
  await widget.reached('failed');
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn.timeout.title);
  await expect(widget.button('Try again')).toBeVisible();
  // The server heard that nobody waits any more.
  await expect.poll(() => backend.requests().filter(({ path }) => path.endsWith('/connect'))).toHaveLength(1);
  expect(widget.connectRequests()).toBe(1);
  expect(await widget.liveTracks()).toBe(0);
  expect(widget.pageErrors).toEqual([]);
});

test('chat hangs: given up after 30 s, sent once; the words stay', async ({ widget, backend }) => {
  await widget.page.clock.install();
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await planFault(backend, { route: 'chat', fault: 'hang' });
  const asked = widget.page.waitForRequest('**/chat');
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Is anybody there?');
  await widget.button('Send').click();
  await asked;
  await widget.page.clock.fastForward(REQUEST_LIMIT_MS);
  await expect(widget.log.locator('[data-status=failed]')).toContainText('Is anybody there?');
  expect(widget.requests.filter((request) => /^POST .*\/chat$/.test(request))).toHaveLength(1);
  await clearFaults(backend);
  await widget.button('Try again').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  expect(widget.pageErrors).toEqual([]);
});

test('the record hangs: the card comes within 10 s of the end', async ({ widget, backend }) => {
  await planFault(backend, { route: 'record', fault: 'hang' });
  await widget.visitAndOpen({ 'agent-id': 'agent_silent' });
  await widget.startCall();
  const callId = (await widget.callId()) ?? '';
  await widget.reached('failed');
  expect(Date.now() - Date.parse(backend.calls.get(callId)?.endedAt ?? '')).toBeLessThan(CARD_LIMIT_MS);
  await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn['agent-silent'].title);
  expect(widget.requests.filter((request) => /^GET .*\/calls\//.test(request))).toHaveLength(1);
  expect(widget.pageErrors).toEqual([]);
});

for (const route of ['connect', 'chat'] as const) {
  test(`${route} is dropped before an answer: never sent without its key`, async ({ widget, backend }) => {
    const keys: (string | undefined)[] = [];
    widget.page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith(`/${route}`))
        keys.push(request.headers()['idempotency-key']);
    });
    await planFault(backend, { route, fault: 'drop' });
    await widget.visitAndOpen();
    if (route === 'connect') {
      await pressForCall(widget);
      await widget.reached('failed');
      await expect(widget.card.getByRole('heading')).toHaveText(visitorGuidanceEn.timeout.title);
    } else {
      await widget.page.getByRole('textbox', { name: 'Message' }).fill('Do not lose me');
      await widget.button('Send').click();
      await expect(widget.log.locator('[data-status=failed]')).toContainText('Do not lose me');
    }
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys).not.toContain(undefined);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('a refused promise in the page would have been noticed by these tests', async ({ widget }) => {
  await widget.visit();
  await widget.page.evaluate(() => void Promise.reject(new Error('nobody catches this')));
  await expect.poll(() => widget.pageErrors).toEqual(['nobody catches this']);
});
