import { lazy } from '../async/lazy.js';
import type { Messages } from '../i18n/messages.en.js';
import type { PanelHost } from '../contract/panel-host.js';
import { describeError, isOwnersFault } from '../failures/describe-error.js';
import type { FailureCardModel } from './failure-card/index.js';
import type { Diagnostics, DiagnosticsSource, RecordedError } from './diagnostics/index.js';
import { writeClipboard, type CopiedText } from '../ui/write-clipboard.js';

const loadDiagnostics = lazy(() => import('./diagnostics/index.js'));

/** How many errors a report holds: the newest tell most. */
const MOST_ERRORS = 20;

/** Keeps what a diagnostics report needs, and makes the report on request. The code for that is loaded only then. */
export class DiagnosticsReporter {
  copied: CopiedText | null = null;
  /** A line for the visitor when the code for the report cannot be loaded. */
  notice: string | null = null;
  readonly #source: () => Omit<DiagnosticsSource, 'errors'>;
  readonly #words: () => Messages;
  readonly #onChange: () => void;
  readonly #errors: RecordedError[] = [];

  constructor(source: () => Omit<DiagnosticsSource, 'errors'>, words: () => Messages, onChange: () => void) {
    this.#source = source;
    this.#words = words;
    this.#onChange = onChange;
  }

  /** The report's part of the panel's model. */
  model(callId: string | null): Pick<FailureCardModel, 'report' | 'onCopyReport' | 'onCopyCallId'> {
    return {
      report: this.copied,
      onCopyReport: () => void this.copyReport(),
      onCopyCallId: () => void this.copy(callId ?? ''),
    };
  }

  /**
   * Reports an error to the site by `osmtalk-error`, unless it is a cancellation. The console shows only the errors that the
   * site owner must mend.
   */
  report(error: unknown, { config, dispatch }: Pick<PanelHost, 'config' | 'dispatch'>): void {
    const detail = describeError(error, [config.apiKey]);
    if (!detail) return;
    this.#errors.push({ at: new Date().toISOString(), code: detail.code });
    if (this.#errors.length > MOST_ERRORS) this.#errors.shift();
    if (isOwnersFault(detail)) console.error(`<osmtalk-widget> ${detail.message}`);
    dispatch('osmtalk-error', detail);
  }

  async collect(): Promise<Diagnostics> {
    const { collectDiagnostics } = await loadDiagnostics();
    return collectDiagnostics({ ...this.#source(), errors: this.#errors });
  }

  async copyReport(): Promise<void> {
    await this.copy(
      loadDiagnostics().then(async ({ formatDiagnostics }) => formatDiagnostics(await this.collect())),
    );
  }

  /**
   * Copies a text; never rejects. A text that cannot be copied is shown; when the text itself cannot be had, a notice is shown.
   */
  async copy(text: string | Promise<string>): Promise<void> {
    const copied = await writeClipboard(text);
    const ready = await Promise.resolve(text).catch(() => null);
    this.notice = ready === null ? this.#words().failedTry : null;
    this.copied = ready === null ? null : { text: ready, copied };
    this.#onChange();
  }

  forget(): void {
    this.notice = null;
    this.copied = null;
  }
}
