import { expect, it } from 'vitest';
import { historyQuery } from '../../../demo/backend/api/schemas.js';
import { findCalls } from '../../../demo/backend/calls/call-history.js';
import type { CallRecord } from '../../../demo/backend/calls/call-record.js';
import { CallStore } from '../../../demo/backend/calls/call-store.js';
import { summarizeCalls } from '../../../demo/backend/calls/dashboard.js';

const base: CallRecord = {
  id: 'call_1',
  agentId: 'agent_a',
  channel: 'web',
  status: 'completed',
  failureReason: null,
  didConnect: true,
  durationSeconds: 10,
  startedAt: '2026-01-01T10:00:00.000Z',
  endedAt: '2026-01-01T10:00:10.000Z',
  transcript: [{ role: 'agent', text: 'Welcome to the clinic', at: '2026-01-01T10:00:01.000Z' }],
  recordingUrl: null,
  campaignId: null,
  dynamicVariables: {},
};
const failed: CallRecord = {
  ...base,
  id: 'call_2',
  agentId: 'agent_b',
  channel: 'outbound',
  status: 'failed',
  failureReason: 'sip_no_answer',
  startedAt: '2026-01-02T10:00:00.000Z',
  transcript: [],
};
const running: CallRecord = {
  ...failed,
  id: 'call_3',
  channel: 'chat',
  status: 'in_progress',
  failureReason: null,
};
const calls = [base, failed, running];

it.each([
  ['', ['call_3', 'call_2', 'call_1']],
  ['status=failed', ['call_2']],
  ['agentId=agent_b', ['call_3', 'call_2']],
  ['channel=chat', ['call_3']],
  ['failureReason=sip_no_answer', ['call_2']],
  ['campaignId=spring', []],
  ['from=2026-01-02', ['call_3', 'call_2']],
  ['to=2026-01-01T23:59:59Z', ['call_1']],
  ['search=CLINIC', ['call_1']],
  ['search=call_2', ['call_2']],
  ['status=failed&agentId=agent_a', []],
  ['limit=1&offset=1', ['call_2']],
])('GET /calls?%s', (query, ids) => {
  const page = findCalls(calls, historyQuery.parse(Object.fromEntries(new URLSearchParams(query))));
  expect(page.data.map((call) => call.id)).toEqual(ids);
});

it('counts all that match beside the page', () => {
  const page = findCalls(calls, historyQuery.parse({ limit: '1' }));
  expect(page).toMatchObject({ total: 3, limit: 1, offset: 0 });
  expect(findCalls(calls, historyQuery.parse({})).limit).toBe(20);
});

it('sums up the dashboard', () => {
  expect(summarizeCalls(calls)).toEqual({
    totalCalls: 3,
    activeCalls: 1,
    completedCalls: 1,
    failedCalls: 1,
    averageDurationSeconds: 10,
    byChannel: { web: 1, outbound: 1, chat: 1 },
    failureReasons: { sip_no_answer: 1 },
  });
  expect(summarizeCalls([]).averageDurationSeconds).toBe(0);
});

it('keeps a bounded number of calls, and never drops one that lives', () => {
  const store = new CallStore();
  const first = store.create({ agentId: 'a', channel: 'web', keyName: 'k' });
  for (let made = 0; made < 600; made += 1) {
    const call = store.create({ agentId: 'a', channel: 'web', keyName: 'k' });
    store.finish(call, { status: 'completed', failureReason: null });
  }
  expect(store.list().length).toBeLessThanOrEqual(501);
  expect(store.get(first.id)).toBe(first);
  expect(store.activeCalls('k')).toBe(1);
});

it('ends a call once', () => {
  const store = new CallStore();
  const call = store.create({ agentId: 'a', channel: 'web', keyName: 'k' });
  store.finish(call, { status: 'failed', failureReason: 'unknown' });
  store.finish(call, { status: 'completed', failureReason: null });
  store.setStatus(call, 'in_progress');
  expect(call).toMatchObject({ status: 'failed', failureReason: 'unknown', didConnect: false });
});
