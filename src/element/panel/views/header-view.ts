import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive } from '../../../call/call-state.js';
import { cutText } from './cut-text.js';
import { icons } from './icons.js';
import type { PanelModel } from './panel-view.js';
import { safeImageUrl } from './safe-url.js';

export function headerView(model: PanelModel): TemplateResult {
  const { config, words } = model;
  const avatar = safeImageUrl(config.avatarSrc);
  const canStartAnew = model.messages.length > 0 && !isActive(model.status.callState);
  return html`<header part="header" class="header">
    ${avatar ? html`<img class="avatar" src=${avatar} alt="" />` : nothing}
    <slot name="header"><h2>${cutText(config.heading || words.heading)}</h2></slot>
    ${
      canStartAnew
        ? html`<button
            type="button"
            class="quiet"
            aria-label=${words.saveConversation}
            title=${words.saveConversation}
            @click=${model.onWrapUp}
          >
            ${icons.save}
          </button>`
        : nothing
    }
    ${
      canStartAnew
        ? html`<button
            type="button"
            class="quiet"
            aria-label=${words.newConversation}
            title=${words.newConversation}
            @click=${model.onNewConversation}
          >
            ${icons.fresh}
          </button>`
        : nothing
    }
    ${
      config.layout === 'inline'
        ? nothing
        : html`<button
            type="button"
            class="quiet"
            data-action="close"
            aria-label=${words.close}
            title=${words.close}
            @click=${model.onClose}
          >
            ${icons.close}
          </button>`
    }
  </header>`;
}
