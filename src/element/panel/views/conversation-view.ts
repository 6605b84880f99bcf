import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ThreadMessage } from '../../../chat/thread.js';
import type { PanelModel } from './panel-view.js';
import { stickToEnd } from './stick-to-end.js';

export function conversationView(model: PanelModel): TemplateResult {
  const { words, messages } = model;
  const empty = messages.length === 0;
  return html`<div
    part="transcript"
    class="conversation"
    tabindex="0"
    aria-label=${words.conversation}
    role="group"
    ?data-aside=${empty && model.status.failure !== null}
    ${stickToEnd()}
  >
    ${empty && !model.status.failure ? welcome(model) : nothing}
    <div role="log" aria-label=${words.conversation} aria-relevant="additions">
      <ol class="messages">
        ${repeat(
          messages,
          (message) => message.id,
          (message) => messageView(message, model),
        )}
      </ol>
    </div>
    ${model.replying ? html`<p class="replying" role="status"><span class="hidden">${words.replying}</span><i></i><i></i><i></i></p>` : nothing}
  </div>`;
}

function welcome(model: PanelModel): TemplateResult {
  const { config, words } = model;
  const intro = { both: words.intro, voice: words.introVoice, chat: words.introChat }[config.mode];
  const starters = config.mode === 'voice' ? [] : (config.starters ?? []);
  return html`<slot name="empty">
    <div class="welcome">
      <p>${config.greeting || intro}</p>
      ${
        starters.length > 0
          ? html`<div class="starters" role="group" aria-label=${words.starters}>
              ${starters.map((text) => html`<button type="button" class="starter" @click=${() => model.onSend(text)}>${text}</button>`)}
            </div>`
          : nothing
      }
    </div>
  </slot>`;
}

function messageView(message: ThreadMessage, model: PanelModel): TemplateResult {
  const { words } = model;
  const { role, status, channel } = message;
  return html`<li
    part="message"
    class="message"
    data-role=${role}
    data-status=${status}
    aria-hidden=${status === 'arriving' ? 'true' : nothing}
  >
    <span class="hidden"
      >${role === 'user' ? words.you : words.agent}${channel === 'voice' ? ` (${words.spoken})` : ''}:
    </span>
    <bdi class="text">${message.text}</bdi>
    ${
      status === 'failed'
        ? html`<span class="unsent">
            ${message.reason === 'offline' ? words.messageOffline : words.messageFailed}
            <button type="button" class="link" @click=${() => model.onRetryMessage(message.id)}>
              ${words.tryAgain}
            </button>
          </span>`
        : nothing
    }
  </li>`;
}
