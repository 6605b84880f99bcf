import { afterEach, expect, it, vi } from 'vitest';
import { TAG_NAME, defineOsmtalkWidget } from '../../../src/element/define.js';
import { OsmtalkWidget } from '../../../src/element/osmtalk-widget.js';

afterEach(() => void vi.unstubAllGlobals());

/** A registry that is as strict as the browser's. */
function stubRegistry(): Map<string, unknown> {
  const tags = new Map<string, unknown>();
  vi.stubGlobal('customElements', {
    get: (name: string) => tags.get(name),
    define: (name: string, element: unknown) => {
      if (tags.has(name)) throw new DOMException('already defined', 'NotSupportedError');
      tags.set(name, element);
    },
  });
  return tags;
}

it('registers the tag', () => {
  const tags = stubRegistry();
  defineOsmtalkWidget();
  expect(tags.get(TAG_NAME)).toBe(OsmtalkWidget);
});

it('leaves a copy in place that was there first', () => {
  const tags = stubRegistry();
  const first = class {};
  tags.set(TAG_NAME, first);
  expect(() => defineOsmtalkWidget()).not.toThrow();
  expect(tags.get(TAG_NAME)).toBe(first);
});

it('does nothing on a server', () => {
  vi.stubGlobal('customElements', undefined);
  expect(() => defineOsmtalkWidget()).not.toThrow();
});
