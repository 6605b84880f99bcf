import {
  asObject,
  firstBoolean,
  firstNumber,
  firstString,
  firstText,
  unreadable,
  unwrap,
  type Fields,
} from './fields.js';

export interface TranscriptItem {
  role: 'user' | 'agent';
  text: string;
  at: string | null;
}

export interface CallRecord {
  callId: string | null;
  /**
   * `queued ringing connecting in_progress completed failed`, or any other that the platform sends: in lower case, with `_` for
   * `-`.
   */
  status: string;
  /** As the platform sent it, whatever its type; `failures/` maps unknown values to `unknown`. */
  failureReason: unknown;
  didConnect: boolean | null;
  durationSeconds: number | null;
  transcript: TranscriptItem[];
  recordingUrl: string | null;
  startedAt: string | null;
  endedAt: string | null;
  channel: string | null;
  agentId: string | null;
}

export function isTerminal(record: Pick<CallRecord, 'status'>): boolean {
  return /^(?:completed|failed|cancell?ed|no_answer|busy)$/.test(record.status);
}

export function readCallRecord(json: unknown): CallRecord {
  const fields = unwrap(json, 'call record');
  const status = firstString(fields, ['status', 'state']);
  if (status === null) throw unreadable('the call record has no status');
  return {
    callId: firstString(fields, ['callId', 'call_id', 'id']),
    status: status.toLowerCase().replaceAll('-', '_'),
    failureReason: fields.failureReason ?? fields.failure_reason ?? null,
    didConnect: firstBoolean(fields, ['didConnect', 'did_connect']),
    durationSeconds: firstNumber(fields, ['durationSeconds', 'duration_seconds', 'duration']),
    transcript: readTranscript(fields.transcript),
    recordingUrl: firstString(fields, ['recordingUrl', 'recording_url']),
    startedAt: firstString(fields, ['startedAt', 'started_at']),
    endedAt: firstString(fields, ['endedAt', 'ended_at']),
    channel: firstString(fields, ['channel']),
    agentId: firstString(fields, ['agentId', 'agent_id']),
  };
}

export function readOutboundCall(json: unknown): { callId: string } {
  const callId = firstString(unwrap(json, 'outbound call'), ['callId', 'call_id', 'id']);
  if (callId === null) throw unreadable('outbound answered no call id');
  return { callId };
}

/**
 * Reads a list, bare or under `data`; items that are not objects are dropped.
 *
 * @throws {ApiError} `invalid-response` when there is no list.
 */
export function readList(json: unknown): Fields[] {
  const list = Array.isArray(json) ? json : asObject(json)?.data;
  if (!Array.isArray(list)) throw unreadable('a list was expected');
  return list.map(asObject).filter((item): item is Fields => item !== null);
}

export function readCallPage(json: unknown): {
  data: CallRecord[];
  total: number;
  limit: number;
  offset: number;
} {
  const fields = asObject(json) ?? {};
  const data = readList(json).map(readCallRecord);
  return {
    data,
    total: firstNumber(fields, ['total']) ?? data.length,
    limit: firstNumber(fields, ['limit']) ?? data.length,
    offset: firstNumber(fields, ['offset']) ?? 0,
  };
}

export function readObject(json: unknown): Fields {
  return unwrap(json, 'the answer');
}

/** Other roles (system, tool …) are left out: nobody said that text, and it may contain the agent's prompt. */
const SPEAKERS = new Map<unknown, TranscriptItem['role']>([
  ['user', 'user'],
  ['agent', 'agent'],
  ['assistant', 'agent'],
  ['bot', 'agent'],
]);

function readTranscript(value: unknown): TranscriptItem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item): TranscriptItem[] => {
    const fields = asObject(item);
    const role = SPEAKERS.get(fields?.role);
    const text = fields && firstText(fields, ['text', 'content']);
    if (!fields || !role || !text) return [];
    return [{ role, text, at: firstString(fields, ['at', 'timestamp']) }];
  });
}
