import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Messages } from '../i18n/messages.en.js';
import type { WidgetConfig } from '../contract/widget-config.js';
import { safeLink } from '../ui/safe-url.js';

export interface ConsentModel {
  config: Pick<WidgetConfig, 'consentText' | 'termsUrl' | 'privacyUrl'>;
  words: Messages;
  onAgree: () => void;
}

/** Renders the consent text in place of the conversation, until the visitor has agreed. */
export function consentView(model: ConsentModel): TemplateResult {
  const { config, words } = model;
  return html`<div class="conversation consent">
    <p>${config.consentText}</p>
    <p class="links">${link(config.termsUrl, words.terms)} ${link(config.privacyUrl, words.privacy)}</p>
    <button type="button" class="start" @click=${model.onAgree}>${words.agree}</button>
  </div>`;
}

function link(url: string | undefined, text: string): TemplateResult | typeof nothing {
  const href = safeLink(url);
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>` : nothing;
}
