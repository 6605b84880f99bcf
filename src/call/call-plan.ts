import type { CallOffer } from '../wire/call-offer.js';
import type { ConnectBody, WidgetClient } from '../api/widget-client.js';
import type { Failure, FailureGuidance } from '../failures/failure.js';
import type { FailureReason } from '../failures/failure-reasons.js';
import type { ToolStatus, TranscriptEntry, TransportLoader } from '../voice/transport.js';
import type { AudioLevels } from './audio-watch.js';
import type { CallStatus } from './call-state.js';

/** All that one call needs to know. */
export interface CallPlan {
  agentId: string;
  client: WidgetClient;
  body: ConnectBody;
  extraLoaders: readonly TransportLoader[];
  /** The visitor's choice of microphone; the system's default when it is gone, or none was made. */
  microphoneId?: string | undefined;
  /** Goes back to a call that the page before held, instead of asking for a new one. */
  returnTo?: CallOffer | undefined;
  /** Tells of a failed record also when the visitor ended the call as they liked: for testers. */
  tellsEveryFailure?: boolean | undefined;
  /** Ends the call that another tab of this browser holds, instead of giving way to it. */
  takeOver?: boolean | undefined;
  /** The words for a reason. They are fetched meanwhile: a call that works never needs them. */
  describeFailure: (reason: FailureReason) => Promise<FailureGuidance>;
  /** Runs a tool of the page for the agent; see `ClientTools`. */
  runTool: (name: string, args: unknown, waitsMs?: number) => Promise<string>;
  /** The tools that the page has now. */
  toolNames?: (() => Iterable<string>) | undefined;
}

export interface CallSummary {
  callId: string | null;
  durationSeconds: number;
  connected: boolean;
  failure: Failure | null;
}

export interface CallListener {
  onStatus(status: CallStatus): void;
  onConnected(callId: string | null): void;
  /** Exactly once for every `start()` that returned true. */
  onEnd(summary: CallSummary): void;
  onFailure(failure: Failure): void;
  onTranscript(entry: TranscriptEntry): void;
  onToolStatus(tool: ToolStatus): void;
  /** Something written by the agent, or by the person of this name. */
  onMessage?(message: { id: string; text: string; name?: string }): void;
  /** The agent has handed the call to a person, whose name may be empty. */
  onHandedOver?(name: string): void;
  onLevels(levels: AudioLevels): void;
  /** The microphone in use vanished, and this one took its place. */
  onMicrophoneReplaced?(label: string): void;
  /** Something for the site owner's logs; the call's own handling is done elsewhere. */
  onError(error: unknown): void;
}
