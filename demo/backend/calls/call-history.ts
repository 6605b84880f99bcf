import type { HistoryQuery } from '../api/schemas.js';
import type { CallRecord } from './call-record.js';

export interface HistoryPage {
  data: CallRecord[];
  total: number;
  limit: number;
  offset: number;
}

/** One page of the calls that match, the newest first. */
export function findCalls(calls: readonly CallRecord[], query: HistoryQuery): HistoryPage {
  const { limit, offset } = query;
  const matching = calls.filter((call) => matches(call, query)).toReversed();
  return { data: matching.slice(offset, offset + limit), total: matching.length, limit, offset };
}

function matches(call: CallRecord, query: HistoryQuery): boolean {
  const exact = ['status', 'agentId', 'channel', 'campaignId', 'failureReason'] as const;
  if (exact.some((field) => query[field] !== undefined && query[field] !== call[field])) return false;
  const startedAt = Date.parse(call.startedAt);
  if (query.from && startedAt < query.from.getTime()) return false;
  if (query.to && startedAt > query.to.getTime()) return false;
  return query.search === undefined || contains(call, query.search.toLowerCase());
}

function contains(call: CallRecord, needle: string): boolean {
  const haystack = [call.id, call.agentId, ...call.transcript.map((entry) => entry.text)];
  return haystack.some((text) => text.toLowerCase().includes(needle));
}
