import type { AudioTotals } from './transport.js';

interface AudioStats {
  id: string;
  type: string;
  kind?: string;
  totalAudioEnergy?: number;
  packetsReceived?: number;
  packetsSent?: number;
}

/** A report, and the connection or track that it belongs to: the ids in a report are unique only there. */
export interface OwnedReport {
  owner: object;
  report: RTCStatsReport | undefined;
}

/**
 * Adds up the audio of both sides over the stats reports of a call (W3C webrtc-stats). A counter that starts again at zero, as
 * after a full reconnect, adds to the sum so far; one that disappears, as with a participant who leaves, takes nothing away.
 * Untried in Safari: that it reports `totalAudioEnergy` for `inbound-rtp` and `media-source`. Without that figure, the energy is
 * `null`.
 */
export class AudioTally {
  readonly #last = new WeakMap<object, Map<string, number>>();
  /** For each side, whether the browser has ever reported the energy. */
  readonly #measured = { agent: false, caller: false };
  readonly #totals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };

  read(reports: readonly OwnedReport[]): AudioTotals {
    let receives = false;
    let sends = false;
    for (const { owner, report } of reports) {
      report?.forEach((stats: AudioStats) => {
        if (stats.kind !== 'audio') return;
        if (stats.type === 'inbound-rtp') {
          receives = true;
          this.#measured.agent ||= stats.totalAudioEnergy !== undefined;
          this.#add(owner, stats, 'agentEnergy', stats.totalAudioEnergy);
          this.#add(owner, stats, 'agentPackets', stats.packetsReceived);
        } else if (stats.type === 'outbound-rtp') {
          sends = true;
          this.#add(owner, stats, 'callerPackets', stats.packetsSent);
        } else if (stats.type === 'media-source') {
          sends = true;
          this.#measured.caller ||= stats.totalAudioEnergy !== undefined;
          this.#add(owner, stats, 'callerEnergy', stats.totalAudioEnergy);
        }
      });
    }
    const { agent, caller } = this.#measured;
    const { agentEnergy, callerEnergy } = this.#totals;
    return {
      ...this.#totals,
      // Audio that is sent or received without an energy figure (in Firefox, the microphone's) is unknown, not silent.
      agentEnergy: receives && !agent ? null : agentEnergy,
      callerEnergy: sends && !caller ? null : callerEnergy,
    };
  }

  #add(owner: object, { id }: AudioStats, sum: keyof AudioTotals, value: number | undefined): void {
    if (value === undefined) return;
    const last = this.#last.get(owner) ?? new Map<string, number>();
    this.#last.set(owner, last);
    const key = `${sum} ${id}`;
    const before = last.get(key) ?? 0;
    last.set(key, value);
    this.#totals[sum] += value < before ? value : value - before;
  }
}
