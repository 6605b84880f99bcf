import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toJson } from '../../../src/wire/to-json.js';
import { ClientTools } from '../../../src/call/client-tools.js';
import { ThreadStorage } from '../../../src/chat/thread-storage.js';
import { patchLikeOldPrototypeJs, unpatch } from '../../support/old-prototype-js.js';
import { message } from '../chat/messages.js';
import { clientOf, fakeApi, json } from '../api/fake-api.js';

class Tags extends Array<string> {
  toJSON(): string {
    return this.join('+');
  }
}

const VALUES: [name: string, value: unknown][] = [
  ['an object', { text: 'a "word"', count: 3, yes: true, nothing: null, left: undefined }],
  ['lists in lists', [[1, 'a'], [], [[null, undefined, { deep: ['b'] }]]]],
  ['lists in an object', { tags: ['a', 'b'], more: { tags: [{ id: 1 }] } }],
  ['a text', 'a "word"'],
  ['a number', 3],
  ['null', null],
  ['nothing', undefined],
  ['a date', { at: new Date(0), list: [new Date(0)] }],
  ['a class with a toJSON of its own', [{ toJSON: () => ['mine'] }]],
  ['a kind of array with a toJSON of its own', { tags: Tags.of('a', 'b') }],
];

describe('a page that leaves everything as it is', () => {
  it.each(VALUES)('%s', (_name, value) => {
    expect(toJson(value)).toBe(JSON.stringify(value));
    expect(toJson(value, 2)).toBe(JSON.stringify(value, null, 2));
  });
});

describe('a page with old Prototype.js', () => {
  const asBefore = new Map(VALUES.map(([name, value]) => [name, JSON.stringify(value, null, 1)]));

  beforeEach(patchLikeOldPrototypeJs);
  afterEach(unpatch);

  it('makes texts of lists', () => {
    expect(JSON.stringify({ list: ['a'] })).toBe(String.raw`{"list":"[\"a\"]"}`);
  });

  it.each(VALUES)('%s is written as everywhere', (name, value) => {
    expect(toJson(value, 1)).toBe(asBefore.get(name));
  });

  it('keeps what it has patched', () => {
    const patched = Object.getOwnPropertyDescriptor(Array.prototype, 'toJSON');
    toJson([1]);
    expect(patched).toBeDefined();
    expect(Object.getOwnPropertyDescriptor(Array.prototype, 'toJSON')).toEqual(patched);
  });

  it('sends requests with lists', async () => {
    const api = fakeApi(json({ reply: 'Hi' }));
    const sent = { message: 'Hi', dynamicVariables: { interests: ['a', 'b'] } };
    await clientOf(api).chat('agent_1', sent);
    expect(api.requests[0]?.body).toEqual(sent);
  });

  it('gives the agent the lists of a tool', async () => {
    const tools = new ClientTools(new Map([['rooms', { handler: () => [{ id: 1 }] }]]), {
      onStatus: () => undefined,
      confirm: async () => false,
    });
    await expect(tools.run('rooms', {})).resolves.toBe('[{"id":1}]');
  });

  it('gets its conversation back', () => {
    const items = new Map<string, string>();
    const storage = new ThreadStorage('agent_1', () => ({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    }));
    const messages = [message({ id: 'a' }), message({ id: 'b' })];
    storage.save({ session: null, messages, clearedAt: 0, draft: '' });
    expect(storage.load()?.messages).toEqual(messages);
  });
});
