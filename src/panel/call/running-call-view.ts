import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { isLive, type CallStatus } from '../../call/call-state.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import type { WithNumerals, Messages } from '../../i18n/messages.en.js';
import { hasFinePointer } from '../../ui/fine-pointer.js';
import { formatDuration } from '../../ui/duration.js';
import { icon, icons } from '../../ui/icons.js';
import type { VoiceViewParts } from './voice-view.js';

const CONVERSATION = icon(svg`<path d="M4 5h16v11h-9l-5 4v-4H4ZM8 9h8M8 12.5h5"/>`);

export interface RunningCallModel {
  status: CallStatus;
  /** How long the running call has lasted. */
  seconds: number;
  /** The choice of devices, shown during a call. */
  sound: TemplateResult | typeof nothing;
  messages: readonly ThreadMessage[];
  onToggleMute: () => void;
  onEndCall: () => void;
  onTapToHear: () => void;
}

/** What the running call shows besides its state. */
export interface RunningCallParts {
  /** What the agent's tools ask the visitor. */
  questions: TemplateResult;
  /** `null` while the conversation is shown. */
  voiceView: VoiceViewParts | null;
  /** Shows the conversation in place of the voice view, or the other way round. */
  onToggleConversation: () => void;
}

/** Renders the state of the running call, and its controls. Loaded with the code of calls. */
export function runningCallView(
  model: RunningCallModel,
  words: Messages & CallWords,
  { questions, voiceView, onToggleConversation }: RunningCallParts,
): TemplateResult {
  const { status } = model;
  const live = isLive(status.callState);
  return html`<div
    part="call-controls"
    class="call"
    role="group"
    tabindex="-1"
    aria-label=${words.callRunning}
  >
    ${voiceView?.picture ?? meter(status)}
    <div class="call-state">
      <strong>${stateText(status, words)}</strong>
      ${status.prompting ? html`<span class="hint">${words.primeMicrophone}</span>` : nothing}
      ${clock(model, words)}
    </div>
    ${voiceView?.captions ?? nothing}
    <div class="call-buttons">
      <button
        type="button"
        class="round"
        aria-label=${words.conversation}
        title=${words.conversation}
        aria-expanded=${voiceView === null}
        @click=${onToggleConversation}
      >
        ${CONVERSATION}
      </button>
      ${callButtons(model, words)}
    </div>
    ${live ? html`<div class="sound">${model.sound}</div>` : nothing}
    <p role="status" class="recording">
      ${status.recording ? html`<span>${words.recorded}</span>` : nothing}
    </p>
    ${questions}
    <p role="status" class="hearing">${hearingText(status, words)}</p>
    ${
      status.playbackBlocked
        ? html`<p class="blocked">
            <span class="hint">${words.tapToHearHint}</span>
            ${tapToHearButton(model, words)}
          </p>`
        : nothing
    }
  </div>`;
}

/** The buttons that mute the visitor and end the call. */
export function callButtons(
  { status, onToggleMute, onEndCall }: RunningCallModel,
  words: CallWords,
): (TemplateResult | typeof nothing)[] {
  const mute = status.muted ? words.unmute : words.mute;
  return [
    isLive(status.callState)
      ? html`<button type="button" class="round" aria-label=${mute} title=${mute} @click=${onToggleMute}>
          ${status.muted ? icons.microphoneOff : icons.microphone}
        </button>`
      : nothing,
    status.callState === 'ending'
      ? nothing
      : html`<button
          type="button"
          class="round danger"
          data-action="end-call"
          aria-label=${words.endCall}
          title=${words.endCall}
          @click=${onEndCall}
        >
          ${icons.hangUp}
        </button>`,
  ];
}

/** The button that starts the sound where the browser holds it back. */
export function tapToHearButton({ onTapToHear }: RunningCallModel, words: CallWords): TemplateResult {
  return html`<button type="button" class="start compact" @click=${onTapToHear}>
    ${icons.sound}<span>${words.tapToHear}</span>
  </button>`;
}

/** How long the live call has lasted, and whether the visitor is muted. */
export function clock(
  { status, seconds }: RunningCallModel,
  words: CallWords & WithNumerals,
): TemplateResult | typeof nothing {
  if (!isLive(status.callState)) return nothing;
  return html`<span class="hint"
    ><span role="timer">${formatDuration(seconds, words)}</span
    >${status.muted ? ` · ${words.muted}` : ''}</span
  >`;
}

function hearingText(status: CallStatus, words: Messages & CallWords): string {
  if (status.hint === 'cannot-hear-you') return words.cannotHearYou;
  if (status.hint === 'cannot-hear-agent') return words.cannotHearAgent;
  // A phone has no space bar.
  return status.muted && isLive(status.callState) && hasFinePointer() ? words.holdToTalk : '';
}

/** Two rings that follow the loudness of both sides. */
export function meter(status: CallStatus): TemplateResult {
  return html`<svg
    class="meter"
    viewBox="0 0 44 44"
    aria-hidden="true"
    data-state=${isLive(status.callState) ? status.agentState : 'waiting'}
  >
    ${svg`<circle class="agent-level" data-level="agent" cx="22" cy="22" r="10"/><circle class="caller-level" data-level="caller" cx="22" cy="22" r="10"/><circle class="core" cx="22" cy="22" r="8"/>`}
  </svg>`;
}

/** What the call is doing, as a line. */
export function stateText(status: CallStatus, words: Messages & CallWords): string {
  switch (status.callState) {
    case 'requesting-microphone':
      return words.askingMicrophone;
    case 'connecting':
      return words.connecting;
    case 'reconnecting':
      return words.reconnecting;
    case 'ending':
      return words.findingOut;
    default:
      return status.agentJoined ? agentText(status, words) : words.waitingForAgent;
  }
}

function agentText(status: CallStatus, words: Messages & CallWords): string {
  if (status.agentLinkLost) return words.agentWeak;
  switch (status.agentState) {
    case 'listening':
      return words.listening;
    case 'thinking':
      return words.thinking;
    case 'speaking':
      return words.speaking;
    case 'failed':
      return words.agentFailed;
    case 'idle':
      return words.callRunning;
    case 'initializing':
      return status.person === null ? words.waitingForAgent : words.callRunning;
  }
}
