import type { PageTool, VisitorTool } from '../../call/client-tools.js';
import { MOST_CHOICES, readChoice, textOf, type Choice } from '../../wire/choices.js';
import { asObject } from '../../wire/fields.js';
import { askFor, type Field, type VisitorPrompts } from './visitor-prompts.js';

/** The names that `built-in-tools` may hold. */
const NAMES = ['offer_choices', 'ask_visitor'] as const;
type Name = (typeof NAMES)[number];

const LONGEST_QUESTION = 200;

export interface BuiltInToolsOptions {
  /** What the site has registered. A tool of the site wins over a built-in one of the same name. */
  tools: ReadonlyMap<string, PageTool>;
  /** The attribute `built-in-tools`: names, with blanks or commas between them. */
  wanted: () => string | undefined;
  prompts: VisitorPrompts;
}

/** The tools that an agent may call: those of the site, and the built-in ones that the site has switched on. */
export class BuiltInTools {
  readonly #options: BuiltInToolsOptions;
  readonly #own: Readonly<Record<Name, PageTool | VisitorTool>>;
  /** The last value that was warned about. */
  #warned = '';

  constructor(options: BuiltInToolsOptions) {
    this.#options = options;
    const { prompts } = options;
    this.#own = {
      offer_choices: {
        handler: (args) => {
          const { question, choices } = readOffer(args);
          prompts.offer(question, choices);
          return { shown: choices.length, answer: 'The visitor answers by voice, or by a tap as a message.' };
        },
      },
      ask_visitor: { ask: async (args, withinMs) => prompts.ask(readField(args), withinMs) },
    };
  }

  get(name: string): PageTool | VisitorTool | undefined {
    return this.#options.tools.get(name) ?? this.#builtIn(name);
  }

  keys(): Iterable<string> {
    return new Set([...this.#options.tools.keys(), ...this.#names]);
  }

  /** Whether the visitor sees what this tool does: no card has to say that it runs. */
  isShownItself(name: string): boolean {
    return !this.#options.tools.has(name) && this.#builtIn(name) !== undefined;
  }

  #builtIn(name: string): PageTool | VisitorTool | undefined {
    return this.#names.find((each) => each === name) && this.#own[name as Name];
  }

  get #names(): Name[] {
    const wanted = (this.#options.wanted() ?? '').split(/[\s,]+/).filter((name) => name !== '');
    const unknown = wanted.filter((name) => !(NAMES as readonly string[]).includes(name)).join(' ');
    if (unknown !== this.#warned) {
      this.#warned = unknown;
      if (unknown)
        console.warn(
          `<osmtalk-widget> built-in-tools: there is no "${unknown.slice(0, 80)}", only ${NAMES.join(' and ')}.`,
        );
    }
    return NAMES.filter((name) => wanted.includes(name));
  }
}

/**
 * Reads what an agent offers: `{question?, choices: [{label, text?, href?} | "label"]}`.
 *
 * @throws {Error} For the agent: what is wrong with it.
 */
function readOffer(args: unknown): { question: string; choices: Choice[] } {
  const { question, choices } = fieldsOf(args);
  if (!Array.isArray(choices) || choices.length === 0)
    throw new Error('offer_choices needs {"choices": [{"label": "…"}]}');
  if (choices.length > MOST_CHOICES) throw new Error(`No more than ${MOST_CHOICES} choices can be shown`);
  return {
    question: question === undefined || question === '' ? '' : textOf(question, 'question', LONGEST_QUESTION),
    choices: choices.map(readChoice),
  };
}

/**
 * Reads what an agent asks for: `{kind, label}`.
 *
 * @throws {Error} For the agent: what is wrong with it.
 */
function readField(args: unknown): Field {
  const { kind = 'text', label } = fieldsOf(args);
  return askFor(kind, textOf(label, 'label', LONGEST_QUESTION));
}

function fieldsOf(args: unknown): Record<string, unknown> {
  const fields = asObject(args);
  if (!fields) throw new Error('An object was expected');
  return fields;
}
