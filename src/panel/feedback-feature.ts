import { nothing, type TemplateResult } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import { LateFeature, type LateFeatureOptions } from './late-feature.js';
import type { FeedbackController, FeedbackOptions } from './feedback/index.js';

const loadFeedback = lazy(() => import('./feedback/index.js'));

export type FeedbackFeatureOptions = FeedbackOptions & LateFeatureOptions;

/** Shows the feedback after a conversation, and loads its code then. */
export class FeedbackFeature {
  readonly #options: FeedbackFeatureOptions;
  readonly #late: LateFeature<typeof import('./feedback/index.js'), typeof FeedbackController>;
  #control: FeedbackController | null = null;
  #open = false;
  #isAskedFor = false;

  constructor(options: FeedbackFeatureOptions) {
    this.#options = options;
    this.#late = new LateFeature(options, loadFeedback, ({ FeedbackController }) => FeedbackController);
  }

  /** After a call the feedback opens by itself: a failed load is shown only when the visitor has asked for the feedback. */
  get notice(): string | null {
    return this.#isAskedFor ? this.#late.notice : null;
  }

  view(): TemplateResult | typeof nothing {
    return this.#open && this.#control ? this.#control.view(() => this.close()) : nothing;
  }

  /** Opens a new feedback each time, since each conversation has its own rating. */
  async open(): Promise<void> {
    this.#open = true;
    const Control = await this.#late.load();
    // Feedback whose code could not be loaded is not open: the next press tries again.
    this.#open &&= Control !== null;
    if (Control && this.#open) this.#control = new Control(this.#options);
    this.#options.onChange();
  }

  toggle(): void {
    this.#isAskedFor = true;
    if (this.#open) this.close();
    else void this.open();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#options.onChange();
  }
}
