import { nothing, type TemplateResult } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import type { PreflightReport } from '../voice/preflight.js';
import type { Consent } from '../visitor/consent.js';
import type {
  ConnectionCheckController,
  ConnectionCheckControllerOptions,
} from './connection-check/index.js';
import { LateFeature, type LateFeatureOptions } from './late-feature.js';

const loadConnectionCheck = lazy(() => import('./connection-check/index.js'));
const loadPreflight = lazy(() => import('../voice/preflight.js'));

export interface ConnectionCheckFeatureOptions extends ConnectionCheckControllerOptions, LateFeatureOptions {
  consent: Pick<Consent, 'needed'>;
}

/** Loads the code of the connection check when the visitor opens it. */
export class ConnectionCheckFeature {
  readonly #options: ConnectionCheckFeatureOptions;
  readonly #late: LateFeature<typeof import('./connection-check/index.js'), ConnectionCheckController>;

  constructor(options: ConnectionCheckFeatureOptions) {
    this.#options = options;
    this.#late = new LateFeature(
      options,
      loadConnectionCheck,
      ({ ConnectionCheckController }) => new ConnectionCheckController(options),
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

  /** Checks what needs neither a prompt nor a call. Rejects when the code for that cannot be loaded. */
  async runPreflight(): Promise<PreflightReport> {
    const { baseUrl, fetch } = this.#options.host.config;
    const { runPreflight } = await loadPreflight();
    return runPreflight(baseUrl, fetch ?? ((...asked) => globalThis.fetch(...asked)), this.#mayLook);
  }

  get #mayLook(): boolean {
    return !this.#options.consent.needed(this.#options.host.config);
  }

  /** Closes the check. Resolves when it has let go of everything that a call needs. */
  async close(): Promise<void> {
    await this.#late.control?.close();
  }
}
