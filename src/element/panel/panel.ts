import { render } from 'lit';
import { randomId } from '../../api/random-id.js';
import { CallSession, type CallListener } from '../../call/call-session.js';
import { isActive, isLive, type CallState, type CallStatus } from '../../call/call-state.js';
import { ChatSession } from '../../chat/chat-session.js';
import { Thread, type ThreadMessage } from '../../chat/thread.js';
import { classifyError } from '../../failures/classify-error.js';
import type { FailureGuidance } from '../../failures/failure.js';
import type { FailureReason } from '../../failures/failure-reasons.js';
import { messagesEn, type Messages } from '../../i18n/messages.en.js';
import { warmUpTransport } from '../../voice/load-transport.js';
import { openMicrophone } from '../../voice/microphone.js';
import type { AgentState, TranscriptEntry } from '../../voice/transport.js';
import { createStyleSheet } from '../styles/launcher-styles.js';
import type { PanelHost, WidgetConfig, WidgetPanel } from '../widget-panel.js';
import { callAnnouncement } from './call-announcement.js';
import { Consent } from './consent.js';
import { describeError, isOwnersFault } from './report-error.js';
import { SessionPlanner, definedOnly } from './session-plan.js';
import { ThreadKeeper } from './thread-keeper.js';
import { VoiceTranscript } from './voice-transcript.js';
import { panelStyles } from './styles/panel-styles.js';
import { loadGuidance, type Guidance } from './load-guidance.js';
import { panelView, type PanelModel } from './views/panel-view.js';
import { textDirection, interfaceLanguage } from './language.js';
import { PanelFocus } from './panel-focus.js';

let sheet: CSSStyleSheet | undefined;

/** Runs the sessions of one widget and renders what they say. Lives from the first open until the element is gone. */
export class Panel implements WidgetPanel {
  readonly #host: PanelHost;
  readonly #abort = new AbortController();
  readonly #thread: Thread;
  readonly #chat: ChatSession;
  readonly #call: CallSession;
  readonly #voice: VoiceTranscript;
  readonly #planner = new SessionPlanner();
  readonly #keeper: ThreadKeeper;
  readonly #consent = new Consent();
  readonly #focus: PanelFocus;
  #open = false;
  #guidance: Guidance | null = null;
  #notice: string | null = null;
  #announcement = '';
  #dispatchedState = 'idle initializing';
  #renderQueued = false;
  #clock: ReturnType<typeof setInterval> | undefined;

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
    this.#call = new CallSession(this.#callListener());
    this.#focus = new PanelFocus(host.shadowRoot, host.container);
    const { signal } = this.#abort;
    addEventListener('pagehide', () => this.#onPageHide(), { signal });
    host.container.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    this.#keeper.restore(this.#config);
    // Before it is needed: the visitor may be offline by then.
    (globalThis.requestIdleCallback ?? setTimeout)(() => void loadGuidance());
  }

  get callState(): CallState {
    return this.#call.status.callState;
  }

  get agentState(): AgentState {
    return this.#call.status.agentState;
  }

  get muted(): boolean {
    return this.#call.status.muted;
  }

  get callId(): string | null {
    return this.#call.status.callId;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.#voice.entries;
  }

  setOpen(open: boolean): void {
    this.#open = open;
    this.#render();
    if (open && this.#config.layout === 'floating') this.#focus.enter();
  }

  refresh(): void {
    this.#keeper.restore(this.#config);
    this.#queueRender();
  }

  async startCall(): Promise<void> {
    const config = this.#config;
    this.#host.show();
    if (config.mode === 'chat' || this.#consent.needed(config) || isActive(this.callState)) return;
    const detail = { agentId: config.agentId ?? '', dynamicVariables: { ...config.dynamicVariables } };
    if (!this.#host.dispatch('osmtalk-call-start', detail, { cancelable: true })) return;
    this.#notice = null;
    const plan = this.#planner.plan(config);
    const variables = Object.keys(detail.dynamicVariables).length > 0 ? detail.dynamicVariables : undefined;
    this.#call.start({
      agentId: detail.agentId,
      client: plan.client,
      body: definedOnly({ ...plan.body, dynamicVariables: variables }),
      extraLoaders: config.transports ?? [],
      describeFailure: (reason) => this.#describeFailure(reason),
    });
  }

  endCall(): Promise<void> {
    return this.#call.end();
  }

  setMuted(muted: boolean): Promise<void> {
    return this.#call.setMuted(muted);
  }

  async sendMessage(text: string): Promise<void> {
    const trimmed = text.trim();
    if (trimmed === '' || this.#consent.needed(this.#config)) return;
    if (isLive(this.callState) && this.#call.status.agentJoined) return this.#sendToAgent(trimmed);
    this.#chat.send(trimmed);
  }

  reset(): void {
    void this.#call.end().then(() => this.#call.reset());
    this.#thread.clear();
  }

  dispose(): void {
    this.#abort.abort();
    this.#call.dispose();
    this.#chat.dispose();
    this.#keeper.save();
    clearInterval(this.#clock);
    render(null, this.#host.container);
  }

  get #config(): WidgetConfig {
    return this.#host.config;
  }

  get #messages(): Messages {
    return { ...messagesEn, ...this.#config.strings };
  }

  /** Text typed during a call is part of the call; if the link breaks under it, it can be sent as a chat message. */
  async #sendToAgent(text: string): Promise<void> {
    const message: ThreadMessage = {
      id: randomId(),
      role: 'user',
      text,
      channel: 'chat',
      status: 'sending',
      at: Date.now(),
      idempotencyKey: randomId(),
    };
    this.#thread.put(message);
    const taken = await this.#call.sendText(text).catch((error: unknown) => {
      this.#report(error);
      return false;
    });
    this.#thread.patch(message.id, { status: taken ? 'sent' : 'failed' });
    if (taken) this.#dispatchMessage({ ...message, status: 'sent' });
  }

  #callListener(): CallListener {
    const { dispatch } = this.#host;
    return {
      onStatus: (status) => this.#onCallStatus(status),
      onConnected: (callId) => dispatch('osmtalk-call-connected', { callId }),
      onEnd: (summary) => dispatch('osmtalk-call-end', summary),
      onFailure: (failure) => dispatch('osmtalk-failure', failure),
      onTranscript: (entry) => dispatch('osmtalk-transcript', this.#voice.put(entry, this.callId)),
      onToolStatus: (tool) => dispatch('osmtalk-tool-call', tool),
      onLevels: (levels) => this.#showLevels(levels.agent, levels.caller),
      onError: (error) => this.#report(error),
    };
  }

  #onCallStatus(status: CallStatus): void {
    const { callState, agentState } = status;
    this.#host.setInCall(isActive(callState));
    this.#announcement = callAnnouncement(status, this.#messages);
    const live = isLive(callState);
    if (live && this.#clock === undefined) this.#clock = setInterval(() => this.#queueRender(), 1_000);
    if (!live) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
    if (callState === 'ended' || callState === 'failed') this.#voice.settle();
    if (`${callState} ${agentState}` !== this.#dispatchedState) {
      this.#dispatchedState = `${callState} ${agentState}`;
      this.#host.dispatch('osmtalk-state-change', { callState, agentState });
    }
    this.#queueRender();
  }

  #dispatchMessage({ id, role, text }: ThreadMessage): void {
    this.#host.dispatch('osmtalk-message', { id, role, text });
  }

