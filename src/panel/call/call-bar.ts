import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { isActive, isLive } from '../../call/call-state.js';
import type { PanelHost } from '../../contract/panel-host.js';
import type { Failure } from '../../failures/failure.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import type { Messages } from '../../i18n/messages.en.js';
import { creationScope } from '../../ui/creation-scope.js';
import { icons } from '../../ui/icons.js';
import {
  callButtons,
  clock,
  meter,
  stateText,
  tapToHearButton,
  type RunningCallModel,
} from './running-call-view.js';
import { TitleMark } from './title-mark.js';

export interface CallBarModel extends RunningCallModel {
  language: string;
  direction: 'ltr' | 'rtl';
  /** What a screen reader is told of the call where the panel is open. */
  announcement: string;
}

export interface CallBarOptions {
  host: Pick<PanelHost, 'config' | 'container' | 'shadowRoot' | 'show'>;
  words: () => Messages & CallWords;
  titleOf: (failure: Failure) => string;
  onChange: () => void;
}

/**
 * The controls of a call beside the launcher while the panel is closed; the page's title has a mark then. When a call fails
 * meanwhile, the bar says so.
 */
export class CallBar {
  readonly #options: CallBarOptions;
  readonly #mark = new TitleMark();
  /** `null` before the first call. */
  #place: HTMLElement | null = null;
  /** The failure that the visitor has seen in the panel, or has put away. */
  #seen: Failure | null = null;
  /** What a screen reader was told last since the panel was closed, and whether it knows where the controls are. */
  #said = '';
  #hasExplained = false;

  constructor(options: CallBarOptions) {
    this.#options = options;
  }

  /** Renders the bar. Called after every change, and once a second while a call is live. */
  show(model: CallBarModel, isPanelOpen: boolean): void {
    const { callState, failure } = model.status;
    const isWanted = !isPanelOpen && this.#options.host.config.callBar !== 'off';
    this.#mark.set(isWanted && isLive(callState));
    if (isPanelOpen) this.#seen = failure;
    // Made with the call, not with the bar: a screen reader reads only what comes into a status that is there already.
    if (isActive(callState)) this.#place ??= this.#makePlace();
    if (!this.#place) return;
    const news = failure === this.#seen ? null : failure;
    const ofCall = isActive(callState) ? this.#callView(model) : nothing;
    const content = news ? this.#failureView(news) : ofCall;
    this.#note(isWanted ? this.#toSay(model, news) : '');
    this.#render(this.#place, model, isWanted ? content : nothing);
  }

  dispose(): void {
    this.#mark.set(false);
    this.#place?.remove();
    this.#place = null;
    this.#root?.removeAttribute('data-call-bar');
  }

  get #root(): HTMLElement | null {
    return this.#options.host.container.parentElement;
  }

  #makePlace(): HTMLElement {
    const place = document.createElement('div');
    this.#root?.append(place);
    return place;
  }

  #render(place: HTMLElement, model: CallBarModel, content: TemplateResult | typeof nothing): void {
    const { shadowRoot } = this.#options.host;
    const before = shadowRoot.activeElement;
    const hadFocus = before !== null && place.contains(before);
    this.#root?.toggleAttribute('data-call-bar', content !== nothing);
    const view = html`<div lang=${model.language} dir=${model.direction}>
      <p role="status" class="hidden">${this.#said}</p>
      ${content}
    </div>`;
    render(view, place, { creationScope });
    if (hadFocus && !place.contains(shadowRoot.activeElement)) this.#moveFocus(place);
  }

  /** To what is left of the bar, else to the launcher, or to the one that the site has put in its place. */
  #moveFocus(place: HTMLElement): void {
    const { shadowRoot } = this.#options.host;
    const [own] = shadowRoot.querySelector<HTMLSlotElement>('slot[name=launcher]')?.assignedElements() ?? [];
    const next = place.querySelector('button') ?? own ?? shadowRoot.querySelector('[part=launcher]');
    (next as HTMLElement | null)?.focus({ preventScroll: true });
  }

  #note(text: string): void {
    if (text === '') this.#hasExplained = false;
    else if (this.#said === this.#options.words().callGoesOn && text !== this.#said)
      this.#hasExplained = true;
    this.#said = text;
  }

  #toSay({ status, announcement }: CallBarModel, news: Failure | null): string {
    const { tapToHearHint, callGoesOn } = this.#options.words();
    if (news) return this.#options.titleOf(news);
    if (isLive(status.callState) && status.playbackBlocked) return tapToHearHint;
    return status.callState === 'connected' && !this.#hasExplained ? callGoesOn : announcement;
  }

  #callView(model: CallBarModel): TemplateResult {
    const words = this.#options.words();
    const { status } = model;
    return html`<div part="call-bar" class="call-bar" role="region" aria-label=${words.callRunning}>
      ${meter(status)}
      <div class="call-state"><strong>${stateText(status, words)}</strong>${clock(model, words)}</div>
      ${status.playbackBlocked ? tapToHearButton(model, words) : nothing} ${callButtons(model, words)}
    </div>`;
  }

  #failureView(failure: Failure): TemplateResult {
    const { host, titleOf, words, onChange } = this.#options;
    const { whatHappened, close } = words();
    const putAway = (): void => {
      this.#seen = failure;
      onChange();
    };
    return html`<div part="call-bar" class="call-bar" role="region" aria-label=${titleOf(failure)}>
      ${icons.alert}
      <div class="call-state"><strong>${titleOf(failure)}</strong></div>
      <button type="button" class="start compact" @click=${() => host.show()}>${whatHappened}</button>
      <button type="button" class="round" aria-label=${close} title=${close} @click=${putAway}>
        ${icons.close}
      </button>
    </div>`;
  }
}
