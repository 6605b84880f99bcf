import type { Messages } from '../i18n/messages.en.js';

export interface LateFeatureOptions {
  words: () => Messages;
  onChange: () => void;
  report: (error: unknown) => void;
  /** The panel is gone. */
  signal: AbortSignal;
}

/** A part of the panel whose code comes when the visitor first reaches for it, and is tried again when it could not be had. */
export class LateFeature<Module, Control> {
  /** A line for the visitor when the code cannot be had. */
  notice: string | null = null;
  readonly #options: LateFeatureOptions;
  readonly #import: () => Promise<Module>;
  readonly #make: (module: Module) => Control;
  readonly #says: 'failedTry' | 'callsNotLoaded';
  #control: Control | null = null;
  #loading: Promise<Control | null> | null = null;

  /** `load` brings the code; `says` names the line for the visitor where that fails. */
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

  /** `null` until the code is here. */
  get control(): Control | null {
    return this.#control;
  }

  /** What is here or on its way; `null` when nobody has asked for it. The promise itself: start and end keep their order. */
  get loaded(): Promise<Control | null> | null {
    return this.#loading;
  }

  /** `null` when the code cannot be had, which the visitor is told, or the panel is gone. */
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
