import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import { cutText } from '../../ui/cut-text.js';

/** How many questions may wait at once: any further one is declined. */
const MOST_WAITING = 3;

/** "Yes" is disabled this long: a press may have been meant for what stood in its place before. */
const NOT_YET_MS = 400;

interface Question {
  text: string;
  isReady: boolean;
  answer: (isYes: boolean) => void;
}

/** Asks the visitor whether the agent may run a tool of the page: one question after the other. */
export class ToolQuestions {
  readonly #onChange: () => void;
  readonly #onAsked: () => void;
  #questions: readonly Question[] = [];

  constructor(onChange: () => void, onAsked: () => void) {
    this.#onChange = onChange;
    this.#onAsked = onAsked;
  }

  /** Resolves with whether the visitor said yes within `withinMs`; at once with false when too many questions wait. */
  ask(text: string, withinMs: number): Promise<boolean> {
    if (this.#questions.length >= MOST_WAITING) return Promise.resolve(false);
    return new Promise((resolve) => {
      const question: Question = {
        text,
        isReady: false,
        answer: (isYes) => {
          clearTimeout(timer);
          this.#questions = this.#questions.filter((each) => each !== question);
          resolve(isYes);
          this.#next();
        },
      };
      const timer = setTimeout(() => question.answer(false), withinMs);
      this.#questions = [...this.#questions, question];
      if (this.#questions.length === 1) this.#next();
      this.#onAsked();
    });
  }

  /** Declines all questions: the call is over. */
  clear(): void {
    for (const question of this.#questions) question.answer(false);
  }

  view(words: CallWords): TemplateResult {
    const [question] = this.#questions;
    const said = question
      ? html`<p class="hint">${words.toolQuestion}</p>
          <p class="question" dir="auto">${cutText(question.text)}</p>`
      : nothing;
    return html`<div role="status" class="question-said">${said}</div>
      ${
        question
          ? html`<div class="answers" role="group" aria-label=${words.toolQuestion}>
              <button
                type="button"
                class="start compact"
                ?disabled=${!question.isReady}
                @click=${() => question.answer(true)}
              >
                ${words.toolYes}
              </button>
              <button type="button" class="link" @click=${() => question.answer(false)}>
                ${words.toolNo}
              </button>
            </div>`
          : nothing
      }`;
  }

  /** Shows the first question, and enables "Yes" a moment later. */
  #next(): void {
    const [question] = this.#questions;
    if (question && !question.isReady) {
      setTimeout(() => {
        question.isReady = true;
        this.#onChange();
      }, NOT_YET_MS);
    }
    this.#onChange();
  }
}
