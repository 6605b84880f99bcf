import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const pushedBy = (widget: WidgetPage): Promise<Record<string, unknown>[]> =>
  widget.page.evaluate(
    () => (window as unknown as { dataLayer?: Record<string, unknown>[] }).dataLayer ?? [],
  );

/** Has failed calls reported to the page's own server, and returns the reports. */
async function collectReports(widget: WidgetPage): Promise<Record<string, unknown>[]> {
  const reports: Record<string, unknown>[] = [];
  await widget.page.route('**/api/widget/reports', (route) => {
    reports.push(JSON.parse(String(route.request().postData())) as Record<string, unknown>);
    return route.fulfill({ status: 204 });
  });
  return reports;
}

test('a whole session is pushed and reported as the docs say, once each, with no word, key, number or id in it', async ({
  widget,
  page,
}) => {
  const reports = await collectReports(widget);
  await widget.visit({ 'data-layer': 'true', 'agent-id': 'agent_silent', 'consent-text': 'We record this.' });
  await widget.element.evaluate((element) => {
    Object.assign(element, { reportUrl: '/api/widget/reports', userId: 'ada@example.org' });
  });
  await expect.poll(async () => (await pushedBy(widget)).length).toBe(1);
  await widget.button('Talk to us').click();
  await widget.button('I agree').click();
  await page.getByRole('textbox', { name: 'Message' }).fill('My number is 030 123456');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await widget.startCall();
  const callId = await widget.backendCallId();
  await widget.reached('failed');
  await expect.poll(() => reports).toHaveLength(1);
  await widget.button('Close').click();
  const pushed = await pushedBy(widget);
  expect(pushed).toEqual([
    { event: 'osmtalk_ready' },
    { event: 'osmtalk_open' },
    { event: 'osmtalk_consent' },
    { event: 'osmtalk_message', role: 'user' },
    { event: 'osmtalk_message', role: 'agent' },
    { event: 'osmtalk_call_start' },
    { event: 'osmtalk_call_connected' },
    {
      event: 'osmtalk_call_end',
      connected: false,
      duration_seconds: expect.any(Number) as unknown,
      failure_reason: 'no_audio_output',
      failure_blame: expect.any(String) as unknown,
    },
    { event: 'osmtalk_close' },
  ]);
  expect(reports[0]).toMatchObject({
    schema: 'osmtalk-failure-report/1',
    failure: { reason: 'no_audio_output', source: 'server' },
    connected: false,
    diagnostics: { call: { callId } },
  });
  const layer = JSON.stringify(pushed);
  expect(layer).not.toContain(callId);
  for (const secret of ['123456', 'osm_demo', 'ada@', 'record this'])
    expect(layer + JSON.stringify(reports)).not.toContain(secret);
  expect(reports).toHaveLength(1);
  expect(widget.pageErrors).toEqual([]);
});
