import type { AudioTotals } from './transport.js';

interface AudioStats {
  id: string;
  type: string;
  kind?: string;
  totalAudioEnergy?: number;
  packetsReceived?: number;
  packetsSent?: number;
}

/** A report, and whose it is: the ids in it are its connection's own. */
export interface OwnedReport {
  owner: object;
  report: RTCStatsReport | undefined;
}

/**
 * Adds up the audio of both sides over the stats reports of a call (W3C webrtc-stats). A counter that begins again, as after
 * a full reconnect, adds to what was counted before; one that goes, as with a participant who leaves, takes nothing away.
 * Untried in Safari: that it reports `totalAudioEnergy` for `inbound-rtp` and `media-source`. Without, a level is unknown.
 */
export class AudioTally {
  readonly #last = new WeakMap<object, Map<string, number>>();
  /** Of each side: whether a browser has ever said how loud it was. */
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
      // What is sent or received without a figure (Firefox, of the microphone) is unknown, and not silent.
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
