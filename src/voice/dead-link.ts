/** One entry of a report: what W3C webrtc-stats names. */
type Stats = Readonly<Record<string, unknown>>;

/** So long nothing comes, not even an answer to the checks, which a healthy link asks for every two and a half seconds. */
const QUIET_MS = 3_200;

/** So many checks must have gone out in vain: a page that was asleep has asked for nothing. */
const CHECKS_IN_VAIN = 2;

interface Way {
  received: number;
  asked: number;
  receivedAtMs: number;
  askedThen: number;
}

/**
 * Finds a link whose packets go nowhere, some twelve seconds before ICE gives it up: nothing comes by the pair of candidates
 * in use, and its checks go unanswered. Where a browser does not count them, nothing is said.
 */
export class DeadLink {
  readonly #ways = new Map<string, Way>();

  /** Whether it is dead, by the reports of one look. */
  look(reports: readonly (RTCStatsReport | undefined)[], nowMs: number): boolean {
    const seen = new Set<string>();
    let isDead = false;
    for (const report of reports) {
      for (const pair of pairsInUse(report)) {
        const id = String(pair.id);
        if (seen.has(id)) continue;
        seen.add(id);
        isDead ||= this.#isQuiet(id, pair, nowMs);
      }
    }
    for (const id of this.#ways.keys()) if (!seen.has(id)) this.#ways.delete(id);
    return isDead;
  }

  /** The link is another one from now on. */
  forget(): void {
    this.#ways.clear();
  }

  #isQuiet(id: string, pair: Stats, nowMs: number): boolean {
    const asked = numberOf(pair.requestsSent);
    const answered = numberOf(pair.responsesReceived);
    if (asked === null || answered === null) return false;
    const received = answered + (numberOf(pair.bytesReceived) ?? 0) + (numberOf(pair.requestsReceived) ?? 0);
    const way = this.#ways.get(id);
    if (!way || received !== way.received) {
      this.#ways.set(id, { received, asked, receivedAtMs: nowMs, askedThen: asked });
      return false;
    }
    return nowMs - way.receivedAtMs >= QUIET_MS && asked - way.askedThen >= CHECKS_IN_VAIN;
  }
}

function pairsInUse(report: RTCStatsReport | undefined): Stats[] {
  const chosen = new Set<unknown>();
  const pairs: Stats[] = [];
  report?.forEach((stats: Stats) => {
    if (stats.type === 'transport') chosen.add(stats.selectedCandidatePairId);
    if (stats.type === 'candidate-pair') pairs.push(stats);
  });
  return pairs.filter(({ id, selected }) => chosen.has(id) || selected === true);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
