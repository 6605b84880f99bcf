import type { CallState } from '../call/call-state.js';
import type { PageTool } from '../call/client-tools.js';
import type { FailureGuidance } from '../failures/failure.js';
import type { LocaleName } from '../i18n/locale-name.js';
import type { Strings } from '../i18n/strings.js';
import type { AgentState, TranscriptEntry, TransportLoader } from '../voice/transport.js';
import type { PreflightReport } from '../voice/preflight.js';
import type { Dispatch } from './events.js';
import type { Diagnostics } from './panel/diagnostics.js';

/** The element's settings, as the panel reads them at the moment it needs them. */
export interface WidgetConfig {
  agentId?: string | undefined;
  apiKey?: string | undefined;
  baseUrl: string;
  organizationId?: string | undefined;
  agentVersion?: number | undefined;
  dynamicVariables?: Record<string, unknown> | undefined;
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  mode: 'both' | 'voice' | 'chat';
  callback?: boolean | undefined;
  phoneNumberId?: string | undefined;
  layout: 'floating' | 'inline';
  placement: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  theme: 'auto' | 'light' | 'dark';
  heading?: string | undefined;
  greeting?: string | undefined;
  launcherLabel?: string | undefined;
  avatarSrc?: string | undefined;
  starters?: string[] | undefined;
  consentText?: string | undefined;
  termsUrl?: string | undefined;
  privacyUrl?: string | undefined;
  consentKey?: string | undefined;
  audience: 'visitor' | 'tester';
  persist: 'session' | 'local' | 'none';
  keepCall: 'announced' | 'always' | 'never';
  strings?: Partial<Strings> | undefined;
  transports?: readonly TransportLoader[] | undefined;
  fetch?: typeof fetch | undefined;
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
}

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
  offerReturn(label: string | null): void;
}

/** The part of the widget that arrives on intent: sessions and views. The element passes its public methods on to it. */
export interface WidgetPanel {
  readonly callState: CallState;
  readonly agentState: AgentState;
  readonly muted: boolean;
  readonly callId: string | null;
  readonly transcript: readonly TranscriptEntry[];
  /** Shows or hides the panel's own content and moves the focus into it, unless the visitor would lose what they type. */
  setOpen(open: boolean, byVisitor: boolean): void;
  /** The element's settings changed. */
  refresh(): void;
  /** Looks whether the page before this one held a call, and offers it. */
  offerReturn(): Promise<void>;
  startCall(): Promise<void>;
  endCall(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  sendMessage(text: string): Promise<void>;
  requestCallback(phone: string): Promise<void>;
  runPreflight(): Promise<PreflightReport>;
  getDiagnostics(): Promise<Diagnostics>;
  reset(): void;
  /** Ends a call at once and releases everything. */
  dispose(): void;
}

export type CreatePanel = (host: PanelHost) => WidgetPanel;

/** The module that arrives on intent. */
export interface PanelModule {
  createPanel: CreatePanel;
  /** Resolves when the panel can speak this language, or need not be waited for. */
  whenWords: (name: LocaleName) => Promise<void>;
  loadInPage: () => Promise<InPageModule>;
}

/** What comes after the panel's code, and serves the closed widget too. */
export type InPageModule = typeof import('./panel/in-page/in-page.js');
