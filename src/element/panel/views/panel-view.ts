import { html, nothing, type TemplateResult } from 'lit';
import type { CallTrace } from '../../../call/call-diary.js';
import { isActive, type CallStatus } from '../../../call/call-state.js';
import type { ThreadMessage } from '../../../chat/thread.js';
import type { Messages } from '../../../i18n/messages.en.js';
import type { ToolStatus } from '../../../voice/transport.js';
import type { CopiedText } from '../report-desk.js';
import type { WidgetConfig } from '../../widget-panel.js';
import { callView } from './call-view.js';
import { composerView } from './composer-view.js';
import { consentView } from './consent-view.js';
import { conversationView } from './conversation-view.js';
import { headerView } from './header-view.js';
import { toolsView } from './tools-view.js';

export interface PanelModel {
  config: WidgetConfig;
  words: Messages;
  language: string;
  direction: 'ltr' | 'rtl';
  status: CallStatus;
  /** The page before this one held a call. */
  canReturn: boolean;
  /** Of the running call. */
  seconds: number;
  messages: readonly ThreadMessage[];
  draft: string;
  /** A reply is awaited and nothing of it has arrived yet. */
  replying: boolean;
  consentNeeded: boolean;
  /** The card of a call that failed. */
  card: TemplateResult | typeof nothing;
  /** Of the current or the last call. */
  trace: CallTrace | null;
  /** Until a call may be tried again; 0 when it may be now. */
  coolDownSeconds: number;
  /** A report that was asked for; shown where it could not be copied. */
  report: CopiedText | null;
  /** A line about the microphone, or about calls. */
  notice: string | null;
  /** Tools that the agent uses now, or that failed in this call. */
  tools: readonly ToolStatus[];
  /** The choice of devices, for the time of a call. */
  sound: TemplateResult | typeof nothing;
  announcement: string;
  onClose: () => void;
  onStartCall: () => void;
  onEndCall: () => void;
  /** The visitor's pointer or focus is on the call button: the voice code may come. */
  onReachForCall: () => void;
  onToggleMute: () => void;
  onTapToHear: () => void;
  onSend: (text: string) => void;
  onDraft: (text: string) => void;
  onRetryMessage: (id: string) => void;
  onAllowMicrophone: () => void;
  onCheck: () => void;
  onCopyReport: () => void;
  onCopyCallId: () => void;
  onTakeOver: () => void;
  onChatInstead: () => void;
  onDismissFailure: () => void;
  onNewConversation: () => void;
  onAgree: () => void;
}

export function panelView(model: PanelModel): TemplateResult {
  const { config, words } = model;
  const inline = config.layout === 'inline';
  return html`
    <section
      part="panel"
      class="panel"
      role=${inline ? 'region' : 'dialog'}
      aria-label=${config.heading || words.heading}
      tabindex="-1"
      lang=${config.strings ? model.language : 'en'}
      dir=${model.direction}
    >
      ${headerView(model)}
      <div class="hidden" role="status">${model.announcement}</div>
      ${model.consentNeeded ? consentView(model) : conversationView(model)} ${model.card}
      ${model.consentNeeded ? nothing : controls(model)}
      <slot name="footer"></slot>
    </section>
  `;
}

function controls(model: PanelModel): TemplateResult {
  const { mode } = model.config;
  return html`<div class="controls">
    ${toolsView(model)}
    ${model.notice && !model.status.failure ? html`<p role="status" class="notice">${model.notice}</p>` : nothing}
    ${mode === 'chat' ? nothing : callView(model)}
    ${mode === 'voice' && !isActive(model.status.callState) ? nothing : composerView(model)}
  </div>`;
}
