/** The values of the participant attribute `lk.agent.state`. */
export type AgentState = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking' | 'failed';

/** The words of one line, as they are spoken. */
export interface TranscriptWriter {
  write(piece: string): void;
  /** Says that the line is final. */
  finish(): void;
}

/** Carries messages that are not of our own set, for an agent that speaks another dialect. */
export interface MessageCarrier {
  /** From now on nothing of our own is said, and what the page says comes here. */
  useAlone(onMessage: (text: string) => void): void;
  send(text: string): void;
}

/**
 * All that an agent can do in one call, whatever carries the call: the embedded room, or a LiveKit server.
 * Nothing here fails when the call is already over: it does nothing then.
 */
export interface AgentChannel {
  readonly callerIdentity: string;
  /** The agent appears and publishes its track. Resolves once caller and agent can hear each other. */
  join(): Promise<void>;
  /** 20 ms of Opus. Whoever calls this sets the pace. */
  sendFrame(frame: Uint8Array): void;
  /** From now on the caller's own sound is what the agent sends. */
  startEcho(): void;
  setState(state: AgentState): void;
  openTranscript(): TranscriptWriter;
  /** What the caller was heard to say, in the caller's name. */
  sendCallerTranscript(text: string): void;
  /** A data message, as JSON. */
  sendData(topic: string, value: object): void;
  callRpc(method: string, payload: string, timeoutMs: number): Promise<string>;
  /** A message of the agent in writing, which it does not speak. */
  sendMessage?(text: string): void;
  /** The room says of itself that it is recorded, or no longer is. */
  setRecording?(isRecording: boolean): void;
  /** The agent vanishes from the room, and the room stays. */
  leave(): void;
  /** Where this process carries the call itself. */
  readonly carrier?: MessageCarrier;
  /** Ends the call for everybody. */
  closeRoom(): Promise<void>;
}

/** What an agent hears. */
export interface AgentListener {
  /** The caller is in the room; sound may still be on its way. */
  onCallerJoined(): void;
  /** Media runs between caller and room. */
  onCallerConnected(): void;
  /** For good: hung up, or not come back in time. */
  onCallerLeft(why: 'left' | 'media-lost'): void;
  /** One packet of the caller's sound, with its level in dBov (0 is the loudest, -127 is silence). */
  onCallerPacket(levelDb: number): void;
  /** The caller's sound was sent back. */
  onEcho(levelDb: number): void;
  onTypedText(text: string): void;
  /** The page tells of the visitor's situation, and wants no reply. */
  onContext?(text: string): void;
  /** WebM with Opus: what was said before the first packet. */
  onFirstWords?(sound: Uint8Array): void;
}
