import { isObject, type JsonObject } from '../read-json.js';
import { RelayError } from '../relay-error.js';

/** The object of an answer, which some gateways wrap in `{data: …}`. Throws `bad_answer` for anything else. */
export function readObject(json: unknown): JsonObject {
  if (!isObject(json)) throw new RelayError('bad_answer');
  return isObject(json.data) ? json.data : json;
}

/** The first of these fields that is a text with something in it. */
export function firstText(fields: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** An id that can stand in a path, once escaped, and in a signed id. Throws `bad_answer` for any other. */
export function readId(value: unknown): string {
  const id = Number.isFinite(value) ? String(value) : value;
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(id) || /^\.+$/.test(id))
    throw new RelayError('bad_answer');
  return id;
}

/** Without a slash at its end. Throws a `TypeError` for what is no address. */
export function readBaseUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url))
    throw new TypeError(`The baseUrl of an upstream must be an http(s) address: ${JSON.stringify(url)}`);
  return url.replace(/\/+$/, '');
}

/** A secret that can stand in a header. Throws a `TypeError`, which does not quote it. */
export function readSecret(name: string, value: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
    throw new TypeError(`${name} is empty, or holds what a header cannot`);
  return value;
}
