import type { CallOffer } from '../wire/call-offer.js';
import type { FirstWords } from './first-words.js';
import type { LinkStats } from './link-stats.js';

export type AgentState = 'initializing' | 'listening' | 'thinking' | 'speaking';

/** The states that agents report: `idle` is none of the others; `failed` is how an agent reports its own end. */
export type ToldState = AgentState | 'idle' | 'failed';

/**
 * One piece of the transcript. A later entry with the same `id` replaces its text; after `final` the text does not change any
 * more.
 */
export interface TranscriptEntry {
  id: string;
  role: 'user' | 'agent';
  text: string;
  final: boolean;
  /** The name of a person who speaks in place of the agent, as the person gives it; perhaps empty. */
  name?: string;
}

export interface ToolStatus {
  name: string;
  status: 'running' | 'done' | 'failed';
  seconds: number;
}

/** Why a connection has ended for good. */
export type LinkEnd =
  /** The agent or the server ended the call. */
  | 'remote'
  /** The network broke and could not be restored. */
  | 'lost'
  /** Another connection took over this participant. */
  | 'replaced';

/** How an agent left: `hung-up` with a goodbye, `vanished` when its process or connection died. */
export type LeftHow = 'hung-up' | 'vanished';

export type TransportEvent =
  | { type: 'reconnecting' }
  | { type: 'reconnected' }
  | { type: 'disconnected'; end: LinkEnd; detail: string }
  | { type: 'agent-joined' }
  /** Neither an agent nor a person is left. `how` is missing where it is not known. */
  | { type: 'agent-left'; how?: LeftHow | undefined }
  /** The agent has left, and a person is there to talk to. */
  | { type: 'handed-over'; name: string }
  /** The connection between the media server and the agent is lost, or is back. */
  | { type: 'agent-link'; lost: boolean }
  /** A message written by the agent, or by the person of this name. */
  | { type: 'message'; id: string; text: string; name?: string }
  | { type: 'agent-state'; agentState: ToldState }
  | { type: 'transcript'; entry: TranscriptEntry }
  | { type: 'tool-status'; tool: ToolStatus }
  /** The recording of the call has begun or ended. */
  | { type: 'recording'; recording: boolean }
  | { type: 'playback'; blocked: boolean };

/**
 * Sums since the start of the call, from `getStats`. Energy is WebRTC's `totalAudioEnergy`, which counts only sound that was
 * really played; `null` where the browser does not measure it.
 */
export interface AudioTotals {
  agentEnergy: number | null;
  agentPackets: number;
  callerEnergy: number | null;
  callerPackets: number;
}

export interface ConnectOptions {
  microphone: MediaStreamTrack;
  /** The visitor's speech since the microphone was opened, for a transport that can send it to the agent. */
  firstWords?: FirstWords | null | undefined;
  /** Aborting gives up the connection; `connect` then rejects. */
  signal: AbortSignal;
  /** Called when the signalling is up, before the media connection. A transport that cannot tell does not call it. */
  onSignalling?: (() => void) | undefined;
  /** Called with every event of the connection, from the start of `connect` until `disconnect`. */
  onEvent: (event: TransportEvent) => void;
  /**
   * Called when the agent asks the page to run a tool; the agent waits for `waitsMs` milliseconds where that is known. Resolves
   * with the result as JSON text; the message of a rejection is sent to the agent.
   */
  onToolCall: (name: string, args: unknown, waitsMs?: number) => Promise<string>;
  /** The names of the tools that the page has now. */
  toolNames?: (() => Iterable<string>) | undefined;
}

/** One media connection to an agent, used once. */
export interface VoiceTransport {
  /**
   * Resolves when sound can flow both ways. Rejects with the signal's reason when it aborts.
   *
   * @throws {VoiceError}
   */
  connect(options: ConnectOptions): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Sends the track of another microphone from now on. The old track stays open: its owner stops it. */
  replaceMicrophone(track: MediaStreamTrack): Promise<void>;
  /** Plays on this output device; `''` is the system's default. Rejects where the browser has no `setSinkId`. */
  setSpeaker(deviceId: string): Promise<void>;
  /** Sets the loudness of the agent, 0 to 1. */
  setVolume(volume: number): void;
  /** Sends typed text to the agent. Rejects when it is not known that anybody reads typed text. */
  sendText(text: string): Promise<void>;
  /**
   * Tells the agent something of the visitor's situation, which the visitor has not said, without asking for a reply. Resolves
   * with whether the agent takes it; never rejects. Absent where a transport cannot tell.
   */
  sendContext?(context: string): Promise<boolean>;
  /** Offers the page's present tools to the agent, where they have changed. Called several times a second. */
  offerTools?(): void;
  /** Plays sound that the browser blocked; must be called from a press. */
  startPlayback(): Promise<void>;
  audioTotals(): Promise<AudioTotals>;
  /** How good the connection is; `null` before there is one. Absent where a transport cannot tell. */
  linkStats?(): Promise<LinkStats | null>;
  /**
   * Leaves the session and releases everything but the microphone track. Never rejects; may be called at any time, and more than
   * once.
   */
  disconnect(): Promise<void>;
  /**
   * Like `disconnect`, but without a goodbye: the other side waits a while, and the next page can join the same offer again.
   * Absent where a transport's call cannot be resumed.
   */
  leaveOpen?(): Promise<void>;
  /** The former name of `leaveOpen`; called where that is missing. */
  hold?(): Promise<void>;
}

/** Makes transports of one kind. Heavy code belongs behind `load`, whose rejection fails the call. */
export interface TransportLoader {
  name: string;
  accepts(offer: CallOffer): boolean;
  load(): Promise<(offer: CallOffer) => VoiceTransport>;
}
