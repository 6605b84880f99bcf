import type { CallOffer } from '../wire/call-offer.js';
import type { FirstWords } from './first-words.js';
import type { LinkStats } from './link-stats.js';

export type AgentState = 'initializing' | 'listening' | 'thinking' | 'speaking';

/** What agents say of themselves: `idle` is neither of the others; `failed` is the agent's own word for its end. */
export type ToldState = AgentState | 'idle' | 'failed';

/** One piece of what was said. The same `id` again replaces the text; `final` says that it will not change any more. */
export interface TranscriptEntry {
  id: string;
  role: 'user' | 'agent';
  text: string;
  final: boolean;
  /** Of a person who is not the agent: how they call themselves, perhaps not at all. */
  name?: string;
}

export interface ToolStatus {
  name: string;
  status: 'running' | 'done' | 'failed';
  seconds: number;
}

/** Why a link is gone for good. */
export type LinkEnd =
  /** The agent or the server ended the call. */
  | 'remote'
  /** The network broke and could not be restored. */
  | 'lost'
  /** Another place took over this participant. */
  | 'replaced';

/** An agent that said goodbye, or one whose process or link is dead. */
export type LeftHow = 'hung-up' | 'vanished';

export type TransportEvent =
  | { type: 'reconnecting' }
  | { type: 'reconnected' }
  | { type: 'disconnected'; end: LinkEnd; detail: string }
  | { type: 'agent-joined' }
  /** Nobody to talk to is left. `how` is missing where nobody says. */
  | { type: 'agent-left'; how?: LeftHow | undefined }
  /** The agent has gone, and a person is there to talk to. */
  | { type: 'handed-over'; name: string }
  /** The link between the server and the agent is dead, or lives again. */
  | { type: 'agent-link'; lost: boolean }
  /** Something written, by the agent or by the person of this name. */
  | { type: 'message'; id: string; text: string; name?: string }
  | { type: 'agent-state'; agentState: ToldState }
  | { type: 'transcript'; entry: TranscriptEntry }
  | { type: 'tool-status'; tool: ToolStatus }
  /** Somebody records the call, or no longer does. */
  | { type: 'recording'; recording: boolean }
  | { type: 'playback'; blocked: boolean };

/**
 * Sums since the start of the call, from `getStats`. Energy is `totalAudioEnergy` of WebRTC: it counts only what was really
 * played; `null` where the browser does not say.
 */
export interface AudioTotals {
  agentEnergy: number | null;
  agentPackets: number;
  callerEnergy: number | null;
  callerPackets: number;
}

export interface ConnectOptions {
  microphone: MediaStreamTrack;
  /** What was said since the microphone was opened, for a transport that can hand it to the agent. */
  firstWords?: FirstWords | null | undefined;
  /** Aborting gives the connection up; `connect` then rejects. */
  signal: AbortSignal;
  /** The signalling is up, and the media link comes next. A transport that cannot tell does not call it. */
  onSignalling?: (() => void) | undefined;
  /** Every event of the link, from the start of `connect` until `disconnect`. */
  onEvent: (event: TransportEvent) => void;
  /**
   * The agent asks the page to run a tool, and waits for `waitsMs` where that is known. Resolves with the result as JSON text; a
   * rejection's message goes to the agent.
   */
  onToolCall: (name: string, args: unknown, waitsMs?: number) => Promise<string>;
  /** The tools that the page has now, by name. */
  toolNames?: (() => Iterable<string>) | undefined;
}

/** One media link to an agent, used once. */
export interface VoiceTransport {
  /** Resolves when sound can flow both ways. @throws {VoiceError} */
  connect(options: ConnectOptions): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Sends another microphone's track from now on. The old one stays open: its owner stops it. */
  replaceMicrophone(track: MediaStreamTrack): Promise<void>;
  /** Plays on this output device; `''` is the system's default. Rejects where the browser cannot (`setSinkId`). */
  setSpeaker(deviceId: string): Promise<void>;
  /** Loudness of the agent, 0 to 1. */
  setVolume(volume: number): void;
  /** Rejects when nobody is known to take it. */
  sendText(text: string): Promise<void>;
  /** The page has other tools than before. */
  offerTools?(): void;
  /** Plays held-back sound; must be called from a press. */
  startPlayback(): Promise<void>;
  audioTotals(): Promise<AudioTotals>;
  /** How good the link is; `null` before there is one. Absent where a transport cannot tell. */
  linkStats?(): Promise<LinkStats | null>;
  /** Leaves the session and releases all but the microphone track. Never rejects; may be called at any time, twice too. */
  disconnect(): Promise<void>;
  /**
   * As `disconnect`, but without a goodbye: the other side waits a while, and the same offer can be joined again by the next
   * page. Absent where a transport cannot be returned to.
   */
  hold?(): Promise<void>;
}

/** Makes transports of one kind. The heavy code belongs behind `load`. */
export interface TransportLoader {
  name: string;
  accepts(offer: CallOffer): boolean;
  load(): Promise<(offer: CallOffer) => VoiceTransport>;
}
