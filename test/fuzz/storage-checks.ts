import { expect } from 'vitest';
import * as fc from 'fast-check';
import { ResumableCallStorage } from '../../src/call/resumable-call.js';
import { isMessage, readMessages } from '../../src/chat/thread-message.js';
import { readSession, ThreadStorage } from '../../src/chat/thread-storage.js';
import { ThreadSync, type Channel } from '../../src/chat/thread-sync.js';
import { EMPTY_RECORD, Thread } from '../../src/chat/thread.js';
import { check, type Check } from './check.js';
import { jsonOf, textOf } from './given.js';

const SLACK_MS = 60_000;
const NAMES =
  'version at session id messages role text channel status rev note seconds idempotencyKey reason name draft clearedAt removed type agentId baseUrl user leftAt offer transport serverUrl token callId'.split(
    ' ',
  );
const TEXTS = [
  'user',
  'agent',
  'note',
  'chat',
  'voice',
  'sent',
  'failed',
  'sending',
  'arriving',
  'call-started',
  'Hello',
  'state',
  'hello',
  'm1',
  'm2',
  'agent_1',
  'https://api.example',
  'wss://media.example',
  'wss://evil.example',
  'token',
];

const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 1e18, 8.64e15, -8.64e15, Number.MAX_SAFE_INTEGER, 1e300),
  fc.integer(),
  fc.nat(5).map((ms) => Date.now() - ms),
  fc.constant(Date.now() + 1e9),
);

/** A message, or nearly one. */
const message = fc.record(
  {
    id: fc.constantFrom('m1', 'm2', 'm1-reply', '', '__proto__'),
    role: fc.constantFrom('user', 'agent', 'note', 'system'),
    text: textOf(['Hello'], 2),
    channel: fc.constantFrom('chat', 'voice'),
    status: fc.constantFrom('sending', 'sent', 'failed', 'arriving'),
    at: number,
    rev: fc.option(number, { nil: undefined }),
    note: fc.option(fc.constant('call-started'), { nil: undefined }),
    seconds: fc.option(number, { nil: undefined }),
    idempotencyKey: fc.option(textOf(['key'], 2), { nil: undefined }),
  },
  { requiredKeys: ['id', 'role', 'text', 'channel', 'status', 'at'] },
);
const session = fc.oneof(
  fc.constant(null),
  fc.record({ id: fc.constantFrom('s1', 's2', 'x'.repeat(401)), at: number }),
);
const record = fc.record({
  version: fc.constantFrom(2, 2, 2, 1),
  at: number,
  session,
  messages: fc.array(message, { maxLength: 6 }),
  draft: textOf(['draft'], 2),
  clearedAt: number,
});
const anything = jsonOf(NAMES, TEXTS);
const written = (value: unknown): string => JSON.stringify(value);
const stored = fc.oneof({ weight: 3, arbitrary: record.map(written) }, { weight: 1, arbitrary: anything });

function expectSound({
  messages,
  session: known,
  clearedAt,
}: Pick<Thread, 'messages' | 'session' | 'clearedAt'>): void {
  const latest = Date.now() + SLACK_MS;
  for (const each of messages) {
    expect(isMessage(each)).toBe(true);
    expect(each.at).toBeLessThanOrEqual(latest);
  }
  expect(new Set(messages.map(({ id }) => id)).size, 'two messages of one id').toBe(messages.length);
  expect(clearedAt).toBeLessThanOrEqual(latest);
  if (!known) return;
  expect(known.id.length).toBeLessThanOrEqual(400);
  expect(known.at).toBeLessThanOrEqual(latest);
}

function storeOf(items: Record<string, string>): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const map = new Map(Object.entries(items));
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

const PLACE = { agentId: 'agent_1', baseUrl: 'https://api.example', user: '' };

export const storageChecks: Check[] = [
  check('what is kept of a conversation is one, or nothing', stored, (text) => {
    const storage = new ThreadStorage('thread', () => storeOf({ thread: text }));
    const read = storage.load();
    if (read) expectSound(read);
    const thread = new Thread(() => undefined);
    thread.restore(read ?? EMPTY_RECORD);
    thread.addTyped('New');
    expect(thread.messages.at(-1)?.text).toBe('New');
  }),
  check(
    'any text in the storage is a conversation, or nothing',
    fc.oneof(jsonOf(NAMES, TEXTS), textOf(['{', '}', '"', 'version', ':', '2'])),
    (text) => {
      const read = new ThreadStorage('thread', () => storeOf({ thread: text })).load();
      if (read) expectSound(read);
      readSession(text, 0);
      readMessages([text], 0);
    },
  ),
  check(
    'whatever another tab says, the conversation is one, and takes new messages',
    fc.array(
      fc.oneof(
        record.map((each) => written({ type: 'state', removed: ['m1'], ...each })),
        anything,
        fc.constant('{"type":"hello"}'),
      ),
      { maxLength: 6 },
    ),
    (letters) => {
      const box = new EventTarget();
      const channel: Channel = {
        addEventListener: box.addEventListener.bind(box),
        postMessage: (data: unknown) => void structuredClone(data),
        close: () => undefined,
      };
      const thread = new Thread(() => undefined);
      const sync = new ThreadSync(thread, channel);
      for (const letter of letters) {
        const data: unknown = JSON.parse(letter);
        box.dispatchEvent(new MessageEvent('message', { data }));
        expectSound(thread);
        sync.publish();
      }
      const typed = thread.addTyped('New');
      expect(thread.find(typed.id)?.text).toBe('New');
      sync.publish();
      sync.leave();
    },
  ),
  check(
    'a call that was left leads to a server that connect has named, for half a minute',
    fc.oneof(
      anything,
      fc
        .record({
          agentId: fc.constant('agent_1'),
          baseUrl: fc.constant('https://api.example'),
          user: fc.constant(''),
          leftAt: number,
          offer: fc.oneof(
            jsonOf(['serverUrl', 'token', 'callId', 'webrtcUrl', 'transport'], TEXTS)
              .filter((text) => !text.includes('[['.repeat(20)))
              .map((text): unknown => JSON.parse(text)),
            fc.record({
              serverUrl: fc.constantFrom(
                'wss://media.example',
                'wss://evil.example',
                'wss://media.example:1',
                'wss://media.example@evil.example',
                'javascript:x',
              ),
              token: fc.constant('a.b.c'),
              callId: fc.constant('call_1'),
            }),
          ),
        })
        .map(written),
    ),
    (text) => {
      const tab = storeOf({ held: text });
      const site = storeOf({ 'osmtalk:media-servers': 'https://api.example wss://media.example' });
      const calls = new ResumableCallStorage(
        'held',
        () => tab,
        () => site,
      );
      const held = calls.take(PLACE);
      expect(tab.getItem('held')).toBeNull();
      if (!held) return;
      expect(calls.remainingMs(held)).toBeGreaterThan(0);
      expect(calls.remainingMs(held)).toBeLessThanOrEqual(30_000);
      if (held.offer.transport === 'livekit')
        expect(new URL(held.offer.serverUrl).host).toBe('media.example');
      expect(held.offer.transport).not.toBe('webrtc');
    },
  ),
];
