import type { Room } from '@livekit/rtc-node';
import type { AgentListener } from '../agent/agent-channel.js';
import { signToken } from '../livekit/token.js';
import type { Rtc } from './load-rtc.js';
import type { ServerAddress } from './server-address.js';

/** Sees who comes and goes, unseen: a call is watched from its start, and its agent may never come. */
export class RoomWatch {
  readonly #room: Room;
  #stopped = false;

  constructor(
    rtc: Rtc,
    private readonly callerIdentity: string,
    private readonly listener: AgentListener,
  ) {
    this.#room = new rtc.Room();
  }

  async start(roomName: string, address: ServerAddress): Promise<void> {
    this.#room.on('participantConnected', ({ identity }) => {
      if (this.#stopped || identity !== this.callerIdentity) return;
      // A LiveKit server shows a participant when their media runs.
      this.listener.onCallerJoined();
      this.listener.onCallerConnected();
    });
    this.#room.on('participantDisconnected', ({ identity }) => {
      if (!this.#stopped && identity === this.callerIdentity) this.listener.onCallerLeft('left');
    });
    this.#room.on('disconnected', () => {
      if (!this.#stopped) this.listener.onCallerLeft('media-lost');
    });
    const video = { room: roomName, roomJoin: true, hidden: true, canPublish: false, canSubscribe: false };
    const token = signToken({ identity: 'watch', video }, address);
    await this.#room.connect(address.socketUrl, token, { autoSubscribe: false, dynacast: false });
  }

  stop(): void {
    this.#stopped = true;
  }

  async close(): Promise<void> {
    this.stop();
    await this.#room.disconnect();
  }
}
