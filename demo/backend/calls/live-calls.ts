import type { CallTransport, MediaServer, RoomAccess } from '../media/media-server.js';
import type { Scenario } from '../scenarios/scenarios.js';
import type { Timings } from '../timings.js';
import type { CallStore, NewCall } from './call-store.js';
import { LiveCall } from './live-call.js';

export type StartedCall = { callId: string } & RoomAccess;

export interface CallSetting {
  scenario: Scenario;
  transport: CallTransport;
  /** The request for the call. */
  request: Request;
}

const mostEndedCalls = 100;

/** The voice calls of this backend: those that live, and the last that have ended, for the test hooks. */
export class LiveCalls {
  readonly #calls = new Map<string, LiveCall>();

  constructor(
    private readonly media: Readonly<Record<CallTransport, MediaServer>>,
    private readonly calls: CallStore,
    private readonly timings: Timings,
  ) {}

  /** Opens a room and puts the agent to work in it. */
  async start(
    call: Omit<NewCall, 'channel'>,
    { scenario, transport, request }: CallSetting,
  ): Promise<StartedCall> {
    const record = this.calls.create({ ...call, channel: 'web' });
    const live = new LiveCall(record, scenario, this.calls, this.timings, () => this.#dropOldest());
    this.#calls.set(record.id, live);
    try {
      const room = await this.media[transport].openRoom({ callId: record.id, request, listener: live });
      live.run(room);
      return { callId: record.id, ...room.access };
    } catch (error) {
      live.fail('bot_startup_failed');
      throw error;
    }
  }

  get(callId: string): LiveCall | undefined {
    return this.#calls.get(callId);
  }

  /** How many live right now. */
  count(): number {
    return [...this.#calls.values()].filter((call) => !call.ended).length;
  }

  endAll(): void {
    for (const call of this.#calls.values()) call.end('shutdown');
  }

  #dropOldest(): void {
    const ended = [...this.#calls].filter(([, call]) => call.ended);
    for (const [id] of ended.slice(0, -mostEndedCalls)) this.#calls.delete(id);
  }
}
