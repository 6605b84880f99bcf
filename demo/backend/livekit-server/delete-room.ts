import { signToken } from '../livekit/token.js';
import type { ServerAddress } from './server-address.js';

const timeoutMs = 5_000;

/** Sends everybody out of a room, by LiveKit's room service (Twirp over HTTP, as JSON). */
export async function deleteRoom(room: string, address: ServerAddress): Promise<void> {
  const video = { room, roomAdmin: true, roomCreate: true };
  await fetch(`${address.httpUrl}/twirp/livekit.RoomService/DeleteRoom`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${signToken({ identity: 'backend', video }, address)}`,
    },
    body: JSON.stringify({ room }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}
