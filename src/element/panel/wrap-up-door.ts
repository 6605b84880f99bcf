import { nothing, type TemplateResult } from 'lit/html.js';
import type { WrapUpControl, WrapUpOptions } from './wrap-up-control.js';

export interface WrapUpDoorOptions extends WrapUpOptions {
  report: (error: unknown) => void;
  signal: AbortSignal;
}

/** The way to what comes after a conversation, whose code comes then. */
export class WrapUpDoor {
  readonly #options: WrapUpDoorOptions;
  #control: WrapUpControl | null = null;
  #open = false;

  constructor(options: WrapUpDoorOptions) {
    this.#options = options;
  }

  view(): TemplateResult | typeof nothing {
    return this.#open && this.#control ? this.#control.view(() => this.close()) : nothing;
  }

  /** Each time anew: another conversation has another rating. */
  async open(): Promise<void> {
    this.#open = true;
    try {
      const { WrapUpControl } = await import('./wrap-up-control.js');
      if (!this.#open || this.#options.signal.aborted) return;
      this.#control = new WrapUpControl(this.#options);
    } catch (error) {
      this.#options.report(error);
    }
    this.#options.onChange();
  }

  toggle(): void {
    if (this.#open) this.close();
    else void this.open();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#options.onChange();
  }
}
