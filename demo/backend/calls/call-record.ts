export type CallChannel = 'web' | 'outbound' | 'chat';
export type CallStatus = 'queued' | 'ringing' | 'connecting' | 'in_progress' | 'completed' | 'failed';
export type TranscriptRole = 'user' | 'agent';

interface TranscriptEntry {
  role: TranscriptRole;
  text: string;
  at: string;
}

/** One call, in the shape in which the widget API shows it. */
export interface CallRecord {
  id: string;
  agentId: string;
  channel: CallChannel;
  status: CallStatus;
  failureReason: string | null;
  didConnect: boolean;
  durationSeconds: number;
  startedAt: string;
  endedAt: string | null;
  transcript: TranscriptEntry[];
  recordingUrl: null;
  campaignId: null;
  /** Echoed, so that a tester sees what the page has sent. */
  dynamicVariables: Record<string, unknown>;
}

export function isEnded(call: CallRecord): boolean {
  return call.status === 'completed' || call.status === 'failed';
}
