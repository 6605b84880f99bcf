import { html, nothing, render, type TemplateResult } from 'lit';
import type { ThreadMessage, ThreadNote } from '../../src/chat/thread-message.js';
import { IDLE, type CallStatus } from '../../src/call/call-state.js';
import type { CallTrace } from '../../src/call/call-timeline.js';
import type { LauncherPlace } from '../../src/contract/launcher-place.js';
import type { PanelHost } from '../../src/contract/panel-host.js';
import type { WidgetConfig } from '../../src/contract/widget-config.js';
import { describeFailureReason } from '../../src/failures/describe-failure-reason.js';
import { BLAME_WORDS } from '../../src/failures/blame-words.js';
import type { Failure } from '../../src/failures/failure.js';
import { FAILURE_CATALOGUE } from '../../src/failures/failure-catalogue.js';
import type { Blame, FailureReason } from '../../src/failures/failure-reasons.js';
import { adoptLauncherStyles } from '../../src/element/styles/adopt-launcher-styles.js';
import { createLauncher } from '../../src/element/launcher.js';
import type { LocaleWords } from '../../src/i18n/locale.js';
import type { LocaleModule } from '../../src/i18n/import-locale.js';
import { LOCALE_NAMES, localeName, type LocaleName } from '../../src/i18n/locale-name.js';
import type { FailureMessages } from '../../src/i18n/en-later/failure-messages.js';
import { fill, type WithNumerals } from '../../src/i18n/messages.en.js';
import { callAnnouncement } from '../../src/panel/call/call-announcement.js';
import { CallBar } from '../../src/panel/call/call-bar.js';
import { callStyles } from '../../src/panel/call/call-styles.js';
import { devicesStyles } from '../../src/panel/call/devices-styles.js';
import { devicesView } from '../../src/panel/call/devices-view.js';
import { runningCallView } from '../../src/panel/call/running-call-view.js';
import { ToolQuestions } from '../../src/panel/call/tool-questions.js';
import { toolsView } from '../../src/panel/call/tools-view.js';
import { voiceStyles } from '../../src/panel/call/voice-styles.js';
import { VoiceView } from '../../src/panel/call/voice-view.js';
import { callbackButtonStyles } from '../../src/panel/callback-button-styles.js';
import { callbackCardView } from '../../src/panel/callback/callback-card-view.js';
import { callbackStyles } from '../../src/panel/callback/callback-styles.js';
import {
  callbackFormView,
  callbackProgressView,
  callbackView,
} from '../../src/panel/callback/callback-view.js';
import { checkRows, checkSummary } from '../../src/panel/connection-check/check-rows.js';
import { checkStyles } from '../../src/panel/connection-check/check-styles.js';
import { checkView } from '../../src/panel/connection-check/check-view.js';
import type { CheckResult } from '../../src/panel/connection-check/connection-report.js';
import { MessageWindow } from '../../src/panel/conversation/message-window.js';
import { FailureCardFeature } from '../../src/panel/failure-card-feature.js';
import { failureCardView } from '../../src/panel/failure-card/failure-card-view.js';
import { attach as attachLanguageChoice } from '../../src/panel/language-choice/index.js';
import { markdownStyles } from '../../src/panel/markdown/markdown-styles.js';
import { RatingView } from '../../src/panel/markdown/rating-view.js';
import { FeedbackController } from '../../src/panel/feedback/feedback-controller.js';
import { panelStyles } from '../../src/panel/panel-styles.js';
import { panelView, type PanelModel } from '../../src/panel/panel-view.js';
import { adoptStyles } from '../../src/ui/adopt-styles.js';
import { cardStyles } from '../../src/ui/card-styles.js';
import { textDirection } from '../../src/ui/text-direction.js';
import { MEDIA, PASSED, QUALITY } from './check-results.js';

/** A page with one panel in one language, drawn by the widget's own views, without a call or a network. */
export interface PanelStage {
  shadow: ShadowRoot;
  /** Draws each state in turn, and resolves when `look` has looked at all of them. */
  eachState(look: (name: string) => unknown): Promise<void>;
  remove(): void;
}

type Model = Partial<Omit<PanelModel, 'config'>> & { config?: Partial<WidgetConfig> };

const NOOP = (): void => undefined;
const NOON = new Date(2026, 10, 30, 14, 5).getTime();

