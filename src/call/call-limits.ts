/** How long one call waits for what, in milliseconds. */
export const CALL_LIMITS = {
  /**
   * From the answer of connect to the link: a media server may be asked again and again without ever refusing
   * (https://github.com/livekit/client-sdk-js/issues/1883), and the microphone is open meanwhile.
   */
  linkUpMs: 20_000,
  /** The agent must be there within this time of the link coming up; the platform's own limit is the same. */
  agentJoinMs: 15_000,
  /** An agent that vanished may be restarted by the platform; after this it will not come back. */
  agentReturnMs: 8_000,
  /** An agent that hangs up takes the room with it within this time; one that leaves and leaves the room open did not mean to. */
  hangUpMs: 1_000,
  /** A link that is not back by then is lost: nobody waits longer in silence. */
  reconnectMs: 30_000,
  /** A call that the visitor ended sooner than this after the link came up was a change of mind, not a failure. */
  changeOfMindMs: 3_000,
  /** How long the visitor waits for the platform's reason before the page shows its own. A late one still corrects the card. */
  recordPatienceMs: 4_000,
  /** A healthy link says in a few milliseconds what was heard. */
  lastLookMs: 1_000,
  /** Leaving a link politely may take a round trip; the microphone is off before that, and nobody waits longer than this. */
  leaveMs: 1_500,
} as const;