  #report(error: unknown): void {
    const detail = describeError(error, [this.#config.apiKey]);
    if (!detail) return;
    if (isOwnersFault(detail)) console.error(`<osmtalk-widget> ${detail.message}`);
    this.#host.dispatch('osmtalk-error', detail);
  }

  /** The site's own words, the built-in ones where it has none. */
  async #describeFailure(reason: FailureReason): Promise<FailureGuidance> {
    this.#guidance = await loadGuidance();
    try {
      return (this.#config.describeFailure ?? this.#guidance.describeFailureReason)(reason);
    } catch (fault) {
      this.#report(fault);
      return this.#guidance.describeFailureReason(reason);
    }
  }

  /** Asks the browser again, without starting a call: for a visitor who has just changed a setting. */
  async #allowMicrophone(): Promise<void> {
    try {
      const track = await openMicrophone({ signal: this.#abort.signal });
      track.stop();
      this.#notice = this.#messages.microphoneAllowed;
    } catch (error) {
      if (classifyError(error) === null) return;
      this.#notice = this.#messages.microphoneStillBlocked;
    }
    this.#queueRender();
  }

  #chatInstead(): void {
    this.#call.reset();
    this.#render();
    this.#focus.messageBox();
  }

  #newConversation(): void {
    this.#thread.clear();
    this.#call.reset();
    this.#focus.messageBox();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || this.#config.layout === 'inline') return;
    event.stopPropagation();
    this.#host.close();
  }

  #onPageHide(): void {
    this.#keeper.save();
    this.#call.dispose();
  }

  #onThread(): void {
    this.#keeper.saveSoon();
    this.#queueRender();
  }

  /** Drawn as an attribute of an SVG circle: costs no layout, and no inline style. */
  #showLevels(agent: number, caller: number): void {
    const circles = this.#host.container.querySelectorAll('circle[data-level]');
    for (const circle of circles) {
      const level = circle.getAttribute('data-level') === 'agent' ? agent : caller;
      circle.setAttribute('r', (10 + level * 9).toFixed(1));
    }
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
    this.#focus.keep(() => render(panelView(this.#model()), this.#host.container));
  }

  #model(): PanelModel {
    const config = this.#config;
    const status = this.#call.status;
    const failure = status.failure;
    const language = interfaceLanguage(this.#host.container);
    return {
      config,
      open: this.#open,
      words: this.#messages,
      language,
      direction: textDirection(language),
      status,
      seconds: status.connectedAtMs === null ? 0 : (performance.now() - status.connectedAtMs) / 1000,
      messages: this.#thread.messages,
      draft: this.#thread.draft,
      replying: this.#chat.busy && this.#thread.messages.at(-1)?.status !== 'arriving',
      consentNeeded: this.#consent.needed(config),
      guidance:
        failure && (this.#guidance?.guidanceFor(failure, config.audience, config.describeFailure) ?? failure),
      notice: this.#notice,
      announcement: this.#announcement,
      onClose: () => this.#host.close(),
      onStartCall: () => void this.startCall(),
      onEndCall: () => void this.endCall(),
      onReachForCall: warmUpTransport,
      onToggleMute: () => void this.setMuted(!status.muted),
      onTapToHear: () => void this.#call.startPlayback(),
      onSend: (text) => void this.sendMessage(text),
      onDraft: (text) => (this.#thread.draft = text),
      onRetryMessage: (id) => this.#chat.retry(id),
      onAllowMicrophone: () => void this.#allowMicrophone(),
      onChatInstead: () => this.#chatInstead(),
      onDismissFailure: () => this.#call.reset(),
      onNewConversation: () => this.#newConversation(),
      onAgree: () => {
        this.#consent.give(config);
        this.#queueRender();
      },
    };
  }
}