const CONNECTED: CallStatus = {
  ...IDLE,
  callState: 'connected',
  agentState: 'listening',
  agentJoined: true,
  callId: 'call_1',
};

const SO_SO: readonly CheckResult[] = [
  { check: 'microphone', ok: null, detail: { level: null, reason: null }, ms: 3_000 },
  { check: 'speaker', ok: null, detail: { played: false }, ms: 1_000 },
  { check: 'api', ok: true, detail: { answer: 'reachable' }, ms: 30 },
  { check: 'signalling', ok: true, detail: { reason: null }, ms: 180 },
  { check: 'media', ok: true, detail: { ...MEDIA, protocol: 'tcp' }, ms: 120 },
  { check: 'quality', ok: true, detail: { ...QUALITY, roundTripMs: null }, ms: 3_000 },
];

const FAILED: readonly CheckResult[] = [
  { check: 'microphone', ok: false, detail: { level: 0, reason: null }, ms: 3_000 },
  { check: 'speaker', ok: false, detail: { played: false }, ms: 1_000 },
  { check: 'api', ok: false, detail: { answer: 'TypeError' }, ms: 5_000 },
  { check: 'signalling', ok: false, detail: { reason: null }, ms: 6_500 },
  { check: 'media', ok: false, detail: MEDIA, ms: 4_000 },
  { check: 'quality', ok: false, detail: { ...QUALITY, lossPercent: 12 }, ms: 3_000 },
];

const TRACE: CallTrace = {
  startedAt: '2026-11-30T13:05:00Z',
  callId: 'call_1',
  transport: 'livekit',
  timeline: (
    ['microphone-granted', 'connect-answered', 'link-up', 'agent-joined', 'agent-heard', 'end'] as const
  ).map((event, index) => ({ event, atMs: 400 + 900 * index })),
  audio: { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 },
  peaks: { agent: 0, caller: 0 },
  link: null,
  endedBy: null,
  failure: null,
  record: { status: 'failed', failureReason: 'quantum_flux' },
};

/** Puts a panel in the language of this file into the page. */
export function stagePanel(
  name: LocaleName,
  { launcher, words, styles: ofScript = '', numerals }: LocaleModule,
): PanelStage {
  const host = document.createElement('main');
  const shadow = host.attachShadow({ mode: 'open' });
  document.body.append(host);
  adoptLauncherStyles(shadow)?.('floating');
  for (const styles of [
    panelStyles,
    markdownStyles,
    callStyles,
    devicesStyles,
    voiceStyles,
    callbackButtonStyles,
    cardStyles,
    callbackStyles,
    checkStyles,
    ofScript,
  ])
    adoptStyles(shadow, styles);
  const root = document.createElement('div');
  root.className = 'root';
  const data = { layout: 'floating', placement: 'bottom-right', theme: 'light', raised: '' };
  for (const [key, value] of Object.entries(data)) root.setAttribute(`data-${key}`, value);
  const place = document.createElement('div');
  place.className = 'panel-place';
  const corner = createLauncher(NOOP, NOOP);
  corner.setLabel(launcher, name);
  root.append(place, corner.root);
  shadow.append(root);
  const all = { ...words, numerals };
  const drawn = new Drawing(name, all, root, place, shadow);
  return { shadow, eachState: (look) => drawn.eachState(look), remove: () => host.remove() };
}

class Drawing {
  constructor(
    readonly name: LocaleName,
    readonly words: LocaleWords & WithNumerals,
    readonly root: HTMLElement,
    readonly place: HTMLElement,
    readonly shadow: ShadowRoot,
  ) {}

  async eachState(look: (name: string) => unknown): Promise<void> {
    await look('closed');
    this.root.toggleAttribute('data-open', true);
    for (const [name, draw] of [
      ...this.#conversations(),
      ...this.#calls(),
      ...this.#cards(),
      ...this.#checks(),
      ...this.#callbacks(),
      ...this.#afterwards(),
    ]) {
      draw();
      // Some texts are there a moment later.
      await Promise.resolve();
      await look(name);
    }
    this.root.toggleAttribute('data-open', false);
    this.#drawBar();
    await look('call bar');
    this.#drawBar({ playbackBlocked: true, muted: true });
    await look('call bar, sound held back');
    this.#drawBar({ callState: 'failed', failure: failureOf('connection-lost') });
    await look('call bar, failed');
  }

