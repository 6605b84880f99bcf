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
  /** One whose link is dead for the media server has been gone for some ten seconds when that says so. */
  deadLinkMs: 6_000,
  /** One that said goodbye has hung up, unless another comes at once. */
  goodbyeMs: 2_000,
  /** So much longer where the platform's record says that the call goes on. */
  goodbyeOfLiveCallMs: 2_000,
  /** While the agent is said to speak, its packets come all the time. */
  noPacketsMs: 5_000,
  /** An agent that hangs up takes the room with it within this time; one that leaves and leaves the room open did not mean to. */
  hangUpMs: 1_000,
  /** A link that is not back by then is lost: nobody waits longer in silence. */
  reconnectMs: 30_000,
  /** A call that the visitor ended sooner than this after the link came up was a change of mind, not a failure. */
  changeOfMindMs: 3_000,
  /** How long the visitor waits for the platform's reason before the page shows its own. A late one still corrects the card. */
  recordPatienceMs: 4_000,
  /** And at the end of a wait in which it was read already. */
  lastRecordPatienceMs: 500,
  /** A healthy link says in a few milliseconds what was heard. */
  lastLookMs: 1_000,
  /** Leaving a link politely may take a round trip; the microphone is off before that, and nobody waits longer than this. */
  leaveMs: 1_500,
} as const;
