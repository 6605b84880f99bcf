import type { RTCPeerConnection } from 'werift';

/**
 * For a connection without ICE servers: werift 0.24 would ask Google's, whose name is looked up for every description. A machine
 * whose name server does not answer at once waits five seconds each time. To be called before candidates are gathered.
 */
export function askNoStun(connection: RTCPeerConnection): void {
  for (const { connection: ice } of connection.iceTransports) Reflect.deleteProperty(ice, 'stunServer');
}
