import { nothing, type TemplateResult } from 'lit/html.js';
import { WidgetClient } from '../../api/widget-client.js';
import { checkConnection } from './connection-check.js';
import type { CheckResult, ConnectionReport } from './connection-report.js';
import type { Messages } from '../../i18n/messages.en.js';
import { checkWordsEn, type CheckWords } from '../../i18n/en-later/check-words.js';
import { AudioDevices } from '../../voice/devices.js';
import { VoiceError } from '../../voice/voice-error.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import type { PanelHost } from '../../contract/panel-host.js';
import { checkRows, checkSummary } from './check-rows.js';
import type { SessionPlanner } from '../../api/session-plan.js';
import { cardStyles } from '../../ui/card-styles.js';
import { checkStyles } from './check-styles.js';
import { checkView } from './check-view.js';

export interface ConnectionCheckControllerOptions {
  host: Pick<PanelHost, 'config' | 'container' | 'shadowRoot'>;
  planner: Pick<SessionPlanner, 'plan'>;
  words: () => Messages;
  /** The language of the strings (BCP 47). */
  language: () => string;
  /** Whether this panel's own call is under way; the lock of calls finds any other one. */
  isInCall: () => boolean;
  /** Called when the view has changed. */
  onChange: () => void;
  report: (error: unknown) => void;
}

/** The connection check of one panel: runs it, and shows what it finds. */
export class ConnectionCheckController {
  readonly #options: ConnectionCheckControllerOptions;
  #open = false;
  #abort: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #results: CheckResult[] = [];
  #report: ConnectionReport | null = null;
  /** Why there is no report. */
  #obstacle: 'checkBusy' | 'checkBroken' | null = null;

  constructor(options: ConnectionCheckControllerOptions) {
    this.#options = options;
    for (const css of [cardStyles, checkStyles]) adoptStyles(options.host.shadowRoot, css);
  }

  get open(): boolean {
    return this.#open;
  }

  get running(): boolean {
    return this.#abort !== null;
  }

  /** What the last check found, for diagnostics; `null` before there was one. */
  get report(): ConnectionReport | null {
    return this.#report;
  }

  /** Shows the check, puts the focus on its heading, and runs it. Does nothing while it runs. */
  async start(): Promise<void> {
    if (this.#open && this.#abort) return;
    if (!this.#open) (globalThis.requestAnimationFrame ?? setTimeout)(() => this.#find('.check h3')?.focus());
    this.#open = true;
    this.#results = [];
    this.#report = null;
    this.#obstacle = null;
    // A check that was given up a moment ago is finished first.
    await this.#running;
    if (!this.#open || this.#abort) return;
    this.#running = this.#run();
    this.#options.onChange();
  }

  /** Gives the check up and hides it. Resolves when all is released, and a call may start. */
  async close(): Promise<void> {
    this.#open = false;
    this.#abort?.abort();
    this.#options.onChange();
    await this.#running;
  }

  /** Gives the check up for good: the element goes away. */
  dispose(): void {
    this.#open = false;
    this.#abort?.abort();
  }

  view(): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const words = this.#words;
    const { running } = this;
    const withFigures = this.#options.host.config.audience === 'tester';
    return checkView({
      words,
      running,
      rows: checkRows(this.#results, { words, running, withFigures }),
      summary: this.#summary(words),
      onAgain: () => void this.start(),
      onClose: () => void this.close(),
    });
  }

  get #words(): CheckWords & Messages {
    return { ...checkWordsEn, ...this.#options.words() };
  }

  #summary(words: CheckWords): string {
    if (this.running) return words.checkRunning;
    if (this.#obstacle) return words[this.#obstacle];
    return this.#report ? checkSummary(this.#report, words, this.#options.language()) : '';
  }

  async #run(): Promise<void> {
    const abort = (this.#abort = new AbortController());
    const { signal } = abort;
    // A test call must not outlive its page, nor wait in the back/forward cache.
    addEventListener('pagehide', () => abort.abort(), { signal });
    try {
      this.#report = await this.#check(signal);
    } catch (error) {
      if (!signal.aborted) this.#onError(error);
    }
    // Removes the listener of `pagehide` too.
    abort.abort();
    this.#abort = null;
    this.#options.onChange();
  }

  async #check(signal: AbortSignal): Promise<ConnectionReport> {
    const { host, planner, isInCall, onChange } = this.#options;
    if (isInCall()) throw new VoiceError('call-in-another-tab', 'This panel is in a call');
    const { apiKey, baseUrl, organizationId, transports = [], fetch } = host.config;
    const send = fetch ?? ((...asked) => globalThis.fetch(...asked));
    const { agentId, body } = planner.plan(host.config);
    const devices = new AudioDevices({ signal });
    return checkConnection({
      agentId,
      body,
      // Without retries: a check reports what it meets.
      client: new WidgetClient({ apiKey, baseUrl, organizationId, fetch: send, maxRetries: 0 }),
      extraLoaders: transports,
      baseUrl,
      fetch: send,
      microphoneId: devices.microphoneId || undefined,
      speakerId: devices.speakerId || undefined,
      signal,
      onResult: (result) => {
        this.#results = [...this.#results, result];
        onChange();
      },
      onLevel: (level) =>
        this.#find('rect[data-check-level]')?.setAttribute('width', (level * 100).toFixed(0)),
    });
  }

  #onError(error: unknown): void {
    const isBusy = error instanceof VoiceError && error.code === 'call-in-another-tab';
    this.#obstacle = isBusy ? 'checkBusy' : 'checkBroken';
    if (!isBusy) this.#options.report(error);
  }

  #find(selector: string): HTMLElement | null {
    return this.#options.host.container.querySelector<HTMLElement>(selector);
  }
}
