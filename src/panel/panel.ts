import { nothing, render } from 'lit/html.js';
import { isActive, isLive, publicState, type CallState } from '../call/call-state.js';
import { ChatSession } from '../chat/chat-session.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import { Thread } from '../chat/thread.js';
import type { AgentState, TranscriptEntry } from '../voice/transport.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import type { PanelHost } from '../contract/panel-host.js';
import type { WidgetPanel } from './widget-panel.js';
import { messageContext } from './message-context.js';
import { CallFeature } from './call-feature.js';
import { CallbackFeature } from './callback-feature.js';
import { ConnectionCheckFeature } from './connection-check-feature.js';
import { closeOnEscape } from './close-on-escape.js';
import { Consent } from '../visitor/consent.js';
import { creationScope } from '../ui/creation-scope.js';
import { disclosureNow } from './disclosure-view.js';
import { keepScroll } from '../ui/keep-scroll.js';
import { loadRoom } from './load-room.js';
import { FailureCardFeature } from './failure-card-feature.js';
import { MarkdownLoader } from './markdown-loader.js';
import { Features } from '../api/features.js';
import { onceAFrame } from '../ui/once-a-frame.js';
import { PanelFocus } from './panel-focus.js';
import { PanelStrings } from './panel-strings.js';
import { preconnect } from './preconnect.js';
import { DiagnosticsReporter } from './diagnostics-reporter.js';
import { SessionPlanner } from '../api/session-plan.js';
import { panelStyles } from './panel-styles.js';
import { ThreadPersistence } from '../chat/thread-persistence.js';
import { chatModel } from './conversation/chat-model.js';
import { MessageWindow } from './conversation/message-window.js';
import { panelView, type PanelModel } from './panel-view.js';
import { FeedbackFeature } from './feedback-feature.js';
import { VoiceTranscript } from '../chat/voice-transcript.js';

