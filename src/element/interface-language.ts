import { localeName, type LocaleName } from '../i18n/locale-name.js';

/** The language of an element's interface. */
export class InterfaceLanguage {
  readonly #element: Element;
  readonly #onChange: () => void;
  #page: MutationObserver | null = null;

  /** `onChange`: the page has changed its language without a reload. */
  constructor(element: Element, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  /** BCP 47: the nearest `lang` at or above the element, through shadow roots, else the browser's. */
  get tag(): string {
    let node: Element | null = this.#element;
    while (node) {
      const holder: Element | null = node.closest('[lang]');
      const language = holder?.getAttribute('lang');
      if (language) return language;
      const root: Node = node.getRootNode();
      node = root instanceof ShadowRoot ? root.host : null;
    }
    return navigator.language || 'en';
  }

  /** The one of our languages that comes closest. */
  get locale(): LocaleName {
    return localeName(this.tag);
  }

  watch(): void {
    this.#page ??= new MutationObserver(this.#onChange);
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  unwatch(): void {
    this.#page?.disconnect();
  }
}
