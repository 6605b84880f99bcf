import { lazy } from '../async/lazy.js';
import type { Messages } from '../i18n/messages.en.js';
import type { PanelHost } from '../contract/panel-host.js';
import { describeError, isOwnersFault } from '../failures/describe-error.js';
import type { Diagnostics, DiagnosticsSource, RecordedError } from './diagnostics/index.js';
import { writeClipboard, type CopiedText } from '../ui/write-clipboard.js';

const loadDiagnostics = lazy(() => import('./diagnostics/index.js'));

/** A report says how it came to this; the newest errors tell most. */
const MOST_ERRORS = 20;

/** Keeps what a report needs, and makes it when somebody asks. The code for that comes only then. */
export class DiagnosticsReporter {
  copied: CopiedText | null = null;
  /** A line for the visitor when the code for the report cannot be had. */
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

  /** Tells the site of an error, unless it only says that somebody cancelled. */
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

  /** Never rejects: what cannot be copied is shown, and what cannot be had is said. */
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