  *#conversations(): Iterable<[string, () => void]> {
    const { words } = this;
    yield ['empty', () => this.#draw()];
    yield ['empty, voice', () => this.#draw({ features: { voice: true, chat: false, isAwaited: false } })];
    yield ['empty, chat', () => this.#draw({ features: { voice: false, chat: true, isAwaited: false } })];
    yield [
      'empty, callback',
      () => this.#draw({ features: { voice: false, chat: false, isAwaited: false } }),
    ];
    yield [
      'nothing offered',
      () => this.#draw({ features: { voice: false, chat: false, isAwaited: false }, callback: null }),
    ];
    yield ['a call to return to', () => this.#draw({ canReturn: true })];
    yield ['consent', () => this.#draw({ consentNeeded: true, config: { consentText: words.disclosure } })];
    const reasons = ['offline', 'too-long', 'incomplete', 'stopped', 'server-error'];
    yield [
      'messages',
      () =>
        this.#draw({
          messages: [
            message('user', words.starters),
            message('agent', words.intro),
            ...reasons.map((reason) => message('user', words.you, { status: 'failed', reason })),
          ],
          replying: true,
          draft: 'x'.repeat(3_991),
        }),
    ];
    yield ['a reply to rate, and a language to choose', () => this.#drawParts()];
    const notes: ThreadNote[] = [
      'call-started',
      'call-ended',
      'call-failed',
      'phone-call-started',
      'phone-call-ended',
      'phone-call-failed',
      'person-requested',
      'person-answers',
      'agent-answers',
      'handed-over',
    ];
    yield [
      'notes',
      () =>
        this.#draw({
          messages: [
            ...notes.map((note) =>
              message('note', note.endsWith('failed') ? words.failedTitle : 'Anna', { note, seconds: 3_725 }),
            ),
            message('note', '', { note: 'handed-over' }),
            message('note', '', { note: 'phone-call-ended', seconds: 0 }),
            message('note', words.conversationTold, { note: 'conversation-told' }),
          ],
          draft: 'x'.repeat(4_012),
        }),
    ];
    yield ['newer below', () => this.#draw({ window: new ReadingBack(NOOP), busy: true })];
    yield ['calls not loaded', () => this.#draw({ notice: words.callsNotLoaded })];
    yield ['microphone allowed', () => this.#draw({ notice: words.microphoneAllowed })];
    yield ['microphone still blocked', () => this.#draw({ notice: words.microphoneStillBlocked })];
    yield ['number not loaded', () => this.#draw({ notice: words.callbackNotLoaded })];
    yield [
      'microphone replaced',
      () => this.#draw({ notice: fill(words.microphoneReplaced, { label: 'USB' }) }),
    ];
  }

  *#calls(): Iterable<[string, () => void]> {
    const { words } = this;
    const states: [string, Partial<CallStatus>][] = [
      ['asking for the microphone', { callState: 'requesting-microphone', prompting: true }],
      ['connecting', { callState: 'connecting' }],
      ['waiting for the agent', { agentJoined: false, agentState: 'initializing' }],
      ['listening', {}],
      ['thinking', { agentState: 'thinking' }],
      ['speaking', { agentState: 'speaking' }],
      ['muted', { muted: true }],
      ['reconnecting', { callState: 'reconnecting' }],
      ['finding out', { callState: 'ending' }],
      ['cannot hear you', { hint: 'cannot-hear-you', recording: true }],
      ['cannot hear the agent', { hint: 'cannot-hear-agent' }],
      ['weak agent', { agentLinkLost: true }],
      ['failed agent', { agentState: 'failed' }],
      ['sound held back', { playbackBlocked: true }],
      ['a person', { person: 'Anna' }],
      ['a person without a name', { person: '' }],
      ['ended', { callState: 'ended', durationSeconds: 65 }],
    ];
    for (const [name, change] of states) {
      yield [`call: ${name}`, () => this.#drawCall(change)];
      yield [`call with its conversation: ${name}`, () => this.#drawCall(change, html``, {}, true)];
    }
    for (const visual of ['bars', 'ring', 'none'] as const)
      yield [`call: ${visual}`, () => this.#drawCall({}, html``, { config: { visual } })];
    yield [
      'call: tools and a question',
      () => {
        const questions = new ToolQuestions(NOOP, NOOP);
        void questions.ask(words.messagePlaceholder, 60_000);
        this.#drawCall({}, questions.view(words), {
          tools: toolsView(
            (['running', 'done', 'failed'] as const).map((status) => ({
              name: `find_${status}`,
              status,
              seconds: 1,
            })),
            words,
          ),
        });
        questions.clear();
      },
    ];
    yield [
      'call: sound settings',
      () => {
        this.#drawCall({});
        this.shadow.querySelector('details')?.toggleAttribute('open', true);
      },
    ];
  }

  *#cards(): Iterable<[string, () => void]> {
    const { words } = this;
    for (const reason of Object.keys(FAILURE_CATALOGUE) as FailureReason[])
      yield [`failed: ${reason}`, () => this.#drawCard(reason)];
    yield [
      'failed: webrtc-missing',
      () => this.#drawCard('unsupported-transport', { guidance: words.guidance['webrtc-missing'] }),
    ];
    const all = Object.keys(words).filter((key) => key.startsWith('microphoneSteps'));
    for (const key of all as (keyof FailureMessages)[]) {
      // The steps of another browser or system.
      const ofAny = Object.fromEntries(all.map((each) => [each, words[key]])) as Partial<LocaleWords>;
      yield [`steps: ${key}`, () => this.#drawCard('microphone-denied', { words: { ...words, ...ofAny } })];
    }
    for (const blame of Object.keys(BLAME_WORDS) as Blame[])
      yield [`tester: ${blame}`, () => this.#drawCard('stale_sweep', { isTester: true, blame })];
    yield [
      'tester: cool down, not copied',
      () =>
        this.#drawCard('connection-lost', {
          isTester: true,
          model: { coolDownSeconds: 7, report: { text: '{}', copied: false } },
        }),
    ];
    yield [
      'visitor: copied',
      () => this.#drawCard('connection-lost', { model: { report: { text: '{}', copied: true } } }),
    ];
    yield [
      'visitor: nothing to offer',
      () =>
        this.#drawCard('sip_rejected', {
          model: { features: { voice: false, chat: false, isAwaited: false }, callback: null },
        }),
    ];
    // The card that stands in where the code of cards could not be loaded.
    const standIn = new FailureCardFeature({ config: {}, shadowRoot: this.shadow } as PanelHost, NOOP);
    const failure = failureOf('offline');
    const status: CallStatus = { ...IDLE, callState: 'failed', failure };
    yield [
      'failed without words',
      () => this.#draw({ status, card: standIn.view(this.#model({ status }), failure) }),
    ];
  }

  *#checks(): Iterable<[string, () => void]> {
    const { words, name } = this;
    const draw = (results: readonly CheckResult[], summary: string, running = false): void => {
      const rows = checkRows(results, { words, running, withFigures: true });
      const card = checkView({ words, running, rows, summary, onAgain: NOOP, onClose: NOOP });
      this.#draw({ card });
    };
    const summaryOf = (ok: boolean | null, results: readonly CheckResult[]): string =>
      checkSummary({ ok, results } as Parameters<typeof checkSummary>[0], words, name);
    yield ['check: running', () => draw([], words.checkRunning, true)];
    yield ['check: not run', () => draw([], words.checkBusy)];
    yield ['check: broken', () => draw([], words.checkBroken)];
    yield ['check: passed', () => draw(PASSED, summaryOf(true, PASSED))];
    yield ['check: unsure', () => draw(SO_SO, summaryOf(null, SO_SO))];
    yield ['check: failed', () => draw(FAILED, summaryOf(false, FAILED))];
  }

  *#callbacks(): Iterable<[string, () => void]> {
    const { words, name } = this;
    const country = new Intl.DisplayNames(name, { type: 'region' }).of('IN') ?? '';
    const faults = [
      null,
      words.callbackEmpty,
      words.callbackNotANumber,
      words.callbackTooShort,
      words.callbackTooLong,
      words.callbackNotTaken,
      words.callbackNotLoaded,
      fill(words.callbackWrongCountry, { country }),
    ];
    const draw = (content: TemplateResult | typeof nothing, said = '', hasForm = false): void =>
      this.#draw({
        callback: { content: callbackView(words, said, content), hasForm, onOpen: NOOP, onReach: NOOP },
      });
    for (const [index, fault] of faults.entries()) {
      const form = callbackFormView({
        words,
        typed: '98765',
        country: 'IN',
        countries: [{ country: 'IN', label: `${country} (+91)` }],
        fault,
        busy: false,
        byAi: true,
        onTyped: NOOP,
        onCountry: NOOP,
        onReach: NOOP,
        onSubmit: NOOP,
        onCancel: NOOP,
      });
      yield [`callback: form ${index}`, () => draw(form, '', true)];
    }
    const states = [
      ['calling', words.callbackCalling],
      ['ringing', words.callbackRinging],
      ['talking', words.callbackTalking],
      ['ended', words.callbackEnded],
      ['unwatched', words.callbackUnwatched],
    ] as const;
    for (const [state, said] of states) {
      const progress = callbackProgressView({ words, state, onHide: NOOP });
      yield [`callback: ${state}`, () => draw(progress, said)];
    }
    const card = callbackCardView({
      words,
      failure: failureOf('sip_no_answer'),
      guidance: words.guidance.sip_no_answer,
      callId: 'call_1',
      isTester: true,
      offersChat: true,
      coolDownSeconds: 12,
      onTryAgain: NOOP,
      onChangeNumber: NOOP,
      onChatInstead: NOOP,
      onDone: NOOP,
    });
    yield ['callback: failed', () => draw(card)];
  }

