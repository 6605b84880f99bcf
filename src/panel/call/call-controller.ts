import { nothing, type TemplateResult } from 'lit/html.js';
import { ApiError } from '../../wire/api-error.js';
import { WidgetClient } from '../../api/widget-client.js';
import { CallSession } from '../../call/call-session.js';
import type { CallListener, CallSummary } from '../../call/call-plan.js';
import { isActive, isLive, type CallStatus } from '../../call/call-state.js';
import type { Failure } from '../../failures/failure.js';
import { callWordsEn, type CallWords } from '../../i18n/en-later/call-words.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import { warmUpTransport } from '../../voice/load-transport.js';
import type { ToolStatus } from '../../voice/transport.js';
import { WakeLock } from '../../voice/wake-lock.js';
import { choiceStyles } from '../../ui/choice-view.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import type { PanelHost } from '../../contract/panel-host.js';
import type { Consent } from '../../visitor/consent.js';
import { ContextSender } from './context-sender.js';
import { CoolDown } from '../../call/cool-down.js';
import { contextOfCall, type Surroundings } from '../../context/agent-context.js';
import { AgentTools } from './agent-tools.js';
import { AnnouncedLeave } from './announced-leave.js';
import { callAnnouncement } from './call-announcement.js';
import { CallBar } from './call-bar.js';
import { CallEvents } from './call-events.js';
import { bodiesOf, isConversationTold, startDetailOf } from './start-bodies.js';
import type { FailureWords } from '../../failures/failure-words.js';
import type { SessionPlanner } from '../../api/session-plan.js';
import { MicrophoneNotice } from './microphone-notice.js';
import { ResumeOffer } from './resume-offer.js';
import { SoundSettings } from './sound-settings.js';
import { listenForPushToTalk } from './push-to-talk.js';
import { callStyles } from './call-styles.js';
import { devicesStyles } from './devices-styles.js';
import { runningCallView, type RunningCallModel } from './running-call-view.js';
import { ToolCards } from './tool-cards.js';
import { showLevels } from './show-levels.js';
import { toolsView } from './tools-view.js';
import { voiceStyles } from './voice-styles.js';
import { VoiceView } from './voice-view.js';
import type { Thread } from '../../chat/thread.js';
import type { VoiceTranscript } from '../../chat/voice-transcript.js';

export interface CallControllerOptions {
  host: PanelHost;
  planner: SessionPlanner;
  consent: Pick<Consent, 'needed'>;
  voice: VoiceTranscript;
  thread: Surroundings['thread'] & Pick<Thread, 'addTyped' | 'patch'>;
  /** The language of the strings (BCP 47). */
  language: () => string;
  failures: FailureWords;
  words: () => Messages;
  onChange: () => void;
  /** Sends this text as the visitor's own words. */
  onSay: (text: string) => void;
  /** A call ended in which the agent was heard. */
  onTalked: () => void;
  report: (error: unknown) => void;
  /** Aborts when the panel is gone. */
  signal: AbortSignal;
}

/** Runs the calls of one panel: starts them from the element's settings, and reports their course to the page and the visitor. */
export class CallController {
  readonly session: CallSession;
  readonly coolDown: CoolDown;
  readonly toolCards: ToolCards;
  readonly #sound: SoundSettings;
  readonly microphone: MicrophoneNotice;
  /** The controls of the running call while the panel is closed. */
  readonly bar: CallBar;
  readonly context: ContextSender;
  announcement = '';
  /** The offer to resume the call that the previous page left open. */
  readonly #return: ResumeOffer;
  readonly #options: CallControllerOptions;
  readonly #tools: AgentTools;
  readonly #voiceView: VoiceView;
  readonly #wakeLock = new WakeLock();
  readonly #announcedLeave: AnnouncedLeave;
  readonly #events: CallEvents;
  #clock: ReturnType<typeof setInterval> | undefined;
  /** The agent of this call is told the conversation before it. */
  #isToldAll = false;
  /** The pause that the API asked for with the last error; `null` when it asked for none. */
  #retryAfterMs: number | null = null;

