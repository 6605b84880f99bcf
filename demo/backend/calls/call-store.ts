import { randomUUID } from 'node:crypto';
import type { CallOutcome } from './call-outcome.js';
import {
  type CallChannel,
  type CallRecord,
  type CallStatus,
  isEnded,
  type TranscriptRole,
} from './call-record.js';

const mostCalls = 500;

export interface NewCall {
  agentId: string;
  channel: CallChannel;
  keyName: string;
  dynamicVariables?: Record<string, unknown>;
}

/** All calls, in memory, the newest last. Bounded: the oldest ended call makes room. */
export class CallStore {
  readonly #calls = new Map<string, CallRecord>();
  readonly #keyNames = new Map<string, string>();

  create({ agentId, channel, keyName, dynamicVariables = {} }: NewCall): CallRecord {
    const call: CallRecord = {
      id: `call_${randomUUID()}`,
      agentId,
      channel,
      status: 'queued',
      failureReason: null,
      didConnect: false,
      durationSeconds: 0,
      startedAt: new Date().toISOString(),
      endedAt: null,
      transcript: [],
      recordingUrl: null,
      campaignId: null,
      dynamicVariables,
    };
    this.#calls.set(call.id, call);
    this.#keyNames.set(call.id, keyName);
    this.#dropOldest();
    return call;
  }

  get(id: string): CallRecord | undefined {
    return this.#calls.get(id);
  }

  list(): CallRecord[] {
    return [...this.#calls.values()];
  }

  /** Calls of one key that are not over. A chat occupies no line. */
  activeCalls(keyName: string): number {
    return this.list().filter(
      (call) => call.channel !== 'chat' && !isEnded(call) && this.#keyNames.get(call.id) === keyName,
    ).length;
  }

  setStatus(call: CallRecord, status: Exclude<CallStatus, 'completed' | 'failed'>): void {
    if (isEnded(call)) return;
    call.status = status;
    if (status === 'in_progress') call.didConnect = true;
  }

  addLine(call: CallRecord, role: TranscriptRole, text: string): void {
    if (text !== '') call.transcript.push({ role, text, at: new Date().toISOString() });
  }

  /** The end. A call ends once; what comes later is ignored. */
  finish(call: CallRecord, { status, failureReason }: CallOutcome): void {
    if (isEnded(call)) return;
    const endedAt = new Date();
    call.status = status;
    call.failureReason = failureReason;
    call.endedAt = endedAt.toISOString();
    call.durationSeconds = secondsBetween(call.startedAt, endedAt);
  }

  #dropOldest(): void {
    if (this.#calls.size <= mostCalls) return;
    const oldest = this.list().find(isEnded);
    if (!oldest) return;
    this.#calls.delete(oldest.id);
    this.#keyNames.delete(oldest.id);
  }
}

function secondsBetween(from: string, to: Date): number {
  return Math.round((to.getTime() - Date.parse(from)) / 100) / 10;
}