  *#afterwards(): Iterable<[string, () => void]> {
    const { words, shadow } = this;
    let call: { callId: string; durationSeconds: number } | null = { callId: 'call_1', durationSeconds: 65 };
    const feedback = new FeedbackController({
      host: { shadowRoot: shadow, dispatch: NOOP },
      words: () => words,
      messages: () => [],
      call: () => call,
      onChange: NOOP,
    } as unknown as ConstructorParameters<typeof FeedbackController>[0]);
    const draw = (): void => this.#draw({ feedback: feedback.view(NOOP) });
    const press = (selector: string): void => shadow.querySelector<HTMLElement>(selector)?.click();
    yield ['after a call', draw];
    yield ['after a call: rated', () => (press('.star input'), draw())];
    yield ['after a call: thanks', () => (press('.wrap-up form button'), draw())];
    yield ['after a chat', () => ((call = null), draw())];
    for (const notice of [words.transcriptCopied, words.transcriptNotCopied])
      yield [`after a chat: ${notice}`, () => this.#draw({ notice })];
  }

  #drawCall(
    change: Partial<CallStatus>,
    questions: TemplateResult = html``,
    model: Model = {},
    asConversation = false,
  ): void {
    const { words } = this;
    const status: CallStatus = { ...CONNECTED, ...change };
    const sound = devicesView({
      microphones: [],
      speakers: [],
      microphoneId: '',
      speakerId: '',
      canChooseSpeaker: true,
      canSetVolume: true,
      volume: 70,
      words,
      onMicrophone: NOOP,
      onSpeaker: NOOP,
      onVolume: NOOP,
    });
    const messages = [
      message('note', '', { note: 'call-started' }),
      message('agent', words.intro, { channel: 'voice' }),
      message('user', words.starters, { channel: 'voice' }),
    ];
    const running = {
      status,
      seconds: 3_725,
      sound,
      messages,
      onToggleMute: NOOP,
      onEndCall: NOOP,
      onTapToHear: NOOP,
    };
    const voiceView = new VoiceView(
      { config: { visual: 'aura', ...model.config } as WidgetConfig, container: this.place },
      NOOP,
    );
    voiceView.view(status, messages);
    if (asConversation) voiceView.toggle();
    this.#draw({
      status,
      messages,
      announcement: callAnnouncement(status, words),
      runningCall: runningCallView(running, words, {
        questions,
        voiceView: voiceView.view(status, messages),
        onToggleConversation: NOOP,
      }),
      ...model,
    });
  }

  #drawCard(
    reason: FailureReason,
    {
      guidance = this.words.guidance[reason],
      words = this.words,
      isTester = false,
      blame,
      model = {},
    }: {
      guidance?: LocaleWords['guidance'][FailureReason];
      words?: LocaleWords;
      isTester?: boolean;
      blame?: Blame;
      model?: Model;
    } = {},
  ): void {
    const failure = {
      ...failureOf(reason),
      ...(blame ? { likelyBlame: blame, source: 'device' as const } : {}),
    };
    const status: CallStatus = { ...IDLE, callState: 'failed', callId: 'call_1', failure };
    const base = this.#model({
      status,
      trace: TRACE,
      ...model,
      config: { audience: isTester ? 'tester' : 'visitor' },
    });
    this.#draw({
      ...base,
      card: failureCardView({ ...base, words }, failure, isTester ? failure : guidance),
    });
  }

  #drawParts(): void {
    const { words, root, shadow, name } = this;
    const rating = new RatingView();
    this.#draw({
      messages: [message('agent', words.intro, { channel: 'chat' })],
      markdown: (each, model) => [
        html`<bdi class="text">${each.text}</bdi>`,
        rating.view(each, { ...model, words }),
      ],
    });
    const languages = attachLanguageChoice({
      host: { lang: name, languages: LOCALE_NAMES, persist: 'none' } as unknown as LauncherPlace['host'],
      shadowRoot: shadow,
      root,
      launcher: root,
      signal: new AbortController().signal,
      dispatch: () => true,
      language: () => name,
      localeOf: localeName,
      words: () => Promise.resolve(words),
    });
    languages.look();
  }

  #drawBar(change: Partial<CallStatus> = {}): void {
    const { words, name, place, shadow } = this;
    const bar = new CallBar({
      host: {
        config: { callBar: 'on' } as WidgetConfig,
        container: place,
        shadowRoot: shadow,
        show: NOOP,
      },
      words: () => words,
      titleOf: ({ reason }) => words.guidance[reason].title,
      onChange: NOOP,
    });
    const model = {
      language: name,
      direction: textDirection(name),
      announcement: '',
      seconds: 65,
      messages: [],
      sound: nothing,
      onToggleMute: NOOP,
      onEndCall: NOOP,
      onTapToHear: NOOP,
    } as const;
    // One bar at a time.
    this.root.querySelector('.call-bar')?.closest('.root > div:not(.panel-place, .launcher)')?.remove();
    bar.show({ ...model, status: CONNECTED }, false);
    bar.show({ ...model, status: { ...CONNECTED, ...change } }, false);
  }

  #draw(changes: Model = {}): void {
    if (!changes.runningCall) this.root.removeAttribute('data-voice-view');
    render(panelView(this.#model(changes)), this.place);
  }

  #model(changes: Model = {}): PanelModel {
    const { words, name } = this;
    return {
      words,
      language: name,
      direction: textDirection(name),
      status: IDLE,
      messages: [],
      window: new MessageWindow(NOOP),
      markdown: null,
      replying: false,
      busy: false,
      draft: '',
      disclosure: 'line',
      consentNeeded: false,
      canReturn: false,
      notice: null,
      coolDownSeconds: 0,
      report: null,
      trace: null,
      announcement: '',
      seconds: 0,
      sound: nothing,
      card: nothing,
      tools: nothing,
      feedback: nothing,
      runningCall: nothing,
      features: { voice: true, chat: true, isAwaited: false },
      callback: { content: nothing, hasForm: false, onOpen: NOOP, onReach: NOOP },
      ...HANDLERS,
      ...changes,
      config: {
        layout: 'floating',
        starters: undefined,
        termsUrl: 'https://clinic.example/terms',
        privacyUrl: 'https://clinic.example/privacy',
        ...changes.config,
      } as WidgetConfig,
    };
  }
}

