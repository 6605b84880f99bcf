import { nothing, render } from 'lit';
import { isLive, type CallState, type CallStatus } from '../../call/call-state.js';
import { ChatSession } from '../../chat/chat-session.js';
import { Thread, type ThreadMessage } from '../../chat/thread.js';
import { messagesEn, type Messages } from '../../i18n/messages.en.js';
import type { PreflightReport } from '../../voice/preflight.js';
import type { AgentState, TranscriptEntry } from '../../voice/transport.js';
import { createStyleSheet } from '../styles/launcher-styles.js';
import type { PanelHost, WidgetConfig, WidgetPanel } from '../widget-panel.js';
import { CallDoor } from './call-door.js';
import { Consent } from './consent.js';
import { interfaceLanguage, textDirection } from './language.js';
import type { Diagnostics } from './diagnostics.js';
import { loadGuidance, STAND_IN } from './load-guidance.js';
import { PanelFocus } from './panel-focus.js';
import { listenForPushToTalk } from './push-to-talk.js';
import { ReportDesk } from './report-desk.js';
import { isOwnersFault } from './report-error.js';
import { SessionPlanner } from './session-plan.js';
import { panelStyles } from './styles/panel-styles.js';
import { ThreadKeeper } from './thread-keeper.js';
import { panelView, type PanelModel } from './views/panel-view.js';
import { showLevels } from './views/show-levels.js';
import { VoiceTranscript } from './voice-transcript.js';

let sheet: CSSStyleSheet | undefined;

/** Runs the sessions of one widget and renders what they say. Lives from the first open until the element is gone. */
export class Panel implements WidgetPanel {
  readonly #host: PanelHost;
  readonly #abort = new AbortController();
  readonly #thread: Thread;
  readonly #chat: ChatSession;
  readonly #calls: CallDoor;
  readonly #voice: VoiceTranscript;
  readonly #planner = new SessionPlanner();
  readonly #keeper: ThreadKeeper;
  readonly #consent = new Consent();
  readonly #focus: PanelFocus;
  readonly #desk: ReportDesk;
  #renderQueued = false;

