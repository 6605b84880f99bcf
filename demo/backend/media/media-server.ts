import type { AgentChannel, AgentListener } from '../agent/agent-channel.js';

export interface RoomRequest {
  callId: string;
  /** The request for the call: the caller is sent to the host it came by. */
  request: Request;
  listener: AgentListener;
}

/** Troubles of the network that a tester can cause. */
export interface RoomFaults {
  /** Only where the call has a signalling connection. */
  dropSocket?(): void;
  /** As a LiveKit server that is restarted: the caller is to join anew, with a new session. */
  restartSession?(): void;
  /** What the caller's client says of its microphone. */
  readonly callerMuted?: boolean | undefined;
  cutMedia(cutMs: number): void;
}

export interface OpenedRoom {
  channel: AgentChannel;
  /** Where this process carries the call itself. */
  faults?: RoomFaults;
  access: RoomAccess;
}

/** A call of either kind: what a key's calls go by. */
export type CallTransport = 'livekit' | 'webrtc';

/** The way into a room, as connect answers it. */
export type RoomAccess = LiveKitAccess | WebRtcAccess;

export interface LiveKitAccess {
  serverUrl: string;
  participantToken: string;
  roomName: string;
}

export interface WebRtcAccess {
  transport: 'webrtc';
  url: string;
  token: string;
  iceServers: [];
}

/** Where the sound of a call goes: rooms inside this process, or those of a LiveKit server. */
export interface MediaServer {
  /** Throws an HttpError when no room is to be had. */
  openRoom(room: RoomRequest): Promise<OpenedRoom>;
  close(): Promise<void>;
}