/** Runs the sessions of one widget and renders their state. Lives from the first use, or intent, until the element is gone. */
export class Panel implements WidgetPanel {
  readonly #host: PanelHost;
  readonly #abort = new AbortController();
  readonly #thread: Thread;
  readonly #chat: ChatSession;
  readonly #calls: CallFeature;
  readonly #callback: CallbackFeature;
  readonly #voice: VoiceTranscript;
  readonly #planner = new SessionPlanner(() => !this.#consent.needed(this.#config));
  readonly #persistence: ThreadPersistence;
  readonly #consent = new Consent();
  readonly #features: Features;
  readonly #focus: PanelFocus;
  readonly #words: PanelStrings;
  readonly #markdown: MarkdownLoader;
  readonly #reporter: DiagnosticsReporter;
  readonly #check: ConnectionCheckFeature;
  readonly #feedback: FeedbackFeature;
  readonly #queueRender = onceAFrame(() => {
    if (!this.#abort.signal.aborted) this.#render();
  });
  readonly #window = new MessageWindow(() => this.#queueRender());
  #isOpen = false;

  constructor(host: PanelHost) {
    this.#host = host;
    const onChange = (): void => this.#queueRender();
    const report = (error: unknown): void => this.#reporter.report(error, host);
    adoptStyles(host.shadowRoot, panelStyles);
    this.#thread = new Thread(() => {
      this.#persistence.saveSoon();
      this.#queueRender();
    });
    this.#voice = new VoiceTranscript(this.#thread);
    this.#persistence = new ThreadPersistence(this.#thread, () => this.#forgetVisitor());
    this.#chat = new ChatSession(this.#thread, () => this.#planner.plan(this.#config), {
      context: () => messageContext(shared),
      onMessage: (message) => this.#dispatchMessage(message),
      onBusy: onChange,
      onError: report,
    });
    this.#words = new PanelStrings(host, onChange, report);
    this.#focus = new PanelFocus(host.shadowRoot, host.container);
    this.#markdown = new MarkdownLoader(host.shadowRoot, onChange);
    this.#reporter = new DiagnosticsReporter(
      () => ({
        config: this.#config,
        calls: this.#calls,
        consent: this.#consent,
        messages: this.#thread.messages,
      }),
      () => this.#words.all,
      onChange,
    );
    const { signal } = this.#abort;
    this.#features = new Features({ host, planner: this.#planner, consent: this.#consent, signal });
    const shared = {
      host,
      planner: this.#planner,
      consent: this.#consent,
      features: this.#features,
      failures: new FailureCardFeature(host, report),
      voice: this.#voice,
      thread: this.#thread,
      words: () => this.#words.all,
      language: () => this.#words.language,
      onChange,
      report,
      signal,
    };
    this.#calls = new CallFeature({
      ...shared,
      onSay: (text) => void this.sendMessage(text),
      onTalked: () => void this.#feedback.open(),
    });
    this.#feedback = new FeedbackFeature({
      ...shared,
      messages: () => this.#thread.messages,
      call: () => (this.callId === null ? null : this.#calls.status),
    });
    this.#check = new ConnectionCheckFeature({ ...shared, isInCall: () => isActive(this.callState) });
    this.#callback = new CallbackFeature({ ...shared, calls: this.#calls, isPanelOpen: () => this.#isOpen });
    addEventListener('pagehide', () => this.#onPageHide(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#persistence.comeBack(), { signal });
    closeOnEscape(host, signal);
    keepScroll(host.container, signal);
    addEventListener('online', () => this.#resume(), { signal });
    this.#persistence.restore(this.#config);
    preconnect(host, this.#consent);
    // The panel is hidden until it is opened.
    this.#queueRender();
  }

  get callState(): CallState {
    return this.#calls.status.callState;
  }

  get agentState(): AgentState {
    return publicState(this.#calls.status.agentState);
  }

  get muted(): boolean {
    return this.#calls.status.muted;
  }

  get callId(): string | null {
    return this.#calls.status.callId;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.#voice.entries;
  }

  setOpen(open: boolean, byVisitor: boolean): void {
    this.#isOpen = open;
    this.#callback.look();
    if (open) void this.#show();
    this.#render();
    if (!open) return;
    if (this.#config.layout !== 'inline') this.#focus.enterAfter(byVisitor);
    void loadRoom(this.#host, this.#abort.signal);
  }

  refresh(): void {
    if (this.#persistence.restore(this.#config)) this.#forgetVisitor();
    if (this.#isOpen) void this.#show();
    // A closed panel has the controls of its call beside the launcher.
    else if (isActive(this.callState)) this.#words.look();
    this.#calls.control?.offerResume();
    this.#queueRender();
  }

  async offerResume(): Promise<void> {
    (await this.#calls.load())?.offerResume();
  }

  async startCall(takeOver = false): Promise<void> {
    this.#host.show();
    this.#reporter.forget();
    if (!this.#features.voice || this.#consent.needed(this.#config)) return;
    this.#feedback.close();
    // Waits only for an open check: a call's end that is asked for at once must come after its start.
    if (this.#check.isOpen) await this.#check.close();
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
    if (isLive(this.callState) && this.#calls.status.agentJoined) return this.#sendToAgent(trimmed);
    this.#chat.send(trimmed);
  }

  async sendContext(): Promise<boolean> {
    return (await this.#calls.control?.context.send()) ?? false;
  }

  requestCallback(phone: string): Promise<void> {
    return this.#callback.request(phone);
  }

  runPreflight(): ReturnType<WidgetPanel['runPreflight']> {
    return this.#check.runPreflight();
  }

  getDiagnostics(): ReturnType<WidgetPanel['getDiagnostics']> {
    return this.#reporter.collect();
  }

  reset(): void {
    this.#persistence.forget();
    this.#forgetVisitor();
  }

  dispose(): void {
    this.#abort.abort();
    this.#calls.control?.dispose();
    this.#chat.dispose();
    this.#persistence.leave();
    render(null, this.#host.container);
  }

  /** Ends and forgets all that this visitor did or said: another person may use the page now. */
  #forgetVisitor(): void {
    this.#chat.stop();
    void this.#check.close();
    void this.#calls.control?.forget();
    this.#callback.reset();
    this.#feedback.close();
    this.#reporter.forget();
    this.#consent.forget(this.#config);
    if (this.#thread.messages.length > 0) this.#thread.clear();
    this.#queueRender();
  }

  /** Sends what waited for the network, or for the visitor's consent. */
  #resume(): void {
    if (!this.#consent.needed(this.#config)) this.#chat.resume();
  }

  get #config(): PanelHost['config'] {
    return this.#host.config;
  }

  /** Text typed during a call is part of the call; if the connection breaks meanwhile, the text can be sent as a chat message. */
  async #sendToAgent(text: string): Promise<void> {
    const message = this.#thread.addTyped(text);
    if (await this.#calls.sendMessage(message, this.#thread)) this.#dispatchMessage(message);
  }

  #dispatchMessage({ id, role, text }: ThreadMessage): void {
    if (role !== 'note') this.#host.dispatch('osmtalk-message', { id, role, text });
  }

  /** Shows the controls once the relay has said which features it has. */
  async #show(): Promise<void> {
    this.#words.look();
    preconnect(this.#host, this.#consent);
    const wasAwaited = await this.#features.ask();
    if (this.#abort.signal.aborted || !this.#isOpen) return;
    this.#callback.checkSetUp();
    if (!wasAwaited) return;
    this.#render();
    this.#focus.goOn();
  }

  #chatInstead(): void {
    this.#calls.forgetCall();
    this.#render();
    this.#focus.messageBox();
  }

  #newConversation(): void {
    this.#feedback.close();
    this.#thread.clear();
    this.#chatInstead();
  }

  /** Lets go of the channels and the call: the browser can restore a page as it was only if it holds neither. */
  #onPageHide(): void {
    this.#persistence.leave();
    this.#calls.control?.leaveOpen();
  }

  #render(): void {
    const model = this.#model();
    model.card = this.#check.isOpen ? this.#check.view() : this.#calls.card(model);
    model.runningCall = this.#calls.control?.view(model) ?? nothing;
    this.#calls.control?.bar.show(model, this.#isOpen);
    this.#focus.keep(() => render(panelView(model), this.#host.container, { creationScope }));
  }

  #model(): PanelModel {
    const config = this.#config;
    const { messages } = this.#thread;
    const late = [this.#calls, this.#callback, this.#check, this.#feedback, this.#reporter];
    return {
      config,
      words: this.#words.all,
      language: this.#words.language,
      direction: this.#words.direction,
      ...this.#calls.model(),
      messages,
      disclosure: disclosureNow(config, this.#calls.status, messages),
      markdown: this.#markdown.viewFor(messages),
      window: this.#window,
      ...chatModel(this.#chat, this.#thread, () => this.#focus.messageBox()),
      consentNeeded: this.#consent.needed(config),
      card: nothing,
      feedback: this.#feedback.view(),
      runningCall: nothing,
      ...this.#reporter.model(this.callId),
      notice: late.find(({ notice }) => notice)?.notice ?? null,
      features: this.#features,
      callback: this.#callback.offer,
      onClose: () => this.#host.close(),
      onStartCall: () => void this.startCall(),
      onSend: (text) => void this.sendMessage(text),
      // A call may follow the check, and its press must not have to wait for the code of calls.
      onCheck: () => void Promise.all([this.#check.open(), this.#calls.load()]),
      onTakeOver: () => void this.startCall(true),
      onChatInstead: () => this.#chatInstead(),
      onFeedback: () => this.#feedback.toggle(),
      onNewConversation: () => this.#newConversation(),
      onAgree: () => {
        const version = this.#consent.give(config);
        this.#host.dispatch('osmtalk-consent', { version, at: Date.now() });
        this.#resume();
        void this.#show();
        // "I agree" disappears before any control is shown; the focus must not end up on "Close".
        if (this.#features.isAwaited) this.#focus.enter();
        this.#queueRender();
      },
    };
  }
}
