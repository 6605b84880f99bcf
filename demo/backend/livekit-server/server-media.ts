import { HttpError } from '../http/http-error.js';
import { newCallerIdentity } from '../livekit/participants.js';
import { participantGrant, signToken } from '../livekit/token.js';
import type { MediaServer, OpenedRoom, RoomRequest } from '../media/media-server.js';
import type { Timings } from '../timings.js';
import { loadRtc, type Rtc } from './load-rtc.js';
import { RoomWatch } from './room-watch.js';
import { ServerAgent } from './server-agent.js';
import type { ServerAddress } from './server-address.js';

/** Calls on a LiveKit server: the agents join them from this process as participants. */
export class ServerMedia implements MediaServer {
  readonly #agents = new Set<ServerAgent>();

  static async create(address: ServerAddress, timings: Timings): Promise<ServerMedia> {
    return new ServerMedia(address, await loadRtc(), timings);
  }

  private constructor(
    private readonly address: ServerAddress,
    private readonly rtc: Rtc,
    private readonly timings: Timings,
  ) {}

  async openRoom({ callId: roomName, listener }: RoomRequest): Promise<OpenedRoom> {
    const { address, rtc, timings } = this;
    const callerIdentity = newCallerIdentity();
    const watch = new RoomWatch(rtc, callerIdentity, listener, timings);
    try {
      await watch.start(roomName, address);
    } catch (error) {
      console.error('LiveKit server', error);
      throw new HttpError(
        503,
        'media_unavailable',
        `The LiveKit server at ${address.socketUrl} is not there.`,
      );
    }
    const onClosed = (): void => void this.#agents.delete(agent);
    const agent = new ServerAgent({ rtc, address, roomName, callerIdentity, listener, watch, onClosed });
    this.#agents.add(agent);
    return {
      channel: agent,
      access: {
        roomName,
        serverUrl: address.socketUrl,
        participantToken: signToken({ identity: callerIdentity, video: participantGrant(roomName) }, address),
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents].map((agent) => agent.closeRoom()));
  }
}
