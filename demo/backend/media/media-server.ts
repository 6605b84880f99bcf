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
  /** Where the caller reaches the media server by UDP of this process. */
  changeNetwork?(): void;
  /** Only where a bot may ask for another offer. */
  askToRenegotiate?(): void;
}

export interface OpenedRoom {
  channel: AgentChannel;
  /** Where this process carries the call itself. */
  faults?: RoomFaults;
  /** The only one that is spoken here; else the agent chooses. */
  dialect?: 'rtvi';
  access: RoomAccess;
}

/** A call of either kind: what a key's calls go by. */
export type CallTransport = 'livekit' | 'webrtc' | 'smallwebrtc';

/** The way into a room, as connect answers it. */
export type RoomAccess = LiveKitAccess | WebRtcAccess | SmallWebRtcAccess;

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

/** What Pipecat's client takes. */
export interface SmallWebRtcAccess {
  webrtcRequestParams: { endpoint: string; headers: Record<string, string>; requestData: object };
  iceConfig: { iceServers: [] };
}

/** Where the sound of a call goes: rooms inside this process, or those of a LiveKit server. */
export interface MediaServer {
  /** Throws an HttpError when no room is to be had. */
  openRoom(room: RoomRequest): Promise<OpenedRoom>;
  close(): Promise<void>;
}
