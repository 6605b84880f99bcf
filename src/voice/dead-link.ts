/** One entry of a stats report, with the fields that W3C webrtc-stats names. */
type Stats = Readonly<Record<string, unknown>>;

/**
 * How long nothing may arrive, not even an answer to the ICE checks, which a working connection sends every two and a half
 * seconds.
 */
const QUIET_MS = 3_200;

/** How many checks must have been sent without an answer: a page that was asleep has sent none. */
const CHECKS_IN_VAIN = 2;

interface Way {
  received: number;
  asked: number;
  receivedAtMs: number;
  askedThen: number;
}

/**
 * Detects a connection whose packets get lost, some twelve seconds before ICE gives it up: nothing arrives by the candidate pair
 * in use, and its checks are not answered. Where a browser does not count checks, the connection never counts as dead.
 */
export class DeadLink {
  readonly #ways = new Map<string, Way>();

  /**
   * Whether the connection is dead, by one set of reports; to be called with every measurement. `nowMs` is a clock in
   * milliseconds.
   */
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

  /** Forgets all counts, since the connection is a new one from now on. */
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
