import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive } from '../call/call-state.js';
import type { WidgetConfig } from '../contract/widget-config.js';
import { callView, type CallModel, type CallbackModel } from './call-view.js';
import { composerView, type ComposerModel } from './conversation/composer-view.js';
import { consentView, type ConsentModel } from './consent-view.js';
import { conversationView, type ConversationModel } from './conversation/conversation-view.js';
import { disclosureLine, type DisclosureModel } from './disclosure-view.js';
import { cutText } from '../ui/cut-text.js';
import type { FailureCardModel } from './failure-card/index.js';
import { headerView, type HeaderModel } from './header-view.js';
import type { RunningCallModel } from './call/index.js';

/** The models of all views together. */
export interface PanelModel
  extends
    HeaderModel,
    DisclosureModel,
    ConsentModel,
    ConversationModel,
    CallModel,
    RunningCallModel,
    ComposerModel,
    FailureCardModel {
  config: WidgetConfig;
  callback: CallbackModel | null;
  direction: 'ltr' | 'rtl';
  announcement: string;
  /** The card of a call that failed. */
  card: TemplateResult | typeof nothing;
  /** What the agent of the running call is doing besides talking. */
  tools: TemplateResult | typeof nothing;
  /** The feedback after a conversation. */
  feedback: TemplateResult | typeof nothing;
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
      ${model.consentNeeded ? consentView(model) : conversationView(model)} ${model.feedback} ${model.card}
      ${model.consentNeeded ? nothing : [model.callback?.content ?? nothing, controls(model)]}
      ${disclosureLine(model)}
      <slot name="footer"></slot>
    </section>
  `;
}

function controls(model: PanelModel): TemplateResult | typeof nothing {
  const { features } = model;
  const inCall = isActive(model.status.callState);
  if (!inCall && (model.callback?.hasForm || features.isAwaited)) return nothing;
  const isEmpty = !inCall && !features.voice && !features.chat && !model.callback;
  const notice = isEmpty ? model.words.nothingOffered : model.notice;
  return html`<div class="controls">
    ${model.tools}
    ${notice && !model.status.failure ? html`<p role="status" class="notice">${notice}</p>` : nothing}
    ${callView(model)} ${inCall || features.chat ? composerView(model) : nothing}
  </div>`;
}
