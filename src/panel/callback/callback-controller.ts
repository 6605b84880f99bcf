import { nothing, type TemplateResult } from 'lit/html.js';
import { WidgetClient } from '../../api/widget-client.js';
import { lazy } from '../../async/lazy.js';
import { CallbackSession, type CallbackState, type CallbackStatus } from './callback-session.js';
import type * as PhoneNumberModule from './phone-number.js';
import { presetCountry } from './preset-country.js';
import type { Failure } from '../../failures/failure.js';
import { callbackWordsEn, type CallbackWords } from '../../i18n/en-later/callback-words.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import type { PanelHost } from '../../contract/panel-host.js';
import { CoolDown } from '../../call/cool-down.js';
import { CountryChoices } from './country-choices.js';
import type { FailureWords } from '../../failures/failure-words.js';
import type { Features } from '../../api/features.js';
import { definedOnly, type SessionPlanner } from '../../api/session-plan.js';
import type { VoiceTranscript } from '../../chat/voice-transcript.js';
import { callbackStyles } from './callback-styles.js';
import { cardStyles } from '../../ui/card-styles.js';
import { callbackCardView } from './callback-card-view.js';
import { callbackFormView, callbackProgressView, callbackView, type CountryChoice } from './callback-view.js';

const loadPhoneNumber = lazy(() => import('./phone-number.js'));

export interface CallbackControllerOptions {
  host: Pick<PanelHost, 'config' | 'container' | 'shadowRoot' | 'dispatch' | 'show'>;
  planner: Pick<SessionPlanner, 'plan'>;
  voice: Pick<VoiceTranscript, 'noteStart' | 'noteEnd'>;
  features: Pick<Features, 'chat'>;
  failures: FailureWords;
  words: () => Messages;
  /** The language of the strings (BCP 47). */
  language: () => string;
  isPanelOpen: () => boolean;
  /** Called when the view has changed. */
  onChange: () => void;
  report: (error: unknown) => void;
  /** Aborts when the panel is gone. */
  signal: AbortSignal;
}

type PhoneNumbers = typeof PhoneNumberModule;
type Fault = PhoneNumberModule.NumberFault | 'not-taken' | 'not-loaded';

const FAULT_WORDS = {
  empty: 'callbackEmpty',
  'not-a-number': 'callbackNotANumber',
  'too-short': 'callbackTooShort',
  'too-long': 'callbackTooLong',
  'wrong-country': 'callbackWrongCountry',
  'not-taken': 'callbackNotTaken',
  'not-loaded': 'callbackNotLoaded',
} satisfies Record<Fault, keyof CallbackWords>;

const STATE_WORDS: Partial<Record<CallbackState, keyof CallbackWords>> = {
  calling: 'callbackCalling',
  ringing: 'callbackRinging',
  talking: 'callbackTalking',
  ended: 'callbackEnded',
  unwatched: 'callbackUnwatched',
};

/** Runs calls to the visitor's own phone: asks for the number, and shows the course of the call. The number stays in memory. */
export class CallbackController {
  readonly #options: CallbackControllerOptions;
  readonly #session: CallbackSession;
  readonly #coolDown: CoolDown;
  #shown: 'nothing' | 'form' | 'call' = 'nothing';
  #typed = '';
  /** The country that the browser suggests, or the visitor picked: its rules read what is typed. */
  #chosenCountry = presetCountry(navigator.language);
  #country = this.#chosenCountry;
  #fault: Fault | null = null;
  #isChecking = false;
  #numbers: PhoneNumbers | null = null;
  #countries: CountryChoices | null = null;
  /** The number that was called (E.164), for another try. */
  #destination: string | null = null;
  /** What the page was told last. */
  #told: CallbackState = 'idle';
  #failure: Failure | null = null;

