import { html, nothing, type TemplateResult } from 'lit/html.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { Messages } from '../../i18n/messages.en.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import { choiceView } from '../../ui/choice-view.js';
import type { Choice } from '../../wire/choices.js';

/** How many fields may wait at once. */
const MOST_FIELDS = 3;

/** As much as any e-mail address has. */
const LONGEST_VALUE = 320;

const OVER = 'the call is over';

/** A speech recogniser may tell what was said this much later. */
const WORDS_LATE_BY_MS = 1_000;

/** How a browser helps with each kind of field. */
const KINDS = {
  text: { type: 'text', inputmode: 'text', autocomplete: 'off' },
  email: { type: 'email', inputmode: 'email', autocomplete: 'email' },
  name: { type: 'text', inputmode: 'text', autocomplete: 'name' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel' },
  number: { type: 'text', inputmode: 'decimal', autocomplete: 'off', pattern: String.raw`[\d.,\s\-+]+` },
  code: { type: 'text', inputmode: 'text', autocomplete: 'one-time-code' },
} as const;

/** What the visitor is asked to type. */
export interface Field {
  kind: keyof typeof KINDS;
  label: string;
}

interface OpenField extends Field {
  /** Answers the agent that still waits; `null` when it does not wait any more. */
  answer: ((value: string) => void) | null;
  decline: (why: string) => void;
}

export interface VisitorPromptsOptions {
  onChange: () => void;
  /** Something is asked: the panel opens. */
  onAsked: () => void;
  /** Whether a call is up: nothing is asked after its end. */
  isLive: () => boolean;
  /** Sends this text as the visitor's own words. */
  say: (text: string) => void;
  /** Adds to the conversation what the agent gets as the answer to its question. */
  note: (text: string) => void;
  /** What the visitor has said and written, with what they are saying. */
  said: () => readonly ThreadMessage[];
  onChoice: (label: string) => void;
}

/**
 * Returns a field of this kind.
 *
 * @throws {Error} For the agent: there is no such kind.
 */
export function askFor(kind: unknown, label: string): Field {
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind))
    throw new Error(`"kind" must be one of ${Object.keys(KINDS).join(', ')}`);
  return { kind: kind as Field['kind'], label };
}

function isSame(one: Field, other: Field): boolean {
  return one.kind === other.kind && one.label === other.label;
}

/** Answers to tap and fields to type into, which the agent of a call offers by its built-in tools. */
export class VisitorPrompts {
  readonly #options: VisitorPromptsOptions;
  #question = '';
  #choices: readonly Choice[] = [];
  /** The ids of what the visitor had said, or was saying, when the choices were offered. */
  #saidBefore = new Set<string>();
  #offeredAtMs = 0;
  #fields: readonly OpenField[] = [];

  constructor(options: VisitorPromptsOptions) {
    this.#options = options;
  }

  /**
   * Shows these answers, in place of those before.
   *
   * @throws {Error} For the agent: the call is over.
   */
  offer(question: string, choices: readonly Choice[]): void {
    if (!this.#options.isLive()) throw new Error(OVER);
    this.#question = question;
    this.#choices = choices;
    this.#saidBefore = new Set(this.#options.said().map(({ id }) => id));
    this.#offeredAtMs = Date.now();
    this.#options.onAsked();
    this.#options.onChange();
  }

  /**
   * Shows a field. Resolves with `{value}`, letter by letter what the visitor has typed. Rejects, with an error for the agent, when
   * the visitor declines, when nothing was typed within `withinMs`, or when too many fields wait. A field that the agent does not
   * wait for any more stays: what is typed into it later is sent as a message.
   */
  ask(field: Field, withinMs: number): Promise<{ value: string }> {
    if (!this.#options.isLive()) return Promise.reject(new Error(OVER));
    const awaited = this.#fields.filter(({ answer }) => answer !== null);
    if (awaited.length >= MOST_FIELDS) return Promise.reject(new Error('Too many fields wait already'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        open.answer = null;
        open.decline('not answered yet: what the visitor types later comes as a message');
      }, withinMs);
      const open: OpenField = {
        ...field,
        answer: (value) => resolve({ value }),
        decline: (why) => {
          clearTimeout(timer);
          reject(new Error(why));
        },
      };
      // An agent that asks the same again gets what is typed into the field that stands there.
      const late = this.#fields.filter((each) => each.answer === null && !isSame(each, field));
      const kept = late.slice(Math.max(0, late.length + awaited.length + 1 - MOST_FIELDS));
      this.#fields = [...this.#fields.filter((each) => awaited.includes(each) || kept.includes(each)), open];
      this.#options.onAsked();
      this.#options.onChange();
    });
  }

