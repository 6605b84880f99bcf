import { isObject, type JsonObject } from '../read-json.js';
import { RelayError } from '../relay-error.js';

/** Returns the object of an answer, which some gateways wrap in `{data: …}`. Throws `bad_answer` for anything else. */
export function readObject(json: unknown): JsonObject {
  if (!isObject(json)) throw new RelayError('bad_answer');
  return isObject(json.data) ? json.data : json;
}

/** Returns the first of these fields that is a text and not empty; `null` for none. */
export function firstText(fields: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** Returns an id that can stand in a path, once escaped, and in a signed id. Throws `bad_answer` for any other. */
export function readId(value: unknown): string {
  const id = Number.isFinite(value) ? String(value) : value;
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(id) || /^\.+$/.test(id))
    throw new RelayError('bad_answer');
  return id;
}

/** Returns the address without a slash at its end. Throws a `TypeError` for an invalid address. */
export function readBaseUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url))
    throw new TypeError(`The baseUrl of an upstream must be an http(s) address: ${JSON.stringify(url)}`);
  return url.replace(/\/+$/, '');
}

/** Returns a secret that can stand in a header. Throws a `TypeError` for any other, and does not quote it. */
export function readSecret(name: string, value: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
    throw new TypeError(`${name} is empty, or holds what a header cannot`);
  return value;
}
