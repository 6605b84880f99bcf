/**
 * JSON text, also in a page whose old Prototype.js has given arrays a `toJSON` that makes texts of them.
 *
 * @throws {TypeError} For what JSON cannot say.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, toJsonOfArrays() ? withoutIt : undefined, indent);
}

/** Undefined where the page has left arrays alone. */
function toJsonOfArrays(): unknown {
  return ([] as { toJSON?: unknown }).toJSON;
}

/** `this[key]` is what the value was before any `toJSON`; that of a class is respected. */
function withoutIt(this: Record<string, { toJSON?: unknown } | null>, key: string, value: unknown): unknown {
  const original = this[key];
  return original?.toJSON === toJsonOfArrays() ? original : value;
}
