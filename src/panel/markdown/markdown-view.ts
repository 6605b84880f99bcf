import { html, noChange, nothing, type TemplateResult } from 'lit/html.js';
import { Directive, directive, type Part } from 'lit/directive.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import {
  type Block,
  type Inline,
  type ListItem,
  plainText,
  type Table,
} from '../../markdown/markdown-tree.js';
import { parseMarkdown } from '../../markdown/parse-markdown.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import { choicesView, type ChoicesModel } from './choices-view.js';
import { markdownStyles } from './markdown-styles.js';
import { RatingView } from './rating-view.js';
import { choiceStyles } from '../../ui/choice-view.js';
import { longText, MAX_WHOLE_LENGTH } from '../../ui/long-text.js';

/** Shows the text of an agent's message, and below it two buttons to rate it and the answers to tap. */
export type MarkdownView = (message: ThreadMessage, model: ChoicesModel) => unknown;

/** A reply of more characters is read as Markdown only once it is complete, and not again with each word. */
const MAX_GROWING_LENGTH = 20_000;

/** The most characters of the label of a box that scrolls. */
const MAX_LABEL_LENGTH = 80;

/** Adds the styles to this panel, and returns the view. */
export function createMarkdownView(shadowRoot: ShadowRoot): MarkdownView {
  for (const css of [markdownStyles, choiceStyles]) adoptStyles(shadowRoot, css);
  const rating = new RatingView();
  return (message, model) => [markdown(message), rating.view(message, model), choicesView(message, model)];
}

/** A message is replaced when it changes, so the same message needs neither another parse nor another rendering. */
class MarkdownDirective extends Directive {
  #shown: ThreadMessage | null = null;

  override render(message: ThreadMessage): TemplateResult {
    return contentOf(message);
  }

  override update(_part: Part, [message]: [ThreadMessage]): unknown {
    if (message === this.#shown) return noChange;
    this.#shown = message;
    return this.render(message);
  }
}

const markdown = directive(MarkdownDirective);

const contents = new WeakMap<ThreadMessage, TemplateResult>();

function contentOf(message: ThreadMessage): TemplateResult {
  const known = contents.get(message);
  if (known) return known;
  const isLongAndGrowing = message.status === 'arriving' && message.text.length > MAX_GROWING_LENGTH;
  const content = isLongAndGrowing
    ? html`<bdi class="text">${longText(message.text)}</bdi>`
    : html`<div class="text markdown" ?data-long=${message.text.length > MAX_WHOLE_LENGTH}>
        ${parseMarkdown(message.text, location.href).map(outerBlock)}
      </div>`;
  contents.set(message, content);
  return content;
}

/** Each outer block has the direction of its own text, and with it the side of its bullets. */
function outerBlock(block: Block): TemplateResult {
  return blockView(block, 'auto');
}

function innerBlock(block: Block): TemplateResult {
  return blockView(block, nothing);
}

function blockView(block: Block, direction: 'auto' | typeof nothing): TemplateResult {
  switch (block.type) {
    case 'paragraph':
      return html`<p dir=${direction}>${block.children.map(inlineView)}</p>`;
    case 'heading':
      // Not a heading to a screen reader: a message is one line of a log, and the outline is the page's.
      return html`<p class="heading" dir=${direction} data-level=${block.level}>
        <strong>${block.children.map(inlineView)}</strong>
      </p>`;
    case 'code-block':
      return codeView(block);
    case 'quote':
      return html`<blockquote dir=${direction}>${block.children.map(innerBlock)}</blockquote>`;
    case 'list':
      return block.ordered
        ? html`<ol dir=${direction}>
            ${block.items.map(itemView)}
          </ol>`
        : html`<ul dir=${direction}>
            ${block.items.map(itemView)}
          </ul>`;
    case 'table':
      return tableView(block, direction);
    case 'rule':
      return html`<hr />`;
  }
}

function itemView({ number, children }: ListItem): TemplateResult {
  return number === undefined
    ? html`<li>${children.map(innerBlock)}</li>`
    : html`<li value=${number}>${children.map(innerBlock)}</li>`;
}

/** Code reads from left to right in every language. */
function codeView({ language, text }: { language: string; text: string }): TemplateResult {
  return html`${language === '' ? nothing : html`<p class="language" dir="ltr">${language}</p>`}
    <pre
      tabindex="0"
      role="group"
      aria-label=${labelOf(text)}
      dir="ltr"
    ><code>${longText(text)}</code></pre>`;
}

function tableView({ columns, head, rows }: Table, direction: 'auto' | typeof nothing): TemplateResult {
  const label = labelOf(head.map(plainText).join(', '));
  return html`<div class="table" tabindex="0" role="group" aria-label=${label}>
    <table dir=${direction}>
      <thead>
        <tr>
          ${head.map((cell, column) => html`<th scope="col" data-align=${columns[column] ?? nothing}>${cellView(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => html`<td data-align=${columns[column] ?? nothing}>${cellView(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A cell is aligned as its column, and its text runs in its own direction. */
function cellView(cell: readonly Inline[]): TemplateResult {
  return html`<span>${cell.map(inlineView)}</span>`;
}

function inlineView(inline: Inline): TemplateResult | TemplateResult[] | string {
  switch (inline.type) {
    case 'text':
      return longText(inline.text);
    case 'code':
      return html`<code>${longText(inline.text)}</code>`;
    case 'emphasis':
      return html`<em>${inline.children.map(inlineView)}</em>`;
    case 'strong':
      return html`<strong>${inline.children.map(inlineView)}</strong>`;
    case 'deleted':
      return html`<del>${inline.children.map(inlineView)}</del>`;
    case 'link':
      return html`<a
        href=${inline.href}
        title=${inline.title ?? nothing}
        target=${inline.isWithinPage ? nothing : '_blank'}
        rel="noopener noreferrer nofollow"
        >${inline.children.map(inlineView)}</a
      >`;
  }
}

/** Returns the beginning of a box's text as its label: it tells one box from another in any language. */
function labelOf(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, MAX_LABEL_LENGTH) ?? '';
}
