import type { CallRecord } from './call-record.js';

export interface Dashboard {
  totalCalls: number;
  activeCalls: number;
  completedCalls: number;
  failedCalls: number;
  averageDurationSeconds: number;
  byChannel: Record<string, number>;
  failureReasons: Record<string, number>;
}

export function summarizeCalls(calls: readonly CallRecord[]): Dashboard {
  const completed = calls.filter((call) => call.status === 'completed');
  const failed = calls.filter((call) => call.status === 'failed');
  const seconds = completed.reduce((sum, call) => sum + call.durationSeconds, 0);
  return {
    totalCalls: calls.length,
    activeCalls: calls.length - completed.length - failed.length,
    completedCalls: completed.length,
    failedCalls: failed.length,
    averageDurationSeconds: completed.length === 0 ? 0 : Math.round((seconds / completed.length) * 10) / 10,
    byChannel: countBy(calls, (call) => call.channel),
    failureReasons: countBy(failed, (call) => call.failureReason ?? 'unknown'),
  };
}

function countBy(calls: readonly CallRecord[], keyOf: (call: CallRecord) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[keyOf(call)] = (counts[keyOf(call)] ?? 0) + 1;
  return counts;
}
