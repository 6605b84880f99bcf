import type { AgentChannel, AgentListener } from '../agent/agent-channel.js';

export interface RoomRequest {
  callId: string;
  /** The request for the call: the caller is sent to the host it came by. */
  request: Request;
  listener: AgentListener;
}

/** Troubles of the network that a tester can cause. */
export interface RoomFaults {
  dropSocket(): void;
  cutMedia(cutMs: number): void;
}

export interface OpenedRoom {
  channel: AgentChannel;
  /** Where this process carries the call itself. */
  faults?: RoomFaults;
  serverUrl: string;
  participantToken: string;
  roomName: string;
}

/** Where the sound of a call goes: rooms inside this process, or those of a LiveKit server. */
export interface MediaServer {
  /** Throws an HttpError when no room is to be had. */
  openRoom(room: RoomRequest): Promise<OpenedRoom>;
  close(): Promise<void>;
}