  /** Takes all away: the call is over. */
  clear(): void {
    this.#choices = [];
    for (const { decline } of this.#fields) decline(OVER);
    this.#fields = [];
  }

  view(words: Messages & CallWords): TemplateResult | typeof nothing {
    const [field] = this.#fields;
    const choices = this.#openChoices;
    const questions = [field?.label, choices.length > 0 && this.#question].filter(Boolean);
    const said = questions.map((text) => html`<p class="question" dir="auto">${text}</p>`);
    return html`<div role="status" class="question-said">${said}</div>
      ${field ? keyed(`${field.kind} ${field.label}`, this.#fieldView(field, words)) : nothing}
      ${
        choices.length > 0
          ? html`<div
              part="choices"
              class="answers choices"
              role="group"
              aria-label=${this.#question || words.starters}
            >
              ${choices.map((choice) => this.#choiceView(choice))}
            </div>`
          : nothing
      }`;
  }

  /** None any more once the visitor has answered, by voice or in other words, too. */
  get #openChoices(): readonly Choice[] {
    if (this.#choices.length === 0) return this.#choices;
    return this.#options.said().some((message) => this.#isAnswer(message)) ? [] : this.#choices;
  }

  /** What the visitor said before the offer answers nothing, also where its words come only after it. */
  #isAnswer({ id, status, channel, at }: ThreadMessage): boolean {
    const isOlder = channel === 'voice' && at < this.#offeredAtMs + WORDS_LATE_BY_MS;
    return status !== 'arriving' && !this.#saidBefore.has(id) && !isOlder;
  }

  #choiceView(choice: Choice): TemplateResult {
    return choiceView(choice, () => {
      // A second press of the same row would answer twice.
      if (!this.#openChoices.includes(choice)) return;
      this.#choices = [];
      this.#options.onChoice(choice.label);
      if (choice.href === null) this.#options.say(choice.text);
      this.#options.onChange();
    });
  }

  #fieldView(field: OpenField, words: Messages & CallWords): TemplateResult {
    const { type, inputmode, autocomplete, ...more } = KINDS[field.kind];
    return html`<form
      class="answers field"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        this.#take(field, event.currentTarget as HTMLFormElement);
      }}
    >
      <input
        name="value"
        required
        dir="auto"
        maxlength=${LONGEST_VALUE}
        aria-label=${field.label}
        type=${type}
        inputmode=${inputmode}
        autocomplete=${autocomplete}
        pattern=${'pattern' in more ? more.pattern : nothing}
        enterkeyhint="send"
      />
      <button type="submit" class="start compact">${words.send}</button>
      <button type="button" class="link" @click=${() => this.#close(field, 'declined')}>
        ${words.toolNo}
      </button>
    </form>`;
  }

  /** The browser has checked the field, and says what is wrong with it in its own language. */
  #take(field: OpenField, form: HTMLFormElement): void {
    const input = form.elements.namedItem('value') as HTMLInputElement;
    const value = input.value.trim();
    if (value === '' || !this.#fields.includes(field)) return;
    input.value = '';
    const { answer } = field;
    if (answer) {
      this.#options.note(value);
      answer(value);
    } else {
      this.#options.say(value);
    }
    this.#close(field, 'answered');
  }

  #close(field: OpenField, why: string): void {
    field.decline(why);
    this.#fields = this.#fields.filter((each) => each !== field);
    this.#options.onChange();
  }
}
