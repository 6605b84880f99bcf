import { nothing, type TemplateResult } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import { LateFeature, type LateFeatureOptions } from './late-feature.js';
import type { FeedbackController, FeedbackOptions } from './feedback/index.js';

const loadFeedback = lazy(() => import('./feedback/index.js'));

export type FeedbackFeatureOptions = FeedbackOptions & LateFeatureOptions;

/** The way to what comes after a conversation, whose code comes then. */
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

  /** After a call it opens by itself, and what nobody asked for is not missed. */
  get notice(): string | null {
    return this.#isAskedFor ? this.#late.notice : null;
  }

  view(): TemplateResult | typeof nothing {
    return this.#open && this.#control ? this.#control.view(() => this.close()) : nothing;
  }

  /** Each time anew: another conversation has another rating. */
  async open(): Promise<void> {
    this.#open = true;
    const Control = await this.#late.load();
    // What could not be had is not open: the next press asks for it again.
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
