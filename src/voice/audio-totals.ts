import type { AudioTotals } from './transport.js';

interface AudioStats {
  type: string;
  kind?: string;
  totalAudioEnergy?: number;
  packetsReceived?: number;
  packetsSent?: number;
}

/** Adds up the audio of both sides over the stats reports of a call's tracks (W3C webrtc-stats). */
export function audioTotals(reports: readonly (RTCStatsReport | undefined)[]): AudioTotals {
  const totals: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };
  for (const report of reports) {
    report?.forEach((stats: AudioStats) => {
      if (stats.kind !== 'audio') return;
      if (stats.type === 'inbound-rtp') {
        totals.agentEnergy += stats.totalAudioEnergy ?? 0;
        totals.agentPackets += stats.packetsReceived ?? 0;
      } else if (stats.type === 'outbound-rtp') {
        totals.callerPackets += stats.packetsSent ?? 0;
      } else if (stats.type === 'media-source') {
        totals.callerEnergy += stats.totalAudioEnergy ?? 0;
      }
    });
  }
  return totals;
}
