import { toRelayError } from './relay-error.js';
import type { AuditEntry, RelayOptions } from './relay-options.js';

/** Collects what is known of one request, and reports it to the `audit` hook when the request ends. */
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

  /** Reports the end of the request; only the first call counts. `error` is what was thrown, if anything was. */
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

  /** Calls the `audit` hook. An error of the hook is ignored: a log that fails is no reason to fail the visitor. */
  async #tell(entry: AuditEntry): Promise<void> {
    try {
      await this.#audit?.(entry);
    } catch {
      // The hook is the site's own.
    }
  }
}
