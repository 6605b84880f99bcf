import type { CallOffer } from '../wire/call-offer.js';
import type { ConnectBody, WidgetClient } from '../api/widget-client.js';
import type { Failure, FailureGuidance } from '../failures/failure.js';
import type { FailureReason } from '../failures/failure-reasons.js';
import type { ToolStatus, TranscriptEntry, TransportLoader } from '../voice/transport.js';
import type { AudioLevels } from './audio-watch.js';
import type { CallStatus } from './call-state.js';

/** Everything that one call is started with. */
export interface CallPlan {
  agentId: string;
  client: WidgetClient;
  body: ConnectBody;
  /** The body without what the platform may refuse: sent once, when it has refused `body`. */
  plainBody?: ConnectBody | undefined;
  extraLoaders: readonly TransportLoader[];
  /** The device id of the chosen microphone. The system's default is used when none was chosen, or the device is gone. */
  microphoneId?: string | undefined;
  /** The offer of a call that the page before left resumable: it is joined again instead of asking for a new call. */
  returnTo?: CallOffer | undefined;
  /** For testers: reports a failed record also when the visitor ended the call normally. */
  tellsEveryFailure?: boolean | undefined;
  /** Ends the call of another tab of this browser, instead of failing with `call-in-another-tab`. */
  takeOver?: boolean | undefined;
  /** Resolves with the guidance text for a reason. The text is fetched late: a call that works never needs it. */
  describeFailure: (reason: FailureReason) => Promise<FailureGuidance>;
  /** Runs a tool of the page for the agent; see `ClientTools.run`. */
  runTool: (name: string, args: unknown, waitsMs?: number) => Promise<string>;
  /** The names of the tools that the page has now. */
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
  /** Called exactly once for every `start()` that returned true. */
  onEnd(summary: CallSummary): void;
  onFailure(failure: Failure): void;
  onTranscript(entry: TranscriptEntry): void;
  onToolStatus(tool: ToolStatus): void;
  /** A message that the agent wrote, or the person with this `name`. */
  onMessage?(message: { id: string; text: string; name?: string }): void;
  /** The agent has handed the call to a person, whose name may be empty. */
  onHandedOver?(name: string): void;
  onLevels(levels: AudioLevels): void;
  /** The microphone in use vanished, and this one took its place. */
  onMicrophoneReplaced?(label: string): void;
  /** An error for the site owner's logs; the call needs no further handling by this listener. */
  onError(error: unknown): void;
}
