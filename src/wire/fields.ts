import { ApiError } from './api-error.js';

/**
 * JSON fields of the server. The platform does not document the JSON of connect and chat, nor the media transport. Only the files
 * of `wire/` read these fields, for the page and for the relay: they accept several names for each, and throw for an unreadable
 * answer. The first name in each list is the one that we write.
 */
export type Fields = Record<string, unknown>;

/** The longest id that is accepted, in characters: an id is stored, and sent with each message. */
export const LONGEST_ID = 400;

/**
 * The fields of an answer, which some gateways wrap in `{data: …}`. `what` names it in the error.
 *
 * @throws {ApiError} `invalid-response` when the answer is no object.
 */
export function unwrap(json: unknown, what: string): Fields {
  const fields = asObject(json);
  if (!fields) throw unreadable(`${what} did not answer an object`);
  return asObject(fields.data) ?? fields;
}

export function asObject(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function firstString(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    const isId = /id$/i.test(name);
    if (typeof value === 'string' && value !== '' && !(isId && !canBeId(value))) return value;
    if (isId && Number.isFinite(value)) return String(value);
  }
  return null;
}

/** Whether a text can be an id: not too long, and without a lone surrogate, which cannot stand in a URL. */
function canBeId(text: string): boolean {
  return text.length <= LONGEST_ID && !/\p{Cs}/u.test(text);
}

/** Like `firstString`, but an empty text counts as a value, and ids are not checked. */
export function firstText(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  return null;
}

export function firstBoolean(fields: Fields, names: readonly string[]): boolean | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'boolean') return value;
  }
  return null;
}

export function firstNumber(fields: Fields, names: readonly string[]): number | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

export function unreadable(what: string): ApiError {
  return new ApiError('invalid-response', `Unreadable answer: ${what}`);
}
