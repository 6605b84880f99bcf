import type { PageTool } from '../call/client-tools.js';
import type { LocaleName } from '../i18n/locale-name.js';
import type { Dispatch } from './events.js';
import type { WidgetConfig } from './widget-config.js';

/** What the panel may ask of the element around it. */
export interface PanelHost {
  /** Live: it changes under the panel, which is told by `refresh()`. */
  readonly config: Readonly<WidgetConfig>;
  /** BCP 47, of the page around the element; it may change as `config` does. */
  readonly language: () => string;
  /** Which of our languages comes closest to it. */
  readonly locale: () => LocaleName;
  /** Where the panel renders, inside the element's shadow root. */
  readonly container: HTMLElement;
  readonly shadowRoot: ShadowRoot;
  /** The tools that the site registered, by name. */
  readonly tools: ReadonlyMap<string, PageTool>;
  readonly dispatch: Dispatch;
  show(): void;
  close(): void;
  /** Shows on the launcher that a call is running. */
  setInCall(inCall: boolean): void;
  /** Lets the launcher offer the way back to a call; `null`: no more. */
  offerResume(label: string | null): void;
}
