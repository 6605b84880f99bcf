import { toRelayError } from './relay-error.js';
import type { AuditEntry, RelayOptions } from './relay-options.js';

/** What is known of one request so far, until it has its end. */
export class AuditTrail {
  readonly entry: Omit<AuditEntry, 'status' | 'outcome' | 'durationMs'>;
  readonly #startedAt = Date.now();
  readonly #audit: RelayOptions['audit'];
  #isEnded = false;

  constructor(upstream: string, audit: RelayOptions['audit']) {
    this.#audit = audit;
    this.entry = {
      at: new Date(this.#startedAt).toISOString(),
      action: null,
      agentId: null,
      visitor: null,
      origin: null,
      upstream,
      upstreamStatus: null,
      callId: null,
    };
  }

  /** The first end counts. `error` is what was thrown, if anything was. */
  end(status: number, error?: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const refusal = error === undefined ? undefined : toRelayError(error);
    void this.#tell({
      ...this.entry,
      upstreamStatus: this.entry.upstreamStatus ?? refusal?.upstreamStatus ?? null,
      status,
      outcome: refusal?.code ?? 'ok',
      durationMs: Date.now() - this.#startedAt,
    });
  }

  /** A log that fails is no reason to fail the visitor. */
  async #tell(entry: AuditEntry): Promise<void> {
    try {
      await this.#audit?.(entry);
    } catch {
      // The site's own affair.
    }
  }
}