  constructor(options: CallbackControllerOptions) {
    this.#options = options;
    this.#coolDown = new CoolDown(options.onChange);
    for (const styles of [cardStyles, callbackStyles]) adoptStyles(options.host.shadowRoot, styles);
    this.#session = new CallbackSession({
      onStatus: (status) => this.#onStatus(status),
      onError: options.report,
    });
    options.signal.addEventListener('abort', () => this.#dispose(), { once: true });
  }

  get hasForm(): boolean {
    return this.#shown === 'form';
  }

  /** Called when the panel was opened or closed, or shows something else: a call is followed only while it is in sight. */
  look(): void {
    this.#session.setLookedAt(this.#options.isPanelOpen() && this.#shown === 'call');
  }

  /** Shows the call that is under way, else the form. */
  open(): void {
    if (this.#session.isUnderWay) {
      this.#show('call');
      this.#focusSoon('.callback');
    } else this.#showForm();
  }

  /** Calls this number, unless a call is under way. An invalid number is shown in the form, with what is wrong with it. */
  async request(phone: string): Promise<void> {
    if (this.#session.isUnderWay) return this.#show('call');
    if (this.#isChecking) return;
    this.#show('form');
    this.#onTyped(phone);
    await this.#submit();
  }

  /** Forgets the number. A call that is under way goes on, and is not shown. */
  reset(): void {
    this.#forgetNumber();
    this.#show('nothing');
    this.#session.reset();
  }

  view(): TemplateResult | typeof nothing {
    if (this.#shown === 'nothing') return nothing;
    const words = this.#words;
    if (this.#shown === 'form') return callbackView(words, '', this.#form(words));
    if (this.#failure) return callbackView(words, '', this.#card(this.#failure, words));
    const { state } = this.#session.status;
    const progress = callbackProgressView({
      words,
      state,
      onHide: () => this.#close('[data-action=call-me]'),
    });
    // A failure is not shown before its text has loaded.
    return callbackView(words, words[STATE_WORDS[state] ?? 'callbackCalling'], progress);
  }

  get #words(): CallbackWords & Messages {
    return { ...callbackWordsEn, ...this.#options.words() };
  }

  #form(words: CallbackWords & Messages): TemplateResult {
    return callbackFormView({
      words,
      typed: this.#typed,
      country: this.#country,
      countries: this.#countryList(),
      fault:
        this.#fault &&
        fill(words[FAULT_WORDS[this.#fault]], { country: this.#choices().nameOf(this.#country) }),
      busy: this.#isChecking,
      byAi: this.#options.host.config.disclosure !== 'off',
      onTyped: (text) => this.#onTyped(text),
      onCountry: (country) => {
        this.#chosenCountry = country;
        this.#country = country;
        this.#fault = null;
        this.#options.onChange();
      },
      onReach: () => void this.#loadNumbers(),
      onSubmit: () => void this.#submit(),
      onCancel: () => this.#close('[data-action=call-me]'),
    });
  }

  #card(failure: Failure, words: CallbackWords & Messages): TemplateResult {
    const { host, features, failures } = this.#options;
    return callbackCardView({
      words,
      failure,
      guidance: failures.guidanceFor(failure, words),
      callId: this.#session.status.callId,
      isTester: host.config.audience === 'tester',
      offersChat: features.chat,
      coolDownSeconds: this.#coolDown.seconds,
      onTryAgain: () => this.#destination !== null && this.#place(this.#destination),
      onChangeNumber: () => this.#showForm(),
      onChatInstead: () => this.#close('textarea'),
      onDone: () => this.#close('[data-action=call-me]'),
    });
  }

  #onTyped(text: string): void {
    this.#typed = text;
    this.#fault = null;
    if (this.#numbers) this.#country = this.#numbers.countryOf(text, this.#chosenCountry);
    this.#options.onChange();
  }

  /** Loads the code that checks numbers, when a field first has the focus. Resolves with `null` when it cannot be loaded. */
  async #loadNumbers(): Promise<PhoneNumbers | null> {
    if (this.#numbers) return this.#numbers;
    try {
      const numbers = (this.#numbers ??= await loadPhoneNumber());
      this.#country = numbers.countryOf(this.#typed, this.#chosenCountry);
      this.#options.onChange();
      return numbers;
    } catch (error) {
      this.#options.report(error);
      return null;
    }
  }

  async #submit(): Promise<void> {
    if (this.#isChecking || this.#session.isUnderWay) return;
    this.#isChecking = true;
    const numbers = await this.#loadNumbers();
    this.#isChecking = false;
    // The visitor has left the form meanwhile, or the panel is gone.
    if (this.#shown !== 'form' || this.#options.signal.aborted) return;
    const { number, fault } = numbers
      ? numbers.checkNumber(this.#typed, this.#country)
      : ({ number: null, fault: 'not-loaded' } as const);
    if (number !== null) return this.#place(number);
    this.#showFault(fault);
  }

  #showFault(fault: Fault): void {
    this.#fault = fault;
    this.#showForm();
    // Scrolls to the text below the field: the space above a screen keyboard is two fields high.
    requestAnimationFrame(() => this.#find('.callback-fault')?.scrollIntoView({ block: 'nearest' }));
  }

  #place(destination: string): void {
    const { config } = this.#options.host;
    const { agentId, sender, body } = this.#options.planner.plan(config);
    const { dynamicVariables, agentVersion } = body;
    const { phoneNumberId } = config;
    this.#destination = destination;
    this.#failure = null;
    this.#keepFocus('.callback');
    this.#show('call');
    void this.#session.request({
      client: new WidgetClient({ baseUrl: config.baseUrl }, sender),
      body: definedOnly({ agentId, phoneNumberId, destination, dynamicVariables, agentVersion }),
    });
  }

  #onStatus(status: CallbackStatus): void {
    const { state, callId, durationSeconds } = status;
    const { voice, host } = this.#options;
    if (state !== this.#told && state !== 'idle') host.dispatch('osmtalk-callback', { state });
    this.#told = state;
    if (state === 'calling') voice.noteStart(callId, 'phone-call');
    if (state === 'ended') {
      voice.noteEnd({ callId, durationSeconds: durationSeconds ?? 0, failure: null }, 'phone-call');
      this.#coolDown.note({ callId, failure: null }, null);
      this.#forgetNumber();
    }
    if (state === 'refused' && this.#shown === 'call') this.#showFault('not-taken');
    if (state === 'failed') void this.#explain(status);
    this.#options.onChange();
  }

  async #explain(status: CallbackStatus): Promise<void> {
    const { host, failures, signal, words } = this.#options;
    if (!status.failure) return;
    const { reason, source, retryAfterMs } = status.failure;
    const failure = { reason, source, ...(await failures.describe(reason)) };
    if (signal.aborted || this.#session.status !== status) return;
    this.#failure = failure;
    const { callId } = status;
    const { title } = failures.guidanceFor(failure, words());
    this.#options.voice.noteEnd({ callId, durationSeconds: 0, failure: title }, 'phone-call');
    this.#coolDown.note({ callId, failure }, retryAfterMs);
    // An Enter that was meant for "Hide" must not place another call.
    this.#keepFocus('.callback');
    host.dispatch('osmtalk-failure', failure);
    this.#options.onChange();
  }

  #showForm(): void {
    this.#keepFocus('.callback');
    this.#show('form');
    this.#focusSoon('.callback input');
  }

  /** Closes the callback. The focus goes to `next`, which may not exist before that. */
  #close(next: string): void {
    this.#keepFocus('[part=panel]');
    this.#show('nothing');
    this.#session.reset();
    this.#focusSoon(next);
  }

  #show(shown: 'nothing' | 'form' | 'call'): void {
    this.#shown = shown;
    if (shown !== 'call') this.#failure = null;
    this.look();
    this.#options.onChange();
  }

  #forgetNumber(): void {
    this.#typed = '';
    this.#destination = null;
    this.#fault = null;
  }

  /** Moves the focus before its button goes: a second Enter that was meant for the button must not start something else. */
  #keepFocus(selector: string): void {
    const { container, shadowRoot } = this.#options.host;
    const { activeElement } = shadowRoot;
    if (activeElement?.closest('.callback') && container.contains(activeElement))
      container.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  #focusSoon(selector: string): void {
    (globalThis.requestAnimationFrame ?? setTimeout)(() => this.#find(selector)?.focus());
  }

  #find(selector: string): HTMLElement | null {
    return this.#options.host.container.querySelector<HTMLElement>(selector);
  }

  /** Returns all countries once the code that knows them has loaded; until then the current one. */
  #countryList(): readonly CountryChoice[] {
    const choices = this.#choices();
    const country = this.#country;
    return this.#numbers
      ? choices.of(this.#numbers.listCountries)
      : [{ country, label: choices.nameOf(country) }];
  }

  /** Returns the countries in the language of the other strings. */
  #choices(): CountryChoices {
    const language = this.#options.language();
    if (!this.#countries?.isFor(language)) this.#countries = new CountryChoices(language);
    return this.#countries;
  }

  #dispose(): void {
    this.#coolDown.dispose();
    this.#forgetNumber();
    this.#session.dispose();
  }
}
