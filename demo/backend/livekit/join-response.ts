import {
  Codec,
  JoinResponse,
  type ParticipantInfo,
  type Room,
  ServerInfo,
  ServerInfo_Edition,
} from '@livekit/protocol';
import type { AgentParticipant } from './participants.js';

/** livekit-client tells from the version what a server can do. */
const serverVersion = '1.9.0';
const serverProtocol = 16;

/** The first message of a session: who and what is in the room. */
export function joinResponse(room: Room, caller: ParticipantInfo, agent: AgentParticipant): JoinResponse {
  return new JoinResponse({
    room,
    participant: caller,
    otherParticipants: agent.isPresent ? [agent.info()] : [],
    serverVersion,
    serverInfo: new ServerInfo({
      edition: ServerInfo_Edition.Standard,
      version: serverVersion,
      protocol: serverProtocol,
    }),
    subscriberPrimary: false,
    pingInterval: 5,
    pingTimeout: 15,
    enabledPublishCodecs: [new Codec({ mime: 'audio/opus' })],
    fastPublish: true,
  });
}
