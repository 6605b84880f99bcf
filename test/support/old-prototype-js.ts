/**
 * What Prototype.js 1.6 and older does to arrays, texts and numbers: their `toJSON` gives JSON text where `JSON.stringify` expects a
 * value. Stands on its own, since it also runs in a page.
 */
export function patchLikeOldPrototypeJs(): void {
  Object.assign(Array.prototype, {
    toJSON(this: unknown[]): string {
      return `[${this.map((item) => JSON.stringify(item)).join(', ')}]`;
    },
  });
  Object.assign(String.prototype, {
    toJSON(this: string): string {
      return `"${this.valueOf()}"`;
    },
  });
  Object.assign(Number.prototype, {
    toJSON(this: number): string {
      return `${this.valueOf()}`;
    },
  });
}

export function unpatch(): void {
  for (const { prototype } of [Array, String, Number]) Reflect.deleteProperty(prototype, 'toJSON');
}
