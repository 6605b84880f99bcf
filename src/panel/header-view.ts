import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive, type CallStatus } from '../call/call-state.js';
import { cutText } from '../ui/cut-text.js';
import { disclosureMark, type DisclosureModel } from './disclosure-view.js';
import { icons } from '../ui/icons.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { WidgetConfig } from '../contract/widget-config.js';
import { safeImageUrl } from '../ui/safe-url.js';

export interface HeaderModel extends DisclosureModel {
  config: Pick<WidgetConfig, 'avatarSrc' | 'heading' | 'layout'>;
  status: CallStatus;
  messages: readonly ThreadMessage[];
  consentNeeded: boolean;
  onClose: () => void;
  onNewConversation: () => void;
  onFeedback: () => void;
}

export function headerView(model: HeaderModel): TemplateResult {
  const { config, words } = model;
  // Before consent no other server may learn of the visitor: only a `data:` picture is shown.
  const picture = safeImageUrl(config.avatarSrc);
  const avatar = model.consentNeeded && !picture?.startsWith('data:') ? null : picture;
  const canStartAnew = model.messages.length > 0 && !isActive(model.status.callState);
  return html`<header part="header" class="header">
    ${avatar ? html`<img class="avatar" src=${avatar} alt="" />` : nothing}
    <slot name="header"><h2>${cutText(config.heading || words.heading)}</h2></slot>
    ${disclosureMark(model)}<i></i>
    ${
      canStartAnew
        ? [
            quietButton(words.saveConversation, icons.save, model.onFeedback),
            quietButton(words.newConversation, icons.fresh, model.onNewConversation),
          ]
        : nothing
    }
    ${config.layout === 'inline' ? nothing : quietButton(words.close, icons.close, model.onClose, 'close')}
  </header>`;
}

function quietButton(
  label: string,
  icon: TemplateResult,
  onClick: () => void,
  action?: string,
): TemplateResult {
  return html`<button
    type="button"
    class="quiet"
    data-action=${action ?? nothing}
    aria-label=${label}
    title=${label}
    @click=${onClick}
  >
    ${icon}
  </button>`;
}
