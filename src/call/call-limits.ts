/** The time limits of one call, in milliseconds. */
export const CALL_LIMITS = {
  /**
   * From the answer of connect until the connection is up: a media server may be asked again and again without ever refusing
   * (https://github.com/livekit/client-sdk-js/issues/1883), and the microphone is open meanwhile.
   */
  linkUpMs: 20_000,
  /** From the connection coming up until the agent joins; the platform's own limit is the same. */
  agentJoinMs: 15_000,
  /** The platform may restart an agent that vanished; after this time it will not come back. */
  agentReturnMs: 8_000,
  /** The same wait when the media server reports the agent's connection as lost: it does so some ten seconds late. */
  deadLinkMs: 6_000,
  /** An agent that said goodbye has hung up, unless another agent joins within this time. */
  goodbyeMs: 2_000,
  /** Added to `goodbyeMs` when the platform's record says that the call goes on. */
  goodbyeOfLiveCallMs: 2_000,
  /** An agent that reports `speaking` sends packets all the time: after this long without any, its connection counts as lost. */
  noPacketsMs: 5_000,
  /** An agent that hangs up closes the room within this time. When the room stays open longer, the agent left unintentionally. */
  hangUpMs: 1_000,
  /** A connection that is not restored within this time counts as lost. */
  reconnectMs: 30_000,
  /** A visitor who ends the call sooner than this after the connection came up has changed their mind: that is no failure. */
  changeOfMindMs: 3_000,
  /**
   * How long the visitor waits for the platform's failure reason before the page shows its own. A later reason still corrects the
   * card.
   */
  recordPatienceMs: 4_000,
  /** The same after the agent died: the record was then read all through the wait for the agent's return. */
  lastRecordPatienceMs: 500,
  /** Limit of the last sound measurement; a working connection needs a few milliseconds. */
  lastLookMs: 1_000,
  /** Leaving the connection may take a round trip. The microphone is off before that, and the page waits no longer than this. */
  leaveMs: 1_500,
} as const;
