import type { Messages } from '../i18n/messages.en.js';

export interface LateFeatureOptions {
  words: () => Messages;
  onChange: () => void;
  report: (error: unknown) => void;
  /** Aborts when the panel is gone. */
  signal: AbortSignal;
}

/**
 * A feature of the panel whose code is loaded when the visitor first reaches for it. A failed load is tried again the next
 * time.
 */
export class LateFeature<Module, Control> {
  /** A line for the visitor when the code cannot be loaded. */
  notice: string | null = null;
  readonly #options: LateFeatureOptions;
  readonly #import: () => Promise<Module>;
  readonly #make: (module: Module) => Control;
  readonly #says: 'failedTry' | 'callsNotLoaded';
  #control: Control | null = null;
  #loading: Promise<Control | null> | null = null;

  /** `load` loads the code; `says` names the string that the visitor reads when that fails. */
  constructor(
    options: LateFeatureOptions,
    load: () => Promise<Module>,
    make: (module: Module) => Control,
    says: 'failedTry' | 'callsNotLoaded' = 'failedTry',
  ) {
    this.#options = options;
    this.#import = load;
    this.#make = make;
    this.#says = says;
  }

  /** `null` until the code has loaded. */
  get control(): Control | null {
    return this.#control;
  }

  /**
   * The load that is done or under way; `null` when nothing has asked for it. The promise itself, so that a start and an end
   * keep their order.
   */
  get loaded(): Promise<Control | null> | null {
    return this.#loading;
  }

  /** Loads the code. Resolves with `null` when it cannot be loaded, which the visitor is shown, or when the panel is gone. */
  load(): Promise<Control | null> {
    this.#loading ??= this.#import().then(
      (module) => {
        if (this.#options.signal.aborted) return null;
        this.notice = null;
        this.#control = this.#make(module);
        return this.#control;
      },
      (error: unknown) => {
        this.#loading = null;
        this.notice = this.#options.words()[this.#says];
        this.#options.report(error);
        this.#options.onChange();
        return null;
      },
    );
    return this.#loading;
  }
}
