import { findScenario } from '../scenarios/scenarios.js';
import { findCalls } from '../calls/call-history.js';
import { type CallRecord, isEnded } from '../calls/call-record.js';
import { summarizeCalls } from '../calls/dashboard.js';
import { HttpError } from '../http/http-error.js';
import type { ApiHandler, ApiRequest } from './api-context.js';
import { phoneNumbers } from './phone-numbers.js';
import { historyQuery, parseWith } from './schemas.js';

export const listCalls: ApiHandler = (api) => {
  const query = parseWith(historyQuery, Object.fromEntries(api.url.searchParams));
  return Response.json(findCalls(visibleCalls(api), query));
};

export const getCall: ApiHandler = (api) => {
  const call = api.calls.get(api.id);
  const record = call && visibleRecord(call, api);
  if (!record) throw new HttpError(404, 'call_not_found', 'There is no call of this id.');
  return Response.json(record);
};

export const getDashboard: ApiHandler = (api) => Response.json(summarizeCalls(visibleCalls(api)));

export const listPhoneNumbers: ApiHandler = () => Response.json({ data: phoneNumbers });

function visibleCalls(api: ApiRequest): CallRecord[] {
  return api.calls.list().flatMap((call) => visibleRecord(call, api) ?? []);
}

/** Some scenarios are about a record that comes late, or never. */
function visibleRecord(call: CallRecord, { timings }: ApiRequest): CallRecord | undefined {
  const lateness = findScenario(call.agentId)?.record;
  if (lateness === 'missing') return undefined;
  const isLate = lateness === 'late' && isEnded(call) && Date.now() < endOf(call) + timings.lateRecordMs;
  if (!isLate) return call;
  return { ...call, status: 'in_progress', failureReason: null, endedAt: null, durationSeconds: 0 };
}

function endOf(call: CallRecord): number {
  return call.endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(call.endedAt);
}
