import type { CallState } from '../call/call-state.js';
import type { LocaleName } from '../i18n/locale-name.js';
import type { Messages } from '../i18n/messages.en.js';
import type { Dispatch } from './events.js';
import type { WidgetConfig } from './widget-config.js';

/** The part of the element that the code around its launcher uses. */
export type LauncherHost = HTMLElement &
  Readonly<WidgetConfig> & {
    readonly callState: CallState;
    readonly unread: number;
    open: boolean;
    show(): void;
    startCall(): Promise<void>;
    getDiagnostics(): Promise<object | null>;
  };

/** What the code around the launcher works with, from the moment the element is in a document until it leaves. */
export interface LauncherPlace {
  /** Its settings are live: `look()` is called after a change. */
  host: LauncherHost;
  shadowRoot: ShadowRoot;
  /** The root of the element's shadow tree. */
  root: HTMLElement;
  /** Holds the launcher: a press inside it that nobody stops opens or closes the panel. */
  launcher: HTMLElement;
  /** Aborts when the element leaves the document. */
  signal: AbortSignal;
  dispatch: Dispatch;
  /** The language of the page around the element (BCP 47). */
  language: () => string;
  /** Returns the language of the interface that comes closest to a tag. */
  localeOf: (tag: string) => LocaleName;
  /** The strings in the language of the interface; English ones where those cannot be loaded. */
  words: () => Promise<Messages>;
}

/** A part that is loaded for the sake of an attribute. */
export interface LauncherPart {
  /** Called once, and whenever the element's settings have changed. */
  look(): void;
  /** Shows a line beside the launcher; `null` takes it away. */
  tease?(text: string | null | undefined): void;
}
