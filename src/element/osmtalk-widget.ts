import type { CallState } from '../call/call-state.js';
import type { PageTool, ToolOptions } from '../call/client-tools.js';
import type { FailureGuidance } from '../failures/failure.js';
import { localeName, type LocaleName } from '../i18n/locale-name.js';
import type { Strings } from '../i18n/strings.js';
import type { PreflightReport } from '../voice/preflight.js';
import type { AgentState, TranscriptEntry, TransportLoader } from '../voice/transport.js';
import { ATTRIBUTES, PropertyValues } from '../contract/attributes.js';
import { defineState } from '../contract/panel-state.js';
import { dispatchFrom, type Dispatch, type OsmtalkEventMap } from '../contract/events.js';
import type { Diagnostics } from '../panel/diagnostics/index.js';
import { interfaceLanguage } from '../i18n/interface-language.js';
import { afterTwoFrames, whenIdle } from './schedule.js';
import { loadPanel } from './load-panel.js';
import { OpenState } from './open-state.js';
import { promoteToTopLayer } from './promote-to-top-layer.js';
import { buildShell, type Shell } from './shell.js';
import { Stay } from './stay.js';
import { forgetConversations, tellTabs } from '../visitor/stored-keys.js';
import { VERSION } from '../contract/version.js';
import type { PanelHost } from '../contract/panel-host.js';
import type { WidgetPanel } from '../panel/widget-panel.js';

