type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/**
 * How good a connection is, from `getStats`, since its start. `null`: this browser gives no figure, or none yet. Contains no
 * addresses.
 */
export interface LinkStats {
  /** How the sound travels; `relay-…` through a TURN server. Where two routes are in use, the worse one. */
  protocol: 'udp' | 'tcp' | 'relay-udp' | 'relay-tcp' | 'relay-tls' | null;
  localCandidateType: CandidateType | null;
  remoteCandidateType: CandidateType | null;
  roundTripMs: number | null;
  /** The jitter of the agent's sound. */
  jitterMs: number | null;
  /** The share of the agent's packets that never came. */
  lossPercent: number | null;
  /** The share of our packets that never arrived, as the other side reports it. */
  remoteLossPercent: number | null;
  packetsReceived: number | null;
  packetsSent: number | null;
  bytesReceived: number | null;
  bytesSent: number | null;
  /** The share of the agent's sound that was made up to bridge a gap; silence does not count. */
  concealedSamplesPercent: number | null;
  /** The codec's name in lower case, e.g. `opus`. */
  codec: string | null;
  /** In bits per second. */
  availableOutgoingBitrate: number | null;
}

// Untried in Safari: which of these fields it reports. All of them may be missing.
/** One entry of a stats report: the fields that W3C webrtc-stats names, and any that a browser adds. */
type Stats = Readonly<Record<string, unknown>>;
type Report = ReadonlyMap<string, Stats>;

type WayStats = Pick<LinkStats, 'protocol' | 'localCandidateType' | 'remoteCandidateType'>;

/** The pair of candidates that carries the sound. */
interface Way {
  pair: Stats;
  local: Stats | undefined;
  remote: Stats | undefined;
}

const CANDIDATE_TYPES: ReadonlySet<unknown> = new Set<CandidateType>(['host', 'srflx', 'prflx', 'relay']);

/** Greater is worse. */
const BADNESS = {
  udp: 1,
  'relay-udp': 2,
  tcp: 3,
  'relay-tcp': 4,
  'relay-tls': 5,
} satisfies Record<NonNullable<LinkStats['protocol']>, number>;

/** Checks the codec's name, a text that the other side chooses. */
const AUDIO_CODEC = /^audio\/([\w.+-]{1,40})$/;

/** Reads the reports of one connection, or of each of its tracks. `null` when they show no connection. */
export function linkStats(reports: readonly (RTCStatsReport | undefined)[]): LinkStats | null {
  const all = reports.map(toMap);
  const inbound = audioOf(all, 'inbound-rtp');
  const outbound = audioOf(all, 'outbound-rtp');
  const remoteInbound = audioOf(all, 'remote-inbound-rtp');
  const ways = all.flatMap(wayInUse);
  if (inbound.length + outbound.length + ways.length === 0) return null;
  const pairs = ways.map(({ pair }) => pair);
  return {
    ...describeWay(ways),
    roundTripMs: toMs(greatest(pairs, 'currentRoundTripTime') ?? greatest(remoteInbound, 'roundTripTime')),
    jitterMs: toMs(greatest(inbound, 'jitter')),
    lossPercent: lossOf(inbound),
    remoteLossPercent: remoteLossOf(remoteInbound, outbound),
    packetsReceived: sum(inbound, 'packetsReceived'),
    packetsSent: sum(outbound, 'packetsSent'),
    bytesReceived: sum(inbound, 'bytesReceived'),
    bytesSent: sum(outbound, 'bytesSent'),
    concealedSamplesPercent: concealedOf(inbound),
    codec: codecOf(all, [...inbound, ...outbound]),
    availableOutgoingBitrate: greatest(pairs, 'availableOutgoingBitrate'),
  };
}

function toMap(report: RTCStatsReport | undefined): Report {
  const entries = new Map<string, Stats>();
  report?.forEach((stats: Stats, id: string) => entries.set(id, stats));
  return entries;
}

function audioOf(reports: readonly Report[], type: string): Stats[] {
  return reports.flatMap((report) =>
    [...report.values()].filter((stats) => stats.type === type && stats.kind === 'audio'),
  );
}

function wayInUse(report: Report): Way[] {
  const pair = selectedPair(report);
  if (!pair) return [];
  return [{ pair, local: at(report, pair.localCandidateId), remote: at(report, pair.remoteCandidateId) }];
}

