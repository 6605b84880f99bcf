import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { CheckName } from './connection-report.js';
import type { CheckWords } from '../../i18n/en-later/check-words.js';
import { icons } from '../../ui/icons.js';

/** One line of the list. */
export interface CheckRow {
  check: CheckName;
  name: string;
  /** `slow`: it works, and could be better. `unknown`: it could not be checked. */
  state: 'waiting' | 'running' | 'passed' | 'slow' | 'failed' | 'unknown';
  line: string;
  /** What to do about this result; `null` for nothing. */
  whatToTry: string | null;
  /** Measured figures, for testers. */
  figures: string | null;
}

export interface CheckModel {
  words: CheckWords;
  running: boolean;
  rows: readonly CheckRow[];
  /** Shown, and read out by screen readers: the beginning and the end of the check, and nothing between. */
  summary: string;
  onAgain: () => void;
  onClose: () => void;
}

/**
 * Renders the connection check: what is checked, the results, and what to do. "Run again" stays while the check runs: a visitor
 * who has pressed it has the focus on it.
 */
export function checkView(model: CheckModel): TemplateResult {
  const { words, running, rows } = model;
  return html`<section part="connection-check" class="check" aria-labelledby="osmtalk-check">
    <h3 id="osmtalk-check" tabindex="-1">${icons.sound}<span>${words.checkTitle}</span></h3>
    <p class="hint">${words.checkIntro}</p>
    <p role="status" class="summary">${model.summary}</p>
    <ul class="checks" aria-busy=${running ? 'true' : 'false'}>
      ${rows.map((row) => rowView(row))}
    </ul>
    <div class="actions">
      <button
        type="button"
        class="action primary"
        aria-disabled=${running ? 'true' : nothing}
        @click=${running ? nothing : model.onAgain}
      >
        ${icons.retry}<span>${words.checkAgain}</span>
      </button>
      <button type="button" class="action" @click=${model.onClose}>
        <span>${words.checkClose}</span>
      </button>
    </div>
  </section>`;
}

function rowView(row: CheckRow): TemplateResult {
  return html`<li data-check=${row.check} data-state=${row.state}>
    ${SIGNS[row.state]}
    <div>
      <p><strong>${row.name}</strong> <span>${row.line}</span></p>
      ${row.check === 'microphone' && row.state === 'running' ? meter : nothing}
      ${row.whatToTry === null ? nothing : html`<p class="hint">${row.whatToTry}</p>`}
      ${row.figures === null ? nothing : html`<p class="hint"><code>${row.figures}</code></p>`}
    </div>
  </li>`;
}

/** The width of its bar is the level, 0 to 100; the controller sets it, ten times a second. */
const meter = html`<svg class="level" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
  <rect class="scale" width="100" height="6" rx="3" />
  <rect data-check-level width="0" height="6" rx="3" />
</svg>`;

const sign = (content: TemplateResult<2>): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${content}</svg>`;

/** Decoration: the line says the same as text. */
const SIGNS = {
  waiting: sign(svg`<circle cx="12" cy="12" r="2" />`),
  running: sign(svg`<path d="M12 3a9 9 0 1 1-9 9" />`),
  passed: sign(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`),
  slow: sign(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`),
  failed: sign(svg`<path d="M6 6l12 12M18 6 6 18" />`),
  unknown: sign(svg`<path d="M6 12h12" />`),
} satisfies Record<CheckRow['state'], TemplateResult>;
