import { safeLink } from '../markdown/safe-link.js';
import { asObject } from './fields.js';

/** One answer to tap. Without a link, `text` is sent as the visitor's own words. */
export interface Choice {
  label: string;
  text: string;
  /** An absolute address of `https:`; `null` where the answer is words. */
  href: string | null;
}

/** More buttons under one line are a menu, and a menu is not what a conversation is for. */
export const MOST_CHOICES = 4;
const LONGEST_LABEL = 80;
const LONGEST_CHOICE_TEXT = 500;

/**
 * Reads one choice: `{label, text?, href?}`, or its label alone. `text` is the label where it is missing.
 *
 * @throws {Error} For who made it: what is wrong with it.
 */
export function readChoice(value: unknown): Choice {
  const given = typeof value === 'string' ? { label: value } : asObject(value);
  if (!given) throw new Error('A choice is {"label": "…"} or a text');
  const label = textOf(given['label'], 'label', LONGEST_LABEL);
  const { text, href } = given as Record<string, unknown>;
  return {
    label,
    text: text === undefined || text === null ? label : textOf(text, 'text', LONGEST_CHOICE_TEXT),
    href: href === undefined || href === null ? null : readLink(href),
  };
}

/**
 * Reads the choices beside a reply. What is none is left out, and so is a fifth one: a reply is worth more than its buttons.
 */
export function readChoices(value: unknown): Choice[] {
  if (!Array.isArray(value)) return [];
  const choices: Choice[] = [];
  for (const each of value.slice(0, 20) as unknown[]) {
    try {
      choices.push(readChoice(each));
    } catch {
      // Not a choice, such as the `choices` of a completion.
    }
  }
  return choices.slice(0, MOST_CHOICES);
}

/**
 * Returns the text without blanks around it.
 *
 * @throws {Error} For who made it: it is no text, empty, or too long.
 */
export function textOf(value: unknown, name: string, longest: number): string {
  if (typeof value !== 'string') throw new Error(`"${name}" must be a text`);
  const text = value.trim();
  if (text === '') throw new Error(`"${name}" is empty`);
  if (text.length > longest) throw new Error(`"${name}" is longer than ${longest} characters`);
  return text;
}

function readLink(href: unknown): string {
  const link = typeof href === 'string' ? safeLink(href) : null;
  if (!link?.startsWith('https:')) throw new Error('"href" must be an address of https:');
  return link;
}