/** The candidate pair in use. Older Firefox has no `transport` entry and marks the pair itself. */
function selectedPair(report: Report): Stats | undefined {
  const entries = [...report.values()];
  for (const { type, selectedCandidatePairId } of entries) {
    const selected = type === 'transport' ? at(report, selectedCandidatePairId) : undefined;
    if (selected) return selected;
  }
  const pairs = entries.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find(({ selected }) => selected === true) ??
    pairs.find(({ state, nominated }) => state === 'succeeded' && nominated === true)
  );
}

function describeWay(ways: readonly Way[]): WayStats {
  const described = ways.map(({ local, remote }) => ({
    protocol: protocolOf(local),
    localCandidateType: candidateType(local),
    remoteCandidateType: candidateType(remote),
  }));
  const badness = ({ protocol }: WayStats): number => (protocol ? BADNESS[protocol] : 0);
  const unknown: WayStats = { protocol: null, localCandidateType: null, remoteCandidateType: null };
  return described.reduce<WayStats>(
    (worst, way) => (worst === unknown || badness(way) > badness(worst) ? way : worst),
    unknown,
  );
}

function protocolOf(local: Stats | undefined): LinkStats['protocol'] {
  if (local?.candidateType === 'relay') return relayProtocol(local);
  const protocol = text(local?.protocol);
  return protocol === 'udp' || protocol === 'tcp' ? protocol : null;
}

/** How the browser reaches the relay. `protocol` of a relayed candidate is the relay's own protocol to the other side. */
function relayProtocol({ relayProtocol: given, url }: Stats): LinkStats['protocol'] {
  const server = text(url);
  const ofServer = server.startsWith('turns:') ? 'tls' : /[?&]transport=(udp|tcp)/.exec(server)?.[1];
  const protocol = text(given) || ofServer;
  return protocol === 'udp' || protocol === 'tcp' || protocol === 'tls' ? `relay-${protocol}` : null;
}

function candidateType(candidate: Stats | undefined): CandidateType | null {
  const type = candidate?.candidateType;
  return CANDIDATE_TYPES.has(type) ? (type as CandidateType) : null;
}

/** The share of lost packets. Duplicates can make `packetsLost` negative, which counts as 0. */
function lossOf(inbound: readonly Stats[]): number | null {
  const lost = sum(inbound, 'packetsLost');
  const received = sum(inbound, 'packetsReceived');
  if (lost === null || received === null) return null;
  return percent(Math.max(0, lost), Math.max(0, lost) + received);
}

function remoteLossOf(remoteInbound: readonly Stats[], outbound: readonly Stats[]): number | null {
  const lost = sum(remoteInbound, 'packetsLost');
  if (lost === null) {
    const fraction = greatest(remoteInbound, 'fractionLost');
    return fraction === null ? null : percent(fraction, 1);
  }
  return percent(Math.max(0, lost), sum(outbound, 'packetsSent') ?? 0);
}

function concealedOf(inbound: readonly Stats[]): number | null {
  const concealed = sum(inbound, 'concealedSamples');
  const silent = sum(inbound, 'silentConcealedSamples') ?? 0;
  return concealed === null
    ? null
    : percent(Math.max(0, concealed - silent), sum(inbound, 'totalSamplesReceived') ?? 0);
}

function codecOf(reports: readonly Report[], streams: readonly Stats[]): string | null {
  for (const { codecId } of streams) {
    for (const report of reports) {
      const name = AUDIO_CODEC.exec(text(at(report, codecId)?.mimeType))?.[1];
      if (name) return name;
    }
  }
  return null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function at(report: Report, id: unknown): Stats | undefined {
  return typeof id === 'string' ? report.get(id) : undefined;
}

function numbers(entries: readonly Stats[], name: string): number[] {
  return entries.map((stats) => stats[name]).filter((value): value is number => Number.isFinite(value));
}

function sum(entries: readonly Stats[], name: string): number | null {
  const values = numbers(entries, name);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}

function greatest(entries: readonly Stats[], name: string): number | null {
  const values = numbers(entries, name);
  return values.length === 0 ? null : Math.max(...values);
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 10_000) / 10;
}

/** A percentage with one decimal; `null` when the whole is 0. */
function percent(part: number, whole: number): number | null {
  return whole > 0 ? Math.round(Math.min(1, part / whole) * 1_000) / 10 : null;
}