  constructor(host: PanelHost) {
    this.#host = host;
    sheet ??= createStyleSheet(panelStyles);
    host.shadowRoot.adoptedStyleSheets = [...new Set([...host.shadowRoot.adoptedStyleSheets, sheet])];
    this.#thread = new Thread(() => this.#onThread());
    this.#voice = new VoiceTranscript(this.#thread);
    this.#keeper = new ThreadKeeper(this.#thread);
    this.#chat = new ChatSession(this.#thread, () => this.#planner.plan(this.#config), {
      onMessage: (message) => this.#dispatchMessage(message),
      onBusy: () => this.#queueRender(),
      onError: (error) => this.#report(error),
    });
    this.#focus = new PanelFocus(host.shadowRoot, host.container);
    this.#desk = new ReportDesk(
      () => ({
        config: this.#config,
        callState: this.callState,
        trace: this.#calls.trace,
        messages: this.#thread.messages,
      }),
      () => this.#queueRender(),
    );
    const { signal } = this.#abort;
    this.#calls = new CallDoor(
      {
        host,
        planner: this.#planner,
        voice: this.#voice,
        words: () => this.#messages,
        onChange: () => this.#queueRender(),
        onLevels: (levels) => showLevels(host.container, levels),
        report: (error) => this.#report(error),
      },
      signal,
    );
    addEventListener('pagehide', (event) => this.#onPageHide(event.persisted), { signal });
    host.container.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    document.addEventListener('visibilitychange', () => this.#onVisible(), { signal });
    listenForPushToTalk({
      container: host.container,
      signal,
      isMuted: () => isLive(this.callState) && this.muted,
      setMuted: (muted) => void this.setMuted(muted),
    });
    this.#keeper.restore(this.#config);
    // Before it is needed: the visitor may be offline by then.
    (globalThis.requestIdleCallback ?? setTimeout)(() => void loadGuidance());
  }

  get callState(): CallState {
    return this.#status.callState;
  }

  get agentState(): AgentState {
    return this.#status.agentState;
  }

  get muted(): boolean {
    return this.#status.muted;
  }

  get callId(): string | null {
    return this.#status.callId;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.#voice.entries;
  }

  setOpen(open: boolean): void {
    this.#render();
    if (open && this.#config.layout === 'floating') this.#focus.enter();
  }

  refresh(): void {
    this.#keeper.restore(this.#config);
    this.#queueRender();
  }

  async offerReturn(): Promise<void> {
    (await this.#calls.load())?.offerReturn();
  }

  async startCall(takeOver = false): Promise<void> {
    const config = this.#config;
    this.#host.show();
    this.#desk.forget();
    if (config.mode === 'chat' || this.#consent.needed(config)) return;
    await (await this.#calls.load())?.start(takeOver);
  }

  async endCall(): Promise<void> {
    await (await this.#calls.loaded)?.session.end();
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.#calls.control?.session.setMuted(muted);
  }

  async sendMessage(text: string): Promise<void> {
    const trimmed = text.trim();
    if (trimmed === '' || this.#consent.needed(this.#config)) return;
    if (isLive(this.callState) && this.#status.agentJoined) return this.#sendToAgent(trimmed);
    this.#chat.send(trimmed);
  }

  async runPreflight(): Promise<PreflightReport> {
    const { baseUrl, fetch } = this.#config;
    const { runPreflight } = await import('../../voice/preflight.js');
    return runPreflight(baseUrl, fetch ?? globalThis.fetch.bind(globalThis));
  }

  getDiagnostics(): Promise<Diagnostics> {
    return this.#desk.collect();
  }

  reset(): void {
    void this.#calls.control?.session.end().then(() => this.#calls.forgetCall());
    this.#thread.clear();
  }

  dispose(): void {
    this.#abort.abort();
    this.#calls.control?.dispose();
    this.#chat.dispose();
    this.#keeper.save();
    render(null, this.#host.container);
  }

  get #config(): WidgetConfig {
    return this.#host.config;
  }

  get #status(): CallStatus {
    return this.#calls.status;
  }

  get #messages(): Messages {
    return { ...messagesEn, ...this.#config.strings };
  }

  /** Text typed during a call is part of the call; if the link breaks under it, it can be sent as a chat message. */
  async #sendToAgent(text: string): Promise<void> {
    const message = this.#thread.addTyped(text);
    const taken = await this.#calls.control?.session.sendText(text).catch((error: unknown) => {
      this.#report(error);
      return false;
    });
    this.#thread.patch(message.id, { status: taken ? 'sent' : 'failed' });
    if (taken) this.#dispatchMessage({ ...message, status: 'sent' });
  }

  #dispatchMessage({ id, role, text }: ThreadMessage): void {
    this.#host.dispatch('osmtalk-message', { id, role, text });
  }

  #report(error: unknown): void {
    const detail = this.#desk.note(error, [this.#config.apiKey]);
    if (!detail) return;
    if (isOwnersFault(detail)) console.error(`<osmtalk-widget> ${detail.message}`);
    this.#host.dispatch('osmtalk-error', detail);
  }

  #chatInstead(): void {
    this.#calls.forgetCall();
    this.#render();
    this.#focus.messageBox();
  }

  #newConversation(): void {
    this.#thread.clear();
    this.#calls.forgetCall();
    this.#focus.messageBox();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || this.#config.layout === 'inline') return;
    event.stopPropagation();
    this.#host.close();
  }

  /** A page that may come back as it is has left its call by then. */
  #onPageHide(comesBack: boolean): void {
    this.#keeper.save();
    if (comesBack) this.#calls.control?.dispose();
    else this.#calls.control?.hold();
  }

  /** A phone call, Siri or sleep may have paused the sound while the page was away. */
  #onVisible(): void {
    if (document.visibilityState === 'visible' && isLive(this.callState))
      void this.#calls.control?.session.startPlayback();
  }

  #onThread(): void {
    this.#keeper.saveSoon();
    this.#queueRender();
  }

  #queueRender(): void {
    if (this.#renderQueued || this.#abort.signal.aborted) return;
    this.#renderQueued = true;
    queueMicrotask(() => {
      this.#renderQueued = false;
      if (!this.#abort.signal.aborted) this.#render();
    });
  }

  #render(): void {
    const model = this.#model();
    model.card = this.#card(model);
    this.#focus.keep(() => render(panelView(model), this.#host.container));
  }

  #card(model: PanelModel): PanelModel['card'] {
    const { failure } = model.status;
    if (!failure) return nothing;
    const { audience, describeFailure } = this.#config;
    const guidance = this.#calls.control?.guidance ?? STAND_IN;
    return guidance.failureCardView(model, failure, guidance.guidanceFor(failure, audience, describeFailure));
  }

  #model(): PanelModel {
    const config = this.#config;
    const status = this.#status;
    const language = interfaceLanguage(this.#host.container);
    return {
      config,
      words: this.#messages,
      language,
      direction: textDirection(language),
      status,
      seconds: status.connectedAtMs === null ? 0 : (performance.now() - status.connectedAtMs) / 1000,
      messages: this.#thread.messages,
      draft: this.#thread.draft,
      canReturn: this.#calls.control?.canReturn ?? false,
      replying: this.#chat.busy && this.#thread.messages.at(-1)?.status !== 'arriving',
      consentNeeded: this.#consent.needed(config),
      card: nothing,
      trace: this.#calls.trace,
      coolDownSeconds: this.#calls.control?.coolDown.seconds ?? 0,
      report: this.#desk.copied,
      notice: this.#calls.notice,
      tools: this.#calls.control?.toolCards.tools ?? [],
      sound: this.#calls.control?.sound.view(this.#messages) ?? nothing,
      announcement: this.#calls.control?.announcement ?? '',
      onClose: () => this.#host.close(),
      onStartCall: () => void this.startCall(),
      onEndCall: () => void this.endCall(),
      onReachForCall: () => void this.#calls.reach(),
      onToggleMute: () => void this.setMuted(!status.muted),
      onTapToHear: () => void this.#calls.control?.session.startPlayback(),
      onSend: (text) => void this.sendMessage(text),
      onDraft: (text) => (this.#thread.draft = text),
      onRetryMessage: (id) => this.#chat.retry(id),
      onCheck: () => undefined,
      onCopyReport: () => void this.#desk.copyReport(),
      onCopyCallId: () => void this.#desk.copy(status.callId ?? ''),
      onAllowMicrophone: () => void this.#calls.control?.allowMicrophone(this.#abort.signal),
      onTakeOver: () => void this.startCall(true),
      onChatInstead: () => this.#chatInstead(),
      onDismissFailure: () => this.#calls.forgetCall(),
      onNewConversation: () => this.#newConversation(),
      onAgree: () => {
        this.#consent.give(config);
        this.#queueRender();
      },
    };
  }
}