  constructor(options: CallControllerOptions) {
    this.#options = options;
    this.#events = new CallEvents(options.host.dispatch);
    this.coolDown = new CoolDown(options.onChange);
    this.toolCards = new ToolCards(options.onChange);
    this.context = new ContextSender(options.host, (text) => this.session.sendContext(text));
    this.microphone = new MicrophoneNotice(() => this.#words, options.onChange);
    this.bar = new CallBar({
      host: options.host,
      words: () => this.#words,
      titleOf: (failure) => this.#titleOf(failure),
      onChange: options.onChange,
    });
    this.#voiceView = new VoiceView(options.host, options.onChange);
    this.#tools = new AgentTools({
      ...options,
      isLive: () => isLive(this.status.callState),
      onStatus: (tool) => this.#onToolStatus(tool),
    });
    const mayLook = (): boolean => !options.consent.needed(options.host.config);
    this.#sound = new SoundSettings(() => this.session, options.onChange, mayLook);
    this.#return = new ResumeOffer({
      config: () => options.host.config,
      isFree: () => !isActive(this.status.callState),
      onChange: (isOffered) => {
        options.host.offerResume(isOffered ? options.words().returnToCall : null);
        options.host.container.parentElement?.toggleAttribute('data-resumable', isOffered);
        options.onChange();
      },
      signal: options.signal,
    });
    this.session = new CallSession(this.#listener());
    const { container, shadowRoot } = options.host;
    this.#announcedLeave = new AnnouncedLeave(container, options.signal);
    for (const css of [callStyles, choiceStyles, devicesStyles, voiceStyles]) adoptStyles(shadowRoot, css);
    listenForPushToTalk({
      container,
      signal: options.signal,
      isMuted: () => isLive(this.status.callState) && this.status.muted,
      setMuted: (muted) => void this.session.setMuted(muted),
    });
  }

  get status(): CallStatus {
    return this.session.status;
  }

  get canReturn(): boolean {
    return this.#return.call !== null;
  }

  /** Offers to resume the call that the previous page left open. */
  offerResume(): void {
    this.#return.look();
  }

  /** Starts a call, unless one runs, or a listener of the page prevents it. */
  async start(takeOver: boolean): Promise<void> {
    const { host, planner, language, thread } = this.#options;
    const { config } = host;
    // A call that is still ending is ended first: React's Strict Mode starts, ends and starts again at once.
    if (this.status.callState === 'ending') await this.session.end();
    if (isActive(this.status.callState)) return;
    const context = contextOfCall(config, { language: language(), context: host.context(), thread });
    const detail = { agentId: config.agentId ?? '', ...startDetailOf(context) };
    if (!host.dispatch('osmtalk-call-start', detail, { cancelable: true })) return;
    this.microphone.text = null;
    this.#voiceView.reset();
    this.#retryAfterMs = null;
    const returnTo = this.#return.call ?? undefined;
    this.#return.clear();
    this.#isToldAll = !returnTo && isConversationTold(context, detail, config.dynamicVariables);
    const { sender, body } = planner.plan(config);
    this.session.start({
      agentId: detail.agentId,
      client: new WidgetClient({ baseUrl: config.baseUrl }, sender),
      ...bodiesOf(body, detail, context, config.dynamicVariables),
      extraLoaders: config.transports ?? [],
      microphoneId: this.#sound.microphoneId,
      takeOver,
      returnTo,
      tellsEveryFailure: config.audience === 'tester',
      describeFailure: (reason) => this.#options.failures.describe(reason),
      runTool: (name, args, waitsMs) => this.#tools.run(name, args, waitsMs),
      toolNames: () => this.#tools.names,
    });
  }

  /** Renders the running call; `nothing` when no call runs. */
  view(model: RunningCallModel): TemplateResult | typeof nothing {
    const voiceView = this.#voiceView.view(model.status, model.messages);
    if (!isActive(this.status.callState)) return nothing;
    return runningCallView(model, this.#words, {
      questions: this.#tools.view(this.#words),
      voiceView,
      onToggleConversation: () => this.#voiceView.toggle(),
    });
  }

  soundSettings(): TemplateResult {
    return this.#sound.view(this.#words);
  }

  /** Renders the tools that the agent uses. */
  tools(): TemplateResult | typeof nothing {
    return toolsView(this.toolCards.tools, this.#words);
  }

  get #words(): Messages & CallWords {
    return { ...callWordsEn, ...this.#options.words() };
  }

  /** Loads the media code ahead of a call: called when the visitor reaches for the call button. */
  warmUp(): void {
    warmUpTransport();
  }

  /** Ends the call, and forgets it and any resumable call. */
  async forget(): Promise<void> {
    this.#return.clear();
    this.microphone.text = null;
    await this.session.end();
    this.session.reset();
  }

  /**
   * Called when the page goes away. Where the next page of this site is expected, the call is left open for half a minute; else
   * it ends, so that no agent talks to a closed tab.
   */
  leaveOpen(): void {
    const { keepCall } = this.#options.host.config;
    const isKept = keepCall === 'always' || (keepCall === 'announced' && this.#announcedLeave.isAnnounced);
    this.#return.leave(() => (isKept ? this.session.leaveOpen() : null));
    this.#leave();
  }

  dispose(): void {
    this.#leave();
    this.#return.clear();
    this.microphone.dispose();
    this.bar.dispose();
    this.#voiceView.dispose();
    this.#sound.dispose();
    this.coolDown.dispose();
  }

  #leave(): void {
    this.session.dispose();
    this.#wakeLock.release();
    this.toolCards.clear();
    this.#tools.clear();
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  #listener(): CallListener {
    const { host, voice, report } = this.#options;
    return {
      onStatus: (status) => this.#onStatus(status),
      onConnected: (callId) => {
        this.#return.allow(this.session.offer);
        voice.noteStart(callId);
        if (this.#isToldAll) voice.noteTold(callId, this.#words.conversationTold);
        void this.#sound.onCallUp();
        host.dispatch('osmtalk-call-connected', { callId });
      },
      onEnd: (summary) => this.#onEnd(summary),
      onFailure: (failure) => {
        this.#noteEnd(failure);
        host.dispatch('osmtalk-failure', failure);
      },
      onTranscript: (entry) => host.dispatch('osmtalk-transcript', voice.put(entry, this.status.callId)),
      onMessage: (message) => {
        const { id, text } = voice.putWritten(message, this.status.callId);
        host.dispatch('osmtalk-message', { id, role: 'agent', text });
      },
      onHandedOver: (name) => voice.noteHandOver(this.status.callId, name),
      onToolStatus: (tool) => this.#onToolStatus(tool),
      onMicrophoneReplaced: (label) => this.microphone.say(fill(this.#words.microphoneReplaced, { label })),
      onLevels: (levels) => showLevels(host.shadowRoot, levels),
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'bad-request') this.#isToldAll = false;
        this.#retryAfterMs = error instanceof ApiError ? error.retryAfterMs : null;
        report(error);
      },
    };
  }

  /** Adds the end of the call to the conversation as a line; for a failure, with the title of its card. */
  #noteEnd(failure: Failure | null): void {
    const { callId, durationSeconds } = this.status;
    const title = failure && this.#titleOf(failure);
    this.#options.voice.noteEnd({ callId, durationSeconds, failure: title });
  }

  #titleOf(failure: Failure): string {
    return this.#options.failures.guidanceFor(failure, this.#options.words()).title;
  }

  #onEnd(summary: CallSummary): void {
    if (!summary.failure && this.status.connectedAtMs !== null) this.#noteEnd(null);
    if (summary.connected && !summary.failure) this.#options.onTalked();
    this.coolDown.note(summary, this.#retryAfterMs);
    this.#options.host.dispatch('osmtalk-call-end', summary);
  }

  #onStatus(status: CallStatus): void {
    const { host, voice, onChange } = this.#options;
    const { callState } = status;
    // The launcher shows it, too.
    host.container.parentElement?.toggleAttribute('data-in-call', isActive(callState));
    this.announcement = callAnnouncement(status, this.#words);
    this.#onLive(isLive(callState));
    if (!isLive(callState)) this.#tools.clear();
    if (callState === 'requesting-microphone') this.toolCards.clear();
    if (callState === 'ended' || callState === 'failed') {
      voice.settle();
      this.toolCards.clear();
    }
    this.microphone.watchAfter(status.failure);
    this.#events.tell(status);
    onChange();
  }

  /** While the call is live, renders once a second for the clock, and keeps the screen on. */
  #onLive(live: boolean): void {
    if (live) {
      this.#wakeLock.acquire();
      this.#clock ??= setInterval(this.#options.onChange, 1_000);
      return;
    }
    this.#wakeLock.release();
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  #onToolStatus(tool: ToolStatus): void {
    // A tool of the page may answer after the call. Where the visitor is asked, no card has to say so.
    if (isActive(this.status.callState) && this.#tools.hasCard(tool.name)) this.toolCards.put(tool);
    this.#options.host.dispatch('osmtalk-tool-call', tool);
  }
}
