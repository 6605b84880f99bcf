import { nothing, type TemplateResult } from 'lit/html.js';
import { lazy } from '../../async/lazy.js';
import type { PreflightReport } from '../../voice/preflight.js';
import type { Consent } from './consent.js';
import type { ConnectionCheckControl, ConnectionCheckControlOptions } from './connection-check-control.js';
import { LateControl, type LateControlOptions } from './late-control.js';

const loadCheckControl = lazy(() => import('./connection-check-control.js'));
const loadPreflight = lazy(() => import('../../voice/preflight.js'));

export interface CheckDoorOptions extends ConnectionCheckControlOptions, LateControlOptions {
  consent: Pick<Consent, 'needed'>;
}

/** The way to the connection check, whose code comes when somebody opens it. */
export class CheckDoor {
  readonly #options: CheckDoorOptions;
  readonly #late: LateControl<typeof import('./connection-check-control.js'), ConnectionCheckControl>;

  constructor(options: CheckDoorOptions) {
    this.#options = options;
    this.#late = new LateControl(
      options,
      loadCheckControl,
      ({ ConnectionCheckControl }) => new ConnectionCheckControl(options),
    );
    options.signal.addEventListener('abort', () => this.#late.control?.dispose());
  }

  get isOpen(): boolean {
    return this.#late.control?.open ?? false;
  }

  get notice(): string | null {
    return this.#late.notice;
  }

  /** The check in place of the failure card; `nothing` while it is closed. */
  view(): TemplateResult | typeof nothing {
    return (this.isOpen && this.#late.control?.view()) || nothing;
  }

  async open(): Promise<void> {
    if (!this.#mayLook) return;
    try {
      await (await this.#late.load())?.start();
    } catch (error) {
      this.#options.report(error);
    }
  }

  /** What needs neither a prompt nor a call. */
  async runPreflight(): Promise<PreflightReport> {
    const { baseUrl, fetch } = this.#options.host.config;
    const { runPreflight } = await loadPreflight();
    return runPreflight(baseUrl, fetch ?? ((...asked) => globalThis.fetch(...asked)), this.#mayLook);
  }

  get #mayLook(): boolean {
    return !this.#options.consent.needed(this.#options.host.config);
  }

  /** Resolves when nothing of it is left that a call would stumble over. */
  async close(): Promise<void> {
    await this.#late.control?.close();
  }
}
