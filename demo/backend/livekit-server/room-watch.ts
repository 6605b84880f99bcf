import type { Room } from '@livekit/rtc-node';
import type { AgentListener } from '../agent/agent-channel.js';
import { signToken } from '../livekit/token.js';
import { TimerSet } from '../timer-set.js';
import type { Timings } from '../timings.js';
import type { Rtc } from './load-rtc.js';
import type { ServerAddress } from './server-address.js';

/** Sees who comes and goes, unseen: a call is watched from its start, and its agent may never come. */
export class RoomWatch {
  readonly #room: Room;
  readonly #timers = new TimerSet();
  #stopped = false;

  constructor(
    private readonly rtc: Rtc,
    private readonly callerIdentity: string,
    private readonly listener: AgentListener,
    private readonly timings: Pick<Timings, 'pageReturnMs'>,
  ) {
    this.#room = new rtc.Room();
  }

  async start(roomName: string, address: ServerAddress): Promise<void> {
    this.#room.on('participantConnected', ({ identity }) => {
      if (this.#stopped || identity !== this.callerIdentity) return;
      this.#timers.clear();
      // A LiveKit server shows a participant when their media runs.
      this.listener.onCallerJoined();
      this.listener.onCallerConnected();
    });
    this.#room.on('participantDisconnected', ({ identity, disconnectReason }) => {
      if (this.#stopped || identity !== this.callerIdentity) return;
      const { CLIENT_INITIATED, CONNECTION_TIMEOUT } = this.rtc.DisconnectReason;
      if (disconnectReason === CLIENT_INITIATED) this.listener.onCallerLeft('left');
      // The server has waited for some twenty seconds.
      else if (disconnectReason === CONNECTION_TIMEOUT) this.listener.onCallerLeft('media-lost');
      // Whoever goes without a goodbye (a reload) may come back.
      else this.#timers.after(this.timings.pageReturnMs, () => this.listener.onCallerLeft('media-lost'));
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
    this.#timers.clear();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#room.disconnect();
  }
}
