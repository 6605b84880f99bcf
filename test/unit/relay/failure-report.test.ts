import { describe, expect, it } from 'vitest';
import type { AuditEntry, FailureReport, RelayCall } from '../../../src/relay.js';
import { fromPage, relayWith, statusAndError } from './start-relay.js';

const REPORT = {
  schema: 'osmtalk-failure-report/1',
  failure: { reason: 'agent-never-joined', source: 'device', likelyBlame: 'platform', retryable: true },
  connected: true,
  durationSeconds: 12.5,
  diagnostics: { widgetVersion: '0.1.0', call: { callId: 'call_1' } },
};

const noUpstream = (): Response => Response.error();

/** As a beacon sends it. */
const beacon = (body: unknown, more = {}) =>
  fromPage('/reports', { body, headers: { 'content-type': 'text/plain;charset=UTF-8' }, ...more });

function relayWithReports(options = {}) {
  const reports: FailureReport[] = [];
  const calls: RelayCall[] = [];
  const { relay, requests } = relayWith(noUpstream, {
    onReport: (report, _request, call) => {
      reports.push(report);
      calls.push(call);
    },
    ...options,
  });
  return { relay, requests, reports, calls };
}

describe('the report of a failed call', () => {
  it('reaches the site, and nothing of it the upstream', async () => {
    const audit: AuditEntry[] = [];
    const { relay, requests, reports, calls } = relayWithReports({
      audit: (entry: AuditEntry) => void audit.push(entry),
    });
    const response = await relay(beacon(REPORT));
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(reports).toEqual([REPORT]);
    expect(calls).toEqual([{ action: 'report', agentId: null, visitor: null }]);
    expect(audit).toMatchObject([{ action: 'report', status: 204, outcome: 'ok', upstreamStatus: null }]);
    expect(requests).toEqual([]);
  });

  it('is 404 where the site takes none', async () => {
    const { relay } = relayWith(noUpstream);
    expect(await statusAndError(await relay(beacon(REPORT)))).toEqual([404, 'not_offered']);
  });

  it.each([
    ['another schema', { ...REPORT, schema: 'osmtalk-failure-report/2' }, 'schema'],
    ['no failure', { ...REPORT, failure: null }, 'failure'],
    [
      'a reason of a megabyte',
      { ...REPORT, failure: { ...REPORT.failure, reason: 'x'.repeat(101) } },
      'failure.reason',
    ],
    [
      'a source that nobody knows',
      { ...REPORT, failure: { ...REPORT.failure, source: 'dream' } },
      'failure.source',
    ],
    ['a duration in words', { ...REPORT, durationSeconds: 'long' }, 'durationSeconds'],
  ])('is refused with %s', async (_what, body, field) => {
    const { relay, reports } = relayWithReports();
    const response = await relay(beacon(body));
    expect(response.status).toBe(400);
    expect(Object.keys(((await response.json()) as { details: object }).details)).toEqual([field]);
    expect(reports).toEqual([]);
  });

  it('keeps only the fields that a report has', async () => {
    const { relay, reports } = relayWithReports();
    await relay(
      beacon(
        `{"__proto__": {"a": 1}, "extra": 1, ${JSON.stringify({ ...REPORT, diagnostics: 'none' }).slice(1)}`,
      ),
    );
    expect(reports).toEqual([{ ...REPORT, diagnostics: null }]);
  });

  it.each([
    ['another origin', beacon(REPORT, { origin: 'https://evil.example' }), 403],
    ['no origin', beacon(REPORT, { origin: null }), 403],
    ['JSON, which a beacon cannot say it is', fromPage('/reports', { body: REPORT }), 415],
    ['a body that is too large', beacon({ ...REPORT, more: 'x'.repeat(70_000) }), 413],
    ['something that is no JSON', beacon('hello'), 400],
  ])('is refused from %s', async (_what, request, status) => {
    const { relay, reports } = relayWithReports();
    expect((await relay(request)).status).toBe(status);
    expect(reports).toEqual([]);
  });

  it('asks `authorize`, and not `botCheck`, for which a beacon has no header', async () => {
    const refused = relayWithReports({ authorize: () => false });
    expect(await statusAndError(await refused.relay(beacon(REPORT)))).toEqual([403, 'not_authorized']);
    expect(refused.reports).toEqual([]);
    const { relay } = relayWithReports({ authorize: () => true, botCheck: () => false });
    expect((await relay(beacon(REPORT))).status).toBe(204);
  });

  it('is limited for each address', async () => {
    const { relay } = relayWithReports({
      address: () => '192.0.2.1',
      rateLimit: { address: { requests: 2, windowMs: 60_000 } },
    });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await relay(beacon(REPORT))).status);
    expect(statuses).toEqual([204, 204, 429]);
  });

  it('whose hook throws tells the page nothing of it', async () => {
    const { relay } = relayWithReports({ onReport: () => Promise.reject(new Error('postgres://secret')) });
    const response = await relay(beacon(REPORT));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('postgres');
  });
});
