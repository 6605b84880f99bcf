import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { isActive, isLive, type CallStatus } from '../../call/call-state.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { PanelHost } from '../../contract/panel-host.js';
import type { WidgetConfig } from '../../contract/widget-config.js';

/** The picture of a running call. */
type Visual = WidgetConfig['visual'];

/** Of a longer line the end is shown, in characters. */
const LONGEST_CAPTION = 300;

/** The height of each bar beside the one in the middle, as a share of it. */
const BARS = [0.35, 0.6, 0.85, 1, 0.85, 0.6, 0.35];

/** The two parts of the voice view; the state of the call stands between them. */
export interface VoiceViewParts {
  picture: TemplateResult;
  captions: TemplateResult;
}

/**
 * The view of a running call, which stands in the place of the conversation: a picture of who speaks, and the last lines. The
 * conversation comes back when the visitor asks for it, or when something in the call is written, by either side. A screen
 * reader finds the conversation where it always is, and the view is hidden from it.
 */
export class VoiceView {
  readonly #host: Pick<PanelHost, 'config' | 'container'>;
  readonly #onChange: () => void;
  #showsConversation = false;
  /** The last written message when the view was last drawn; `undefined` before the first time in this call. */
  #written: ThreadMessage | null | undefined;

  constructor(host: Pick<PanelHost, 'config' | 'container'>, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** Returns the view; `null` while the conversation is shown. Called after every change, whether or not a call runs. */
  view(status: CallStatus, messages: readonly ThreadMessage[]): VoiceViewParts | null {
    const isInCall = isActive(status.callState);
    this.#look(isInCall, messages);
    const isShown = isInCall && !this.#showsConversation;
    this.#mark(isShown);
    if (!isShown) return null;
    return {
      picture: pictureView(this.#host.config.visual, status),
      captions: html`<div class="captions" aria-hidden="true">
        ${linesOfCall(messages).map(captionView)}
      </div>`,
    };
  }

  /** Called before a call starts, which may be in the same frame in which the last one has ended. */
  reset(): void {
    this.#showsConversation = false;
    this.#written = undefined;
  }

  /** Shows the conversation, or puts it away again. */
  toggle(): void {
    this.#showsConversation = !this.#showsConversation;
    this.#onChange();
  }

  /** The element's own root outlives the panel, and may get another one. */
  dispose(): void {
    this.#mark(false);
  }

  #mark(isShown: boolean): void {
    this.#host.container.parentElement?.toggleAttribute('data-voice-view', isShown);
  }

  #look(isInCall: boolean, messages: readonly ThreadMessage[]): void {
    if (!isInCall) return;
    const written = messages.findLast(isWritten) ?? null;
    if (this.#written !== undefined && written && written.id !== this.#written?.id)
      this.#showsConversation = true;
    this.#written = written;
  }
}

function isWritten({ role, channel }: ThreadMessage): boolean {
  return role !== 'note' && channel === 'chat';
}

function pictureView(visual: Visual, { muted, agentState, callState }: CallStatus): TemplateResult {
  return html`<div class="stage" data-visual=${visual}>
    ${
      visual === 'none'
        ? nothing
        : html`<svg
            class="visual"
            viewBox="0 0 120 120"
            aria-hidden="true"
            data-state=${isLive(callState) ? agentState : 'waiting'}
            ?data-muted=${muted}
          >
            ${PICTURES[visual]}
          </svg>`
    }
  </div>`;
}

/** Three dots in the middle, for an agent that thinks or that is awaited. */
const DOTS = svg`<g class="dots"><circle cx="50" cy="60" r="3"/><circle cx="60" cy="60" r="3"/><circle cx="70" cy="60" r="3"/></g>`;

/** The visitor's own voice: a ring around the agent's. */
const CALLER = svg`<circle class="caller-level" data-level="caller" data-base="43" data-gain="15" cx="60" cy="60" r="43"/>`;

const PICTURES: Readonly<Record<Exclude<Visual, 'none'>, SVGTemplateResult>> = {
  aura: svg`
    <circle class="halo far" data-level="agent" data-base="37" data-gain="22" cx="60" cy="60" r="37"/>
    <circle class="halo" data-level="agent" data-base="34" data-gain="15" cx="60" cy="60" r="34"/>
    <circle class="halo near" data-level="agent" data-base="31" data-gain="8" cx="60" cy="60" r="31"/>
    ${CALLER}<circle class="core" cx="60" cy="60" r="27"/>${DOTS}`,
  bars: svg`${BARS.map(
    (share, index) =>
      svg`<rect class="bar" data-level="any" data-base="4" data-gain=${44 * share} x=${60 + 14 * (index - 3) - 4} y="56" width="8" height="8" rx="4"/>`,
  )}`,
  ring: svg`
    <circle class="agent-level" data-level="agent" data-base="29" data-gain="28" cx="60" cy="60" r="29"/>
    ${CALLER}<circle class="core" cx="60" cy="60" r="27"/>${DOTS}`,
};

/** Returns the last two lines of the call that runs. */
function linesOfCall(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const start = messages.findLastIndex(({ note }) => note === 'call-started');
  if (start < 0) return [];
  return messages
    .slice(start)
    .filter(({ role }) => role !== 'note')
    .slice(-2);
}

/** The text is drawn by the style sheet: who looks for a line, by eye, by ear or by the browser's search, finds it once. */
function captionView({ role, text }: ThreadMessage): TemplateResult {
  return html`<p class="caption" data-role=${role} data-text=${endOf(text)}></p>`;
}

/** Returns the end of a long line, whole characters only. */
function endOf(text: string): string {
  if (text.length <= LONGEST_CAPTION) return text;
  return `…${text.slice(-LONGEST_CAPTION).replace(/^[\udc00-\udfff]/, '')}`;
}
