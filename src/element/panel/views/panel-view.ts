import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CallTrace } from '../../../call/call-diary.js';
import { isActive, type CallStatus } from '../../../call/call-state.js';
import type { ThreadMessage } from '../../../chat/thread-message.js';
import type { Messages } from '../../../i18n/messages.en.js';
import type { ToolStatus } from '../../../voice/transport.js';
import type { CallbackOffer } from '../callback-door.js';
import type { Offers } from '../offers.js';
import type { CopiedText } from '../report-desk.js';
import type { WidgetConfig } from '../../widget-panel.js';
import { callView } from './call-view.js';
import { composerView } from './composer-view.js';
import { consentView } from './consent-view.js';
import { conversationView } from './conversation-view.js';
import type { MessageWindow } from './message-window.js';
import { cutText } from './cut-text.js';
import { headerView } from './header-view.js';
import type { MarkdownView } from './markdown-view.js';
import { toolsView } from './tools-view.js';

export interface PanelModel {
  config: WidgetConfig;
  words: Messages;
  /** BCP 47, of the words. */
  language: string;
  direction: 'ltr' | 'rtl';
  status: CallStatus;
  /** The page before this one held a call. */
  canReturn: boolean;
  /** Of the running call. */
  seconds: number;
  messages: readonly ThreadMessage[];
  /** The part of them that is drawn. */
  window: MessageWindow;
  /** Of what agents say; `null` as long as it is not loaded. */
  markdown: MarkdownView | null;
  draft: string;
  /** A reply is awaited and nothing of it has arrived yet. */
  replying: boolean;
  /** A reply is awaited or arriving. */
  busy: boolean;
  consentNeeded: boolean;
  /** The controls of the running call. */
  runningCall: TemplateResult | typeof nothing;
  /** What comes after a conversation. */
  wrapUp: TemplateResult | typeof nothing;
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
  offers: Pick<Offers, 'voice' | 'chat' | 'isAwaited'>;
  /** Calls to the visitor's phone; `null` where the site does not offer them. */
  callback: CallbackOffer | null;
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
  onStopReply: () => void;
  onRetryMessage: (id: string) => void;
  /** A message that is too long goes back into the box. */
  onEditMessage: (id: string) => void;
  onAllowMicrophone: () => void;
  onCheck: () => void;
  onCopyReport: () => void;
  onCopyCallId: () => void;
  onTakeOver: () => void;
  onChatInstead: () => void;
  onDismissFailure: () => void;
  onNewConversation: () => void;
  onWrapUp: () => void;
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
      aria-label=${cutText(config.heading || words.heading)}
      tabindex="-1"
      lang=${model.language}
      dir=${model.direction}
    >
      ${headerView(model)}
      <div class="hidden" role="status">${model.announcement}</div>
      ${model.consentNeeded ? consentView(model) : conversationView(model)} ${model.wrapUp} ${model.card}
      ${model.consentNeeded ? nothing : [model.callback?.content ?? nothing, controls(model)]}
      <slot name="footer"></slot>
    </section>
  `;
}

function controls(model: PanelModel): TemplateResult | typeof nothing {
  const { offers } = model;
  const inCall = isActive(model.status.callState);
  if (!inCall && (model.callback?.hasForm || offers.isAwaited)) return nothing;
  const isEmpty = !inCall && !offers.voice && !offers.chat && !model.callback;
  const notice = isEmpty ? model.words.nothingOffered : model.notice;
  return html`<div class="controls">
    ${toolsView(model)}
    ${notice && !model.status.failure ? html`<p role="status" class="notice">${notice}</p>` : nothing}
    ${callView(model)} ${inCall || offers.chat ? composerView(model) : nothing}
  </div>`;
}
