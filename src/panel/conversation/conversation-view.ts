import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { INCOMPLETE, replyIdOf, type ThreadMessage } from '../../chat/thread-message.js';
import type { Messages } from '../../i18n/messages.en.js';
import type { CallStatus } from '../../call/call-state.js';
import type { WidgetConfig } from '../../contract/widget-config.js';
import type { OfferedFeatures } from '../../api/features.js';
import type { MessageWindow } from './message-window.js';
import { noteText } from '../../ui/note-text.js';
import { longText } from '../../ui/long-text.js';
import { readingPlace } from './reading-place.js';

export interface ConversationModel {
  config: Pick<WidgetConfig, 'greeting' | 'starters'>;
  words: Messages;
  /** The language of the strings (BCP 47). */
  language: string;
  status: CallStatus;
  messages: readonly ThreadMessage[];
  /** The part of the messages that is drawn. */
  window: MessageWindow;
  /**
   * Renders what agents say as Markdown, with the answers to tap; `undefined` while the code for that loads, `null` without it.
   */
  markdown: ((message: ThreadMessage, model: ConversationModel) => unknown) | null | undefined;
  /** Whether a reply is awaited and nothing of it has arrived yet. */
  replying: boolean;
  features: OfferedFeatures;
  /** Calls to the visitor's phone; `null` where the site does not offer them. */
  callback: object | null;
  onSend: (text: string) => void;
  onRetryMessage: (id: string) => void;
  /** Puts a message that is too long back into the box. */
  onEditMessage: (id: string) => void;
}

export function conversationView(model: ConversationModel): TemplateResult {
  const { words, messages } = model;
  const empty = messages.length === 0;
  const drawn = model.window.take(messages);
  return html`<div
    part="transcript"
    class="conversation"
    tabindex="0"
    aria-label=${words.conversation}
    role="group"
    ?data-aside=${empty && model.status.failure !== null}
    ${readingPlace(model.window)}
  >
    ${empty && !model.status.failure ? welcome(model) : nothing}
    <div
      role="log"
      aria-label=${words.conversation}
      aria-relevant="additions"
      aria-live=${model.window.atEnd ? nothing : 'off'}
    >
      <ol class="messages">
        ${repeat(
          drawn,
          (message) => message.id,
          (message) => (message.role === 'note' ? noteView(message, model) : messageView(message, model)),
        )}
      </ol>
    </div>
    ${model.replying ? html`<p class="replying" role="status"><span class="hidden">${words.replying}</span><i></i><i></i><i></i></p>` : nothing}
    ${
      model.window.hasUnseen
        ? html`<button type="button" class="unseen" @click=${() => model.window.toEnd()}>
            ${words.newMessages}
          </button>`
        : nothing
    }
  </div>`;
}

function welcome(model: ConversationModel): TemplateResult {
  const { config, features } = model;
  const starters = features.chat && !features.isAwaited ? (config.starters ?? []) : [];
  return html`<slot name="empty">
    <div class="welcome">
      <p>${longText(config.greeting || introOf(model))}</p>
      ${
        starters.length > 0
          ? html`<div class="starters" role="group" aria-label=${model.words.starters}>
              ${starters.map((each) => starterView(each, model))}
            </div>`
          : nothing
      }
    </div>
  </slot>`;
}

/** Renders a starter: its text, or a short label that stands for it. One that makes no sense is left out. */
function starterView(starter: unknown, { onSend }: ConversationModel): TemplateResult | typeof nothing {
  const { label = starter, text = label } = Object(starter) as Record<string, unknown>;
  return typeof label === 'string'
    ? html`<button type="button" class="starter" @click=${() => onSend(String(text))}>
        <bdi>${longText(label)}</bdi>
      </button>`
    : nothing;
}

function introOf({ features, words, callback }: ConversationModel): string {
  // The intro names features, and is shown when they are known.
  if (features.isAwaited) return '';
  if (features.voice) return features.chat ? words.intro : words.introVoice;
  if (features.chat) return words.introChat;
  return callback ? words.introCallback : '';
}

/** Renders a note, such as the start of a call. */
function noteView(message: ThreadMessage, { words, language }: ConversationModel): TemplateResult {
  return html`<li class="note">
    <bdi>${noteText(message, words)}</bdi>
    <time datetime=${new Date(message.at).toISOString()}>${timeOfDay(message.at, language, words)}</time>
  </li>`;
}

/** Writes a time as the visitor's region does, where the browser names a region for this language. */
function timeOfDay(at: number, language: string, { numerals = 'latn' }: Messages): string {
  const regional = navigator.languages.filter((each) => each.split('-')[0] === language);
  return new Date(at).toLocaleTimeString([...regional, language], {
    hour: '2-digit',
    minute: '2-digit',
    // The digits of all other figures of the panel.
    numberingSystem: numerals,
  });
}

/** A screen reader reads a message once: when it is complete, and in the form that it keeps. */
function messageView(message: ThreadMessage, model: ConversationModel): TemplateResult {
  const { words } = model;
  const { role, status, channel } = message;
  return html`<li
    part="message"
    class="message"
    data-role=${role}
    data-status=${status}
    aria-hidden=${status === 'arriving' || (role === 'agent' && model.markdown === undefined) ? 'true' : nothing}
  >
    <span class="hidden"
      >${role === 'user' ? words.you : message.name || words.agent}${channel === 'voice' ? ` (${words.spoken})` : ''}:
    </span>
    ${role === 'agent' && model.markdown ? model.markdown(message, model) : html`<bdi class="text">${longText(message.text)}</bdi>`}
    ${status === 'failed' && !hasBrokenReply(message, model) ? failedView(message, model) : nothing}
  </li>`;
}

/** Whether part of the reply has arrived: the line about the failure then stands below that part. */
function hasBrokenReply({ id, reason }: ThreadMessage, { messages }: ConversationModel): boolean {
  return reason !== 'offline' && messages.some((each) => each.id === replyIdOf(id));
}

function failedView(
  message: ThreadMessage,
  { words, onEditMessage, onRetryMessage }: ConversationModel,
): TemplateResult {
  const isTooLong = message.reason === 'too-long';
  const onPress = isTooLong ? onEditMessage : onRetryMessage;
  return html`<span class="unsent">
    ${unsentText(message, words)}
    <button type="button" class="link" @click=${() => onPress(message.id)}>
      ${isTooLong ? words.editMessage : words.tryAgain}
    </button>
  </span>`;
}

function unsentText({ reason }: ThreadMessage, words: Messages): string {
  if (reason === 'offline') return words.messageOffline;
  if (reason === 'too-long') return words.messageTooLong;
  if (reason === INCOMPLETE) return words.answerBrokeOff;
  return reason === 'stopped' ? words.messageStopped : words.messageFailed;
}
