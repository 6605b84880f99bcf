/* oxlint-disable no-underscore-dangle -- Vitest's own names. */
import {
  getByAltTextSelector,
  getByLabelSelector,
  getByPlaceholderSelector,
  getByRoleSelector,
  getByTestIdSelector,
  getByTextSelector,
  getByTitleSelector,
  Locator,
  selectorEngine,
} from '@vitest/browser/locators';
import { page, server } from 'vitest/browser';
import * as internal from 'vitest/internal/browser';

/** In the frame of a test: what `vitest-provider.ts` is told to press is a number, by which it is looked up here, as often as it likes. */
declare global {
  interface Window {
    known?: Map<string, () => Element | null>;
  }
}

const known = (window.known ??= new Map());

class NumberedLocator extends Locator {
  protected override readonly _pwSelector: string;
  protected override readonly _container: Element | undefined;

  constructor(selector: string, container?: Element) {
    super();
    this._pwSelector = selector;
    this._container = container;
  }

  override get selector(): string {
    const id = `known:${known.size + 1}`;
    // Throws where there are several.
    known.set(id, () => this.query());
    return id;
  }

  protected override locator(selector: string): Locator {
    return new NumberedLocator(`${this._pwSelector} >> ${selector}`, this._container);
  }

  protected override elementLocator(element: Element): Locator {
    return locatorOf(element);
  }
}

function locatorOf(element: Element): Locator {
  return new NumberedLocator(selectorEngine.generateSelectorSimple(element), element);
}

page.extend({
  getByLabelText: (text, options) => new NumberedLocator(getByLabelSelector(text, options)),
  getByRole: (role, options) => new NumberedLocator(getByRoleSelector(role, options)),
  getByTestId: (id) =>
    new NumberedLocator(getByTestIdSelector(server.config.browser.locators.testIdAttribute, id)),
  getByAltText: (text, options) => new NumberedLocator(getByAltTextSelector(text, options)),
  getByPlaceholder: (text, options) => new NumberedLocator(getByPlaceholderSelector(text, options)),
  getByText: (text, options) => new NumberedLocator(getByTextSelector(text, options)),
  getByTitle: (text, options) => new NumberedLocator(getByTitleSelector(text, options)),
  elementLocator: locatorOf,
});
// How Vitest's other providers say which locators are made; no type tells of it.
const { __INTERNAL } = internal as unknown as { __INTERNAL: { _createLocator(selector: string): Locator } };
__INTERNAL._createLocator = (selector) => new NumberedLocator(selector);
