import type { LocaleName } from '../i18n/locale-name.js';
import type { PreflightReport } from '../voice/preflight.js';
import type { PanelState } from '../contract/panel-state.js';
import type { PanelHost } from '../contract/panel-host.js';
import type { Diagnostics } from './diagnostics/index.js';

/** The part of the widget that is loaded on intent: sessions and views. The element passes its public methods on to it. */
export interface WidgetPanel extends PanelState {
  /** Shows or hides the panel's own content and moves the focus into it, unless the visitor would lose what they type. */
  setOpen(open: boolean, byVisitor: boolean): void;
  /** Called when the element's settings have changed. */
  refresh(): void;
  /** Looks whether the previous page left a call open, and offers to resume it. */
  offerResume(): Promise<void>;
  startCall(): Promise<void>;
  endCall(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  sendMessage(text: string): Promise<void>;
  /** Tells the agent of a running call what the site wants it to know. */
  sendContext(): Promise<boolean>;
  requestCallback(phone: string): Promise<void>;
  runPreflight(): Promise<PreflightReport>;
  getDiagnostics(): Promise<Diagnostics>;
  reset(): void;
  /** Ends a call at once and releases everything. */
  dispose(): void;
}

export type CreatePanel = (host: PanelHost) => WidgetPanel;

/** The module that is loaded on intent. */
export interface PanelModule {
  createPanel: CreatePanel;
  /** Resolves when the panel has the strings of this language, or need not be waited for. */
  whenWords: (name: LocaleName) => Promise<void>;
  loadInPage: () => Promise<InPageModule>;
}

/** The module that is loaded after the panel's code, and serves the closed widget too. */
export type InPageModule = typeof import('./in-page/index.js');
