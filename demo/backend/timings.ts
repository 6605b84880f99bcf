/** Every wait of the backend, in one place, so that a test can make the slow scenarios fast. */
export interface Timings {
  /** The agent has this long to join after the caller has. */
  startWindowMs: number;
  /** How long `agent_slow_start` takes to join. */
  slowStartMs: number;
  /** `agent_silent` is ended by the server after this long without a sound. */
  noSoundMs: number;
  /** Nobody spoke for this long: the call is ended. The platform's default is five minutes. */
  idleMs: number;
  /** The idle window of `agent_idle`. */
  shortIdleMs: number;
  /** From the death of an agent's process to the sweeper that finds the orphaned call. */
  sweepMs: number;
  /** `agent_crashes` dies this long into its welcome. */
  crashAfterMs: number;
  /** Between the errors of `agent_provider_storm`. */
  providerErrorGapMs: number;
  /** `agent_unknown_failure` fails this long after its welcome. */
  failAfterMs: number;
  /** A caller who got a token has this long to enter the room. */
  joinWindowMs: number;
  /** A caller who entered the room has this long to get media through. */
  mediaWindowMs: number;
  /** A caller whose websocket is gone, or who gives no sign of life any more, may come back for this long. */
  callerGraceMs: number;
  /** A caller whose page closed the websocket, without saying goodbye, may come back with its next page for this long. */
  pageReturnMs: number;
  /** No call lasts longer. */
  longestCallMs: number;
  /** `agent_late_record` still says `in_progress` for this long after the end. */
  lateRecordMs: number;
  /** The quiet that ends a caller's turn. */
  turnQuietMs: number;
  /** A turn is cut here, so that a caller (or a looping fake microphone) who never pauses gets an answer. */
  longestTurnMs: number;
  /** The agent thinks this long before it answers. */
  thinkingMs: number;
  /** The sound of a line is cut here, so that a test need not listen to all of it. Its words all come. */
  longestLineMs: number;
  /** The agent waits this long for the page to answer a tool call. */
  toolTimeoutMs: number;
  /** The whole answer of `agent_slow_chat`. */
  slowChatMs: number;
  /** Between two pieces of a streamed chat reply. */
  chatPieceGapMs: number;
  /** An outbound call rings this long. */
  ringMs: number;
  /** An answered outbound call talks this long. */
  outboundTalkMs: number;
  /** The window of the rate limit. */
  rateWindowMs: number;
}

export const defaultTimings: Timings = {
  startWindowMs: 15_000,
  slowStartMs: 4_000,
  noSoundMs: 6_000,
  idleMs: 300_000,
  shortIdleMs: 8_000,
  sweepMs: 4_000,
  crashAfterMs: 1_500,
  providerErrorGapMs: 800,
  failAfterMs: 800,
  joinWindowMs: 30_000,
  mediaWindowMs: 20_000,
  callerGraceMs: 10_000,
  pageReturnMs: 4_000,
  longestCallMs: 1_800_000,
  lateRecordMs: 8_000,
  turnQuietMs: 700,
  longestTurnMs: 6_000,
  thinkingMs: 400,
  longestLineMs: 60_000,
  toolTimeoutMs: 10_000,
  slowChatMs: 4_000,
  chatPieceGapMs: 40,
  ringMs: 1_500,
  outboundTalkMs: 3_000,
  rateWindowMs: 10_000,
};
