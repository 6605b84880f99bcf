import { nothing, type TemplateResult } from 'lit/html.js';
import type { PreflightReport } from '../../voice/preflight.js';
import type { Consent } from './consent.js';
import type { ConnectionCheckControl, ConnectionCheckControlOptions } from './connection-check-control.js';

export interface CheckDoorOptions extends ConnectionCheckControlOptions {
  consent: Pick<Consent, 'needed'>;
  /** The panel is gone. */
  signal: AbortSignal;
}

/** The way to the connection check, whose code comes when somebody opens it. */
export class CheckDoor {
  #control: ConnectionCheckControl | null = null;
  readonly #options: CheckDoorOptions;

  constructor(options: CheckDoorOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#control?.open ?? false;
  }

  /** The check in place of the failure card; `nothing` while it is closed. */
  view(): TemplateResult | typeof nothing {
    return this.#control?.open ? this.#control.view() : nothing;
  }

  async open(): Promise<void> {
    if (!this.#mayLook) return;
    try {
      const { ConnectionCheckControl } = await import('./connection-check-control.js');
      if (this.#options.signal.aborted) return;
      this.#control ??= new ConnectionCheckControl(this.#options);
      await this.#control.start();
    } catch (error) {
      this.#options.report(error);
    }
  }

  /** What needs neither a prompt nor a call. */
  async runPreflight(): Promise<PreflightReport> {
    const { baseUrl, fetch } = this.#options.host.config;
    const { runPreflight } = await import('../../voice/preflight.js');
    return runPreflight(baseUrl, fetch ?? ((...asked) => globalThis.fetch(...asked)), this.#mayLook);
  }

  get #mayLook(): boolean {
    return !this.#options.consent.needed(this.#options.host.config);
  }

  /** Resolves when nothing of it is left that a call would stumble over. */
  async close(): Promise<void> {
    await this.#control?.close();
  }

  dispose(): void {
    this.#control?.dispose();
  }
}