const HANDLERS = {
  onAgree: NOOP,
  onAllowMicrophone: NOOP,
  onChatInstead: NOOP,
  onCheck: NOOP,
  onClose: NOOP,
  onCopyCallId: NOOP,
  onCopyReport: NOOP,
  onDismissFailure: NOOP,
  onDraft: NOOP,
  onEditMessage: NOOP,
  onEndCall: NOOP,
  onFeedback: NOOP,
  onNewConversation: NOOP,
  onReachForCall: NOOP,
  onRetryMessage: NOOP,
  onSend: NOOP,
  onStartCall: NOOP,
  onStopReply: NOOP,
  onTakeOver: NOOP,
  onTapToHear: NOOP,
  onToggleMute: NOOP,
};

const failureOf = (reason: FailureReason): Failure => ({
  ...describeFailureReason(reason),
  reason,
  source: 'server',
});

let ids = 0;

function message(
  role: ThreadMessage['role'],
  text: string,
  changes: Partial<ThreadMessage> = {},
): ThreadMessage {
  ids += 1;
  return { id: `m${ids}`, role, text, channel: 'voice', status: 'sent', at: NOON, ...changes };
}

/** A reader who is not at the end, while something has come. */
class ReadingBack extends MessageWindow {
  override take(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
    const drawn = super.take(messages);
    this.hasUnseen = true;
    return drawn;
  }
}
