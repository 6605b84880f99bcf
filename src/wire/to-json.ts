/**
 * Returns JSON text, also in a page whose old Prototype.js has given arrays a `toJSON` that turns them into strings. For a value
 * without a JSON form, such as a function, it returns undefined, as `JSON.stringify` does.
 *
 * @throws {TypeError} For a cycle or a BigInt.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, toJsonOfArrays() ? withoutIt : undefined, indent);
}

/** The `toJSON` that the page has given arrays; undefined where it has not. */
function toJsonOfArrays(): unknown {
  return ([] as { toJSON?: unknown }).toJSON;
}

/** `this[key]` is the value before any `toJSON` was applied. A `toJSON` of the site's own classes stays in effect. */
function withoutIt(this: Record<string, { toJSON?: unknown } | null>, key: string, value: unknown): unknown {
  const original = this[key];
  return original?.toJSON === toJsonOfArrays() ? original : value;
}
