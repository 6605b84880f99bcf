import type { PageTool } from '../call/client-tools.js';
import type { LocaleName } from '../i18n/locale-name.js';
import type { Dispatch } from './events.js';
import type { WidgetConfig } from './widget-config.js';

/** What the panel may ask of the element around it. */
export interface PanelHost {
  /** Live: the values change in place, and the element calls `refresh()` after a change. */
  readonly config: Readonly<WidgetConfig>;
  /** The language of the page around the element (BCP 47); it may change as `config` does. */
  readonly language: () => string;
  /** The interface language that comes closest to `language()`. */
  readonly locale: () => LocaleName;
  /** Where the panel renders: a child of the root of the element's shadow tree. */
  readonly container: HTMLElement;
  readonly shadowRoot: ShadowRoot;
  /** The tools that the site registered, by name. */
  readonly tools: ReadonlyMap<string, PageTool>;
  /** What the site has passed to `sendContext()` last. */
  readonly context: () => unknown;
  readonly dispatch: Dispatch;
  show(): void;
  close(): void;
  /** Gives the launcher this label, with which it offers to resume a call; `null` ends the offer. */
  offerResume(label: string | null): void;
}
