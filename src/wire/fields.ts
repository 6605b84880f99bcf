import { ApiError } from './api-error.js';

/**
 * The JSON of connect and chat and the media transport are not documented by the platform. The files of `wire/` are the one
 * place that reads them, for the page and for the relay: tolerantly, and never past an unreadable answer. The first name of
 * each list is the one we write.
 */
export type Fields = Record<string, unknown>;

/** An id is kept, and sent with each message: a longer one is none. In characters. */
export const LONGEST_ID = 400;

/** Some gateways wrap every answer in `{data: …}`. */
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

/** Half a character can stand in no address. */
function canBeId(text: string): boolean {
  return text.length <= LONGEST_ID && !/\p{Cs}/u.test(text);
}

/** Like `firstString`, but an empty text counts as an answer. */
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