// On a server there is no DOM: the class can be imported and referred to there, and does nothing.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * Lets a visitor talk to an osmTalk voice agent, by voice or by text, and says what to do when a call fails.
 *
 * @summary Talk to an osmTalk agent, by voice or by text.
 * @tagname osmtalk-widget
 *
 * @slot launcher - Replaces the launcher button.
 * @slot header - Replaces the title in the panel's header.
 * @slot empty - Replaces the welcome shown before the first message.
 * @slot footer - Below the message box.
 *
 * @csspart launcher - The corner button.
 * @csspart badge - The number of unread replies, on the launcher.
 * @csspart teaser - The line beside the closed launcher.
 * @csspart panel - The dialog.
 * @csspart header - Title and close button.
 * @csspart transcript - The list of messages.
 * @csspart message - One message.
 * @csspart composer - The message box and its buttons.
 * @csspart call-controls - State, level and buttons of a running call.
 * @csspart call-bar - State and buttons of a running call while the panel is closed.
 * @csspart choices - The answers to tap that the agent offers.
 * @csspart disclosure - Says that the agent is an AI.
 * @csspart failure-card - What happened, and what to do.
 *
 * @cssprop [--osmtalk-accent=#1d4fd7] - Colour of launcher, buttons and the visitor's messages.
 * @cssprop [--osmtalk-accent-text=#fff] - Text on the accent colour.
 * @cssprop [--osmtalk-surface=#fff] - Background of the panel.
 * @cssprop [--osmtalk-text=#16181d] - Text colour.
 * @cssprop [--osmtalk-radius=1.125em] - Corner radius of the panel.
 * @cssprop [--osmtalk-font=system-ui] - Font family.
 * @cssprop [--osmtalk-width=24em] - Width of the panel, up to that of the window; 26em for `layout="side"`.
 * @cssprop [--osmtalk-height=39em] - Height of the floating panel, up to that of the window.
 * @cssprop [--osmtalk-launcher-size=3.25em] - Height of the launcher.
 * @cssprop [--osmtalk-z-index] - Stacking of the floating layout in its page. Without it the widget is above everything.
 * @cssprop [--osmtalk-offset=1.25em] - Distance from the corner.
 *
 * @fires {CustomEvent<null>} osmtalk-ready - The element is in the page for the first time, and its methods work.
 * @fires {CustomEvent<null>} osmtalk-open - The panel was opened.
 * @fires {CustomEvent<null>} osmtalk-close - The panel was closed.
 * @fires {CustomEvent<CallStartDetail>} osmtalk-call-start - A call is about to start. Cancelable; `agentId`, `dynamicVariables` and `assistantOverride` may be changed.
 * @fires {CustomEvent<{callId: string | null}>} osmtalk-call-connected - The link to the agent is up.
 * @fires {CustomEvent<CallEndDetail>} osmtalk-call-end - A call is over; exactly once after every start that was not cancelled.
 * @fires {CustomEvent<Failure>} osmtalk-failure - A call failed, with what it means and what to try.
 * @fires {CustomEvent<MessageDetail>} osmtalk-message - A typed message was sent, or a reply is complete.
 * @fires {CustomEvent<TranscriptEntry>} osmtalk-transcript - Something was said in a call; the same `id` again replaces the text.
 * @fires {CustomEvent<StateChangeDetail>} osmtalk-state-change - `callState` or `agentState` changed.
 * @fires {CustomEvent<ToolStatus>} osmtalk-tool-call - The agent uses a tool.
 * @fires {CustomEvent<RatingDetail>} osmtalk-rating - The visitor rated the conversation, 1 to 5.
 * @fires {CustomEvent<ConsentDetail>} osmtalk-consent - The visitor has agreed to the `consent-text`.
 * @fires {CustomEvent<RecordingDetail>} osmtalk-recording - The call is being recorded, or no longer is; where the call's media server says so.
 * @fires {CustomEvent<{sent: boolean}>} osmtalk-context - The agent of a running call was told what `sendContext()` got; `sent` says whether it takes that.
 * @fires {CustomEvent<{count: number}>} osmtalk-unread - The number of unread replies has changed; 0 when the panel was opened.
 * @fires {CustomEvent<TeaserDetail>} osmtalk-teaser - The line beside the launcher is shown, pressed or dismissed.
 * @fires {CustomEvent<FeedbackDetail>} osmtalk-feedback - The visitor rated one reply, or took that back.
 * @fires {CustomEvent<{label: string}>} osmtalk-choice - The visitor tapped one of the answers that the agent offered.
 * @fires {CustomEvent<CallbackDetail>} osmtalk-callback - A call to the visitor's phone has come a step further. The number is not told.
 * @fires {CustomEvent<ErrorDetail>} osmtalk-error - Something for the site owner's logs.
 */
export class OsmtalkWidget extends Base {
  /** Version of the package. */
  static readonly version: string = VERSION;
  static readonly observedAttributes: readonly string[] = [...ATTRIBUTES.keys(), 'open', 'lang'];

  /**
   * The agent to talk to. Required.
   * @attr agent-id
   */
  declare agentId: string | undefined;
  /**
   * Widget key `osm_…`; safe in a page only because it is limited to domains and scopes. Leave it out behind a relay.
   * @attr api-key
   */
  declare apiKey: string | undefined;
  /**
   * API or relay: origin and path prefix.
   * @attr base-url
   * @default "https://api.osmtalk.com"
   */
  declare baseUrl: string;
  /**
   * Sent as `X-Organization-Id`.
   * @attr organization-id
   */
  declare organizationId: string | undefined;
  /**
   * Version of the agent to talk to.
   * @attr agent-version
   */
  declare agentVersion: number | undefined;
  /**
   * Values for the agent's prompt; as attribute a JSON object. Keys may hold spaces.
   * @attr dynamic-variables
   */
  declare dynamicVariables: Record<string, unknown> | undefined;
  /**
   * The site's own id for the visitor.
   * @attr user-id
   */
  declare userId: string | undefined;
  /**
   * Sent along with connect and chat when set; as attribute a JSON object.
   * @attr metadata
   */
  declare metadata: Record<string, unknown> | undefined;
  /**
   * What the widget offers: voice calls, text chat, or both.
   * @attr mode
   * @default "both"
   */
  declare mode: 'both' | 'voice' | 'chat';
  /**
   * Offers to call the visitor's own phone. Needs `phone-number-id`, except behind a relay that names the phone line itself. Each such call costs the organization.
   * @attr callback
   * @default false
   */
  declare callback: boolean;
  /**
   * Id of the phone line that calls to the visitor's phone are made from.
   * @attr phone-number-id
   */
  declare phoneNumberId: string | undefined;
  /**
   * A launcher in a corner of the page, a panel that fills the element's own box, or a launcher whose panel has the full height of the window, beside the page where there is room.
   * @attr layout
   * @default "floating"
   */
  declare layout: 'floating' | 'inline' | 'side';
  /**
   * Corner of the floating layout.
   * @attr placement
   * @default "bottom-right"
   */
  declare placement: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  /**
   * Colour scheme; `auto` follows the visitor's system.
   * @attr theme
   * @default "auto"
   */
  declare theme: 'auto' | 'light' | 'dark';
  /**
   * Title of the panel.
   * @attr heading
   */
  declare heading: string | undefined;
  /**
   * Welcome text before the first message.
   * @attr greeting
   */
  declare greeting: string | undefined;
  /**
   * Text of the launcher. Default "Talk to us", in the language of the interface.
   * @attr launcher-label
   */
  declare launcherLabel: string | undefined;
  /**
   * Picture of the agent in the header.
   * @attr avatar-src
   */
  declare avatarSrc: string | undefined;
  /**
   * Prompts offered before the first message, as attribute a JSON array of strings, or of objects with a short `label` and the longer `text` that is sent.
   * @attr starters
   */
  declare starters: (string | { label: string; text?: string })[] | undefined;
  /**
   * When set, nothing is sent and no microphone opened before the visitor agrees to this text.
   * @attr consent-text
   */
  declare consentText: string | undefined;
  /**
   * Link to the terms, shown with the consent text.
   * @attr terms-url
   */
  declare termsUrl: string | undefined;
  /**
   * Link to the privacy notice, shown with the consent text.
   * @attr privacy-url
   */
  declare privacyUrl: string | undefined;
  /**
   * Name under which the consent is remembered in `localStorage`.
   * @attr consent-key
   */
  declare consentKey: string | undefined;
  /**
   * How much a failure card says: `tester` adds reason code, source and call id, in the platform's terms.
   * @attr audience
   * @default "visitor"
   */
  declare audience: 'visitor' | 'tester';
  /**
   * Where the conversation is kept over a reload.
   * @attr persist
   * @default "session"
   */
  declare persist: 'session' | 'local' | 'none';
  /**
   * When a call is left open for the visitor's next page: when a navigation within the site was announced, at every leave (closing the tab too), or never.
   * @attr keep-call
   * @default "announced"
   */
  declare keepCall: 'announced' | 'always' | 'never';
  /**
   * Says that the agent is an AI: by a line below the message box and the mark "AI" in the header, or by the mark alone. `off` says nothing, and warns in the console. While a person answers, nothing is said.
   * @attr disclosure
   * @default "line"
   */
  declare disclosure: 'line' | 'badge' | 'off';
  /**
   * Whether a running call has its controls beside the launcher while the panel is closed.
   * @attr call-bar
   * @default "on"
   */
  declare callBar: 'on' | 'off';
  /**
   * The picture of the voice view, which a running call shows in place of the conversation. It follows the loudness of both sides; `none` leaves only the words, in large letters.
   * @attr visual
   * @default "aura"
   */
  declare visual: 'aura' | 'bars' | 'ring' | 'none';
  /**
   * Whether the agent is told the address of the page, without query and fragment, and its title: as the dynamic variables `page_url` and `page_title`, at each call and chat message.
   * @attr page-context
   * @default "off"
   */
  declare pageContext: 'off' | 'url';
  /**
   * What the agent of a call is told of the chat: the id of its session, with `text` also its last lines as the dynamic variable `conversation`, or nothing. With `text` the next chat message tells what was said in a call.
   * @attr carry-over
   * @default "session"
   */
  declare carryOver: 'session' | 'text' | 'none';
  /**
   * The language asked of the agent, sent as the dynamic variable `language`: a BCP 47 tag, or `auto` for the language of the interface. Nothing is sent without it.
   * @attr agent-language
   */
  declare agentLanguage: string | undefined;
  /**
   * What to change of the agent for this visitor, sent as `assistantOverride`; as attribute a JSON object. A platform that refuses it costs the visitor nothing: the request is sent again without it.
   * @attr assistant-override
   */
  declare assistantOverride: Record<string, unknown> | undefined;
  /**
   * Tools of the widget that the agent of a call may use, with blanks between their names: `offer_choices` shows answers to tap, `ask_visitor` a field to type into.
   * @attr built-in-tools
   */
  declare builtInTools?: string | undefined;
  /**
   * Languages that the visitor may choose in the header, as BCP 47 tags; as attribute a JSON array. The choice changes the interface, what `agent-language="auto"` asks of the agent, and is remembered.
   * @attr languages
   */
  declare languages: string[] | undefined;
  /**
   * What the closed widget is: a button with its text, the icon alone, two buttons to call and to write, a bar as wide as there is room, or nothing, for a site with its own opener.
   * @attr launcher
   * @default "button"
   */
  declare launcher: 'button' | 'icon' | 'call-and-message' | 'bar' | 'none';
  /**
   * A line beside the closed launcher, shown once the page is idle and `teaser-after` has passed. Not shown when a conversation or call exists.
   * @attr teaser
   */
  declare teaser: string | undefined;
  /**
   * When the teaser shows: after so many seconds (5 where nothing is said), with `exit` when the mouse leaves the page at its top, with `scroll:50` when half the page was scrolled.
   * @attr teaser-after
   */
  declare teaserAfter: string | undefined;
  /**
   * Paths on which the teaser shows, with blanks between them; `*` stands for anything: `/pricing /docs/*`. Default: all.
   * @attr teaser-on
   */
  declare teaserOn: string | undefined;
  /**
   * How often a visitor sees the teaser: once in a browser session, once for all, or on every page.
   * @attr teaser-repeat
   * @default "session"
   */
  declare teaserRepeat: 'session' | 'once' | 'always';
  /**
   * Pushes what happens to `window.dataLayer`, for a tag manager: plain events without any text, number or id.
   * @attr data-layer
   * @default false
   */
  declare dataLayer: boolean;
  /**
   * Where a report of each failed call is sent, by one beacon: an address of the site, or of its relay. The report holds no key, token, phone number or message text.
   * @attr report-url
   */
  declare reportUrl: string | undefined;
  /**
   * Language of the interface, one of thirty-seven; without it the nearest `lang` around the element, then the browser's.
   * @attr lang
   */
  declare lang: string;
  /** Overrides of any interface string; `guidance` holds the texts that visitors read about failures, by reason. */
  declare strings: Partial<Strings> | undefined;
  /** Further media transports, asked before the built-in ones. */
  declare transports: readonly TransportLoader[] | undefined;
  /** Used instead of `globalThis.fetch`. */
  declare fetch: typeof fetch | undefined;
  /** Replaces the built-in guidance, for a site that has guidance of the vendor. */
  declare describeFailure: ((reason: unknown) => FailureGuidance) | undefined;

  /** What the call is doing: `idle requesting-microphone connecting connected reconnecting ending ended failed`. */
  declare readonly callState: CallState;
  /** What the agent is doing: `initializing listening thinking speaking`. */
  declare readonly agentState: AgentState;
  /** Whether the visitor's microphone is muted. */
  declare readonly muted: boolean;
  /** The platform's id of the current or last call; `null` before the first one. */
  declare readonly callId: string | null;
  /** What was said in calls of this conversation. */
  declare readonly transcript: readonly TranscriptEntry[];

  readonly #values = new PropertyValues();
  readonly #tools = new Map<string, PageTool>();
  #context: unknown;
  #pageLanguage: MutationObserver | null = null;
  #shell: Shell | null = null;
  #panel: WidgetPanel | null = null;
  #loading: Promise<WidgetPanel | null> | null = null;
  #shown = false;
  readonly #openState = new OpenState(this, () => this.#applyOpen());
  readonly #stay = new Stay(this, () => void this.#whenPanel().then((panel) => panel?.offerResume()));
  #lastFault = '';
  #returnLabel: string | null = null;
  #refreshQueued = false;

  static {
    defineState(this.prototype, (element) => element.#panel);
    PropertyValues.define(
      this.prototype,
      (element) => element.#values,
      (element) => element.#queueRefresh(),
    );
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'open') return this.#openState.onAttribute(old, value, this.#stay.hasFocus);
    this.#values.setFromAttribute(name, value);
    this.#queueRefresh();
  }

  connectedCallback(): void {
    this.#shell ??= buildShell(this, this.#onLauncher.bind(this), this.#onIntent.bind(this));
    PropertyValues.upgrade(this, ['open']);
    this.#refresh();
    if (this.#shell) promoteToTopLayer(this.#shell.root, this);
    this.#applyOpen();
    whenIdle(() => void this.#prefetch().then((isHere) => void (isHere && this.#stay.settle())));
    // Later than the listeners that the page adds to what it has just put in.
    if (!this.#pageLanguage) queueMicrotask(() => this.#dispatch('osmtalk-ready', null));
    // A page may change its language without a reload.
    this.#pageLanguage ??= new MutationObserver(() => this.#queueRefresh());
    this.#pageLanguage.observe(document.documentElement, { attributeFilter: ['lang'] });
    this.#stay.begin(this.#shell?.shadowRoot);
  }

  /** An element that is only moved is back within two frames and keeps its call. */
  disconnectedCallback(): void {
    this.#pageLanguage?.disconnect();
    this.#stay.end();
    afterTwoFrames(() => {
      if (this.isConnected) return;
      this.#shown = false;
      // A panel that is still loading is kept: the element may be put back, and a new panel would be a second one.
      this.#panel?.dispose();
      if (this.#panel) this.#panel = this.#loading = null;
    });
  }

  /**
   * Whether the panel is open. Reflected.
   * @attr open
   * @reflect
   * @default false
   */
  get open(): boolean {
    return this.#openState.isOpen;
  }

  set open(open: boolean) {
    this.#openState.isOpen = Boolean(open);
  }

  /** How many replies have come since the panel was closed; with `persist="local"`, in any tab of the site. */
  get unread(): number {
    return Number(this.#shell?.root.dataset['unread'] ?? 0);
  }

  /** Opens the panel. */
  show(): void {
    if (this.isConnected) this.open = true;
  }

  /** Closes the panel. A running call goes on. */
  close(): void {
    if (this.isConnected) this.open = false;
  }

  /** Opens the panel, or closes it. */
  toggle(): void {
    if (this.isConnected) this.open = !this.open;
  }

  /**
   * Opens the panel and starts a call, as if the visitor had pressed the button. No call starts while one is running, where
   * calls are not offered, or before the visitor has agreed to the `consent-text`.
   */
  async startCall(): Promise<void> {
    await (await this.#whenPanel())?.startCall();
  }

  /** Ends the call, whatever state it is in. */
  async endCall(): Promise<void> {
    // Also ends a call that was asked for a moment ago and still waits for its code.
    await (await this.#loading)?.endCall();
  }

  /** Mutes the visitor's microphone. */
  async mute(): Promise<void> {
    await this.#panel?.setMuted(true);
  }

  /** Lets the agent hear the visitor again. */
  async unmute(): Promise<void> {
    await this.#panel?.setMuted(false);
  }

  /**
   * Sends text as the visitor: to the live agent during a call, else as a chat message. Blank text is not sent, and none is
   * sent before the visitor has agreed to the `consent-text`.
   */
  async sendMessage(text: string): Promise<void> {
    await (await this.#whenPanel())?.sendMessage(text);
  }

  /**
   * Opens the panel and calls the visitor's own phone, once: as if they had typed this number and pressed "Call me". A number
   * without a country code is read as one of the country that the browser suggests; one that cannot be called is shown in the
   * form with what is wrong with it. Does nothing without `callback`, while such a call is under way, and before the visitor
   * has agreed to the `consent-text`. Where `phone-number-id` is needed and missing, an `osmtalk-error` is dispatched.
   */
  async requestCallback(phone: string): Promise<void> {
    await (await this.#whenPanel())?.requestCallback(phone);
  }

  /**
   * Offers the agent a tool of the page. The handler gets the agent's arguments and returns any JSON value, or a promise of
   * one, within 8 seconds; an error that it throws is sent to the agent and never ends the call. A later handler of the same
   * name replaces the earlier one. With `confirm` the visitor is asked before the tool runs, with its `description` or the text
   * that a `confirm` function returns; the agent gets the error `declined` when the visitor says no or does not answer in time,
   * or the call ends.
   * @throws {TypeError} when the name is empty or the handler is no function.
   */
  registerTool(name: string, handler: (args: unknown) => unknown, options?: ToolOptions): void {
    if (typeof name !== 'string' || name === '' || typeof handler !== 'function')
      throw new TypeError('registerTool needs a name and a function');
    this.#tools.set(name, { ...options, handler });
  }

  /** Removes a tool: an agent that calls it gets the error that the page has no tool of that name. */
  unregisterTool(name: string): void {
    this.#tools.delete(name);
  }

  /**
   * Tells the agent something of the visitor's situation, as text or as an object of at most 3,000 characters of JSON, without the
   * visitor saying it and without asking for a reply. A running call is told at once; the next calls and chat messages get it as
   * the dynamic variable `context`. The last one counts. Resolves with whether the agent of a running call has taken it: with
   * `false` where none runs, or its agent cannot.
   */
  async sendContext(context: string | object): Promise<boolean> {
    this.#context = context;
    return (await this.#panel?.sendContext()) ?? false;
  }

  /**
   * Shows a line beside the closed launcher, at once and whatever `teaser-after`, `teaser-on` and `teaser-repeat` say: this text, or
   * else that of `teaser`. Not shown while the panel is open or a call runs; over a dialog of the page, when that has closed. `null` takes the teaser away, as `hideTeaser()` does.
   */
  showTeaser(text?: string | null): void {
    void this.#stay.settle().then((settled) => settled?.tease(text));
  }

  /** Takes the teaser away, without counting as the visitor's own press. */
  hideTeaser(): void {
    this.showTeaser(null);
  }

  /**
   * Checks what a call needs, without a prompt and without a call: secure context, policy, browser, WebRTC, permission,
   * microphone, API. `null` when the element is not connected or the panel's code cannot be loaded.
   */
  async runPreflight(): Promise<PreflightReport | null> {
    return (await (await this.#whenPanel())?.runPreflight()) ?? null;
  }

  /**
   * Reports on the last call and its surroundings: versions, browser, timeline, failure, measured sound, connection. Holds no
   * key, token, phone number or message text. `null` when the element is not connected or the panel's code cannot be loaded.
   */
  async getDiagnostics(): Promise<Diagnostics | null> {
    return (await (await this.#whenPanel())?.getDiagnostics()) ?? null;
  }

  /**
   * Ends a call and forgets the conversations with this agent, whoever had them: messages, draft, resumable call, consent and what `sendContext()` got;
   * in all tabs of the site, and whether or not the panel was ever loaded.
   */
  reset(): void {
    forgetConversations(this.agentId, this.consentKey);
    this.#returnLabel = this.#context = null;
    this.#queueRefresh();
    if (this.#panel) this.#panel.reset();
    else tellTabs(this.agentId);
  }

  /** Handles a press on the launcher: it resumes a call that was left open, or else opens or closes the panel. */
  #onLauncher(): void {
    this.#openState.byVisitor = !this.open;
    if (this.#returnLabel !== null && !this.open) void this.startCall();
    else this.toggle();
  }

  #queueRefresh(): void {
    if (this.#refreshQueued || !this.#shell) return;
    this.#refreshQueued = true;
    queueMicrotask(() => {
      this.#refreshQueued = false;
      if (this.isConnected) this.#refresh();
    });
  }

  #refresh(): void {
    if (!this.#shell) return;
    const { root, launcher, setHostLayout } = this.#shell;
    // A new element is raised by `connectedCallback`; here only a changed layout is.
    const { layout } = root.dataset;
    if (layout && layout !== this.layout) promoteToTopLayer(root, this);
    if (layout !== this.layout) setHostLayout(this.layout);
    for (const name of ['layout', 'placement', 'theme', 'launcher'] as const)
      root.setAttribute(`data-${name}`, this[name]);
    if (this.layout !== 'inline')
      launcher.setLabel(this.#returnLabel ?? (this.launcherLabel || this.strings?.launcher), this.#locale);
    this.#panel?.refresh();
    this.#stay.refresh();
    if (this.layout === 'inline') this.#applyOpen();
  }

  /** Shows or hides the panel as `open` says. An inline widget is always shown. */
  #applyOpen(): void {
    if (!this.isConnected || !this.#shell) return;
    const { root, launcher } = this.#shell;
    const shown = this.open || this.layout === 'inline';
    const hadFocus = this.#stay.hasFocus;
    root.toggleAttribute('data-open', shown);
    launcher.setExpanded(shown);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (shown) void this.#whenPanel().then((panel) => panel?.setOpen(this.#shown, this.#openState.byVisitor));
    else {
      this.#openState.byVisitor = false;
      this.#panel?.setOpen(false, false);
      if (hadFocus) launcher.button.focus({ preventScroll: true });
    }
    if (this.layout !== 'inline') this.#dispatch(shown ? 'osmtalk-open' : 'osmtalk-close', null);
  }

  /** Creates the panel, hidden, so that a press has only to show it. A failed download is reported only at the press. */
  #onIntent(): void {
    void this.#prefetch().then((isHere) => (isHere ? this.#whenPanel() : null));
  }

  async #prefetch(): Promise<boolean> {
    return this.isConnected && loadPanel(this.#locale).then(Boolean, () => false);
  }

  /**
   * Resolves with the panel once its code has loaded; with `null` when the element is not connected or the code cannot be
   * loaded.
   */
  #whenPanel(): Promise<WidgetPanel | null> {
    if (!this.isConnected) return Promise.resolve(null);
    this.#loading ??= loadPanel(this.#locale).then(
      async (createPanel) => {
        // An element that is being moved is out of the document for a moment, and still wants its panel.
        if (!this.isConnected) await new Promise<void>(afterTwoFrames);
        if (!this.isConnected || !this.#shell) {
          this.#loading = null;
          return null;
        }
        void this.#stay.settle();
        this.#panel = createPanel(this.#panelHost(this.#shell));
        this.#queueRefresh();
        return this.#panel;
      },
      (error: unknown) => {
        this.#loading = null;
        const message = `<osmtalk-widget> could not load its panel: ${String(error)}`;
        // Once: a visitor may press again and again.
        if (message !== this.#lastFault) console.error((this.#lastFault = message));
        this.#dispatch('osmtalk-error', { code: 'load-failed', message, retryable: true });
        this.close();
        return null;
      },
    );
    return this.#loading;
  }

  #panelHost({ panelPlace: container, shadowRoot }: Shell): PanelHost {
    return {
      language: () => interfaceLanguage(this),
      locale: () => this.#locale,
      config: this,
      container,
      shadowRoot,
      tools: this.#tools,
      context: () => this.#context,
      dispatch: this.#dispatch,
      show: () => this.show(),
      close: () => this.close(),
      offerResume: (label) => {
        this.#returnLabel = label;
        this.#queueRefresh();
      },
    };
  }

  get #locale(): LocaleName {
    return localeName(interfaceLanguage(this));
  }

  readonly #dispatch: Dispatch = dispatchFrom(this);
}

type Options = boolean | AddEventListenerOptions;

/** Typed listeners: `element.addEventListener('osmtalk-call-end', (event) => event.detail.durationSeconds)`. */
export interface OsmtalkWidget {
  addEventListener<Name extends keyof OsmtalkEventMap>(
    type: Name,
    listener: (this: OsmtalkWidget, event: OsmtalkEventMap[Name]) => unknown,
    options?: Options,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: Options): void;
}
