import { describe, expect, it } from 'vitest';
import { ChatSession } from '../../../src/chat/chat-session.js';
import { isMessage } from '../../../src/chat/thread-message.js';
import { Thread } from '../../../src/chat/thread.js';
import { clientOf, fakeApi, json, streamed, type Answer } from '../api/fake-api.js';

const agent = { sessionId: 's', mode: 'agent', helpRequested: false };
const asked = { ...agent, helpRequested: true };
const support = { ...agent, reply: '', mode: 'support', helpRequested: true };

/** A conversation whose messages get these answers, one each. */
async function talk(...answers: (object | Answer)[]) {
  const api = fakeApi(...answers.map((each) => (typeof each === 'function' ? (each as Answer) : json(each))));
  const client = clientOf(api, { maxRetries: 0 });
  const thread = new Thread(() => undefined);
  const errors: unknown[] = [];
  const open = (): ChatSession =>
    new ChatSession(thread, () => ({ agentId: 'agent_1', client, body: {} }), {
      onMessage: () => undefined,
      onBusy: () => undefined,
      onError: (error) => errors.push(error),
    });
  let chat = open();
  const say = async (text = 'Hi'): Promise<void> => {
    chat.send(text);
    await expect.poll(() => chat.busy).toBe(false);
  };
  const lines = (): string[] => thread.messages.map(({ note, role, text }) => note ?? `${role}: ${text}`);
  const reload = (): void => {
    chat.dispose();
    chat = open();
  };
  for (let turn = 1; turn < answers.length; turn++) await say();
  return { say, lines, errors, reload, thread, chat: () => chat };
}

describe('a person answers', () => {
  it('is said once, below the message; an empty reply is no line and no error', async () => {
    const { say, lines, errors, thread } = await talk({ ...agent, reply: 'Hello' }, support);
    await say('A person, please');
    await say('Are you there?');
    expect(lines()).toEqual([
      'user: Hi',
      'agent: Hello',
      'user: A person, please',
      'person-requested',
      'person-answers',
      'user: Are you there?',
    ]);
    expect(thread.messages.map(({ status }) => status)).toEqual(thread.messages.map(() => 'sent'));
    expect(errors).toEqual([]);
    // Kept over a reload, and told to other tabs.
    expect(thread.messages.every(isMessage)).toBe(true);
  });

  it('is said again after the agent has come back, which is said as well', async () => {
    const { say, lines } = await talk(support, { ...agent, reply: 'Me again' }, support);
    await say();
    expect(lines()).toEqual([
      'user: Hi',
      'person-requested',
      'person-answers',
      'user: Hi',
      'agent: Me again',
      'agent-answers',
      'user: Hi',
      'person-requested',
      'person-answers',
    ]);
  });

  it('follows what the agent says at last', async () => {
    const { say, lines } = await talk({ ...support, reply: 'I get somebody' });
    await say();
    expect(lines()).toEqual(['user: Hi', 'agent: I get somebody', 'person-requested', 'person-answers']);
  });

  it('was asked for, and has not come yet', async () => {
    const { say, lines } = await talk({ ...asked, reply: 'Soon' }, { ...asked, reply: 'Wait' }, support);
    await say();
    expect(lines()).toEqual([
      'user: Hi',
      'agent: Soon',
      'person-requested',
      'user: Hi',
      'agent: Wait',
      'user: Hi',
      'person-answers',
    ]);
  });

  it('is not said again after a reload, and in a new conversation it is', async () => {
    const { say, lines, reload, thread } = await talk(support);
    await say();
    reload();
    await say();
    expect(lines()).toEqual(['user: Hi', 'person-requested', 'person-answers', 'user: Hi']);
    thread.clear();
    reload();
    await say();
    expect(lines()).toEqual(['user: Hi', 'person-requested', 'person-answers']);
  });

  it('is told at the end of a stream as well', async () => {
    const { say, lines } = await talk(
      streamed(
        [
          'data: {"delta": "I get somebody"}\n\n',
          'data: {"done": true, "mode": "support", "helpRequested": true}\n\n',
        ],
        { type: 'text/event-stream' },
      ),
    );
    await say();
    expect(lines()).toEqual(['user: Hi', 'agent: I get somebody', 'person-requested', 'person-answers']);
  });

  it('may say nothing at all', async () => {
    const { say, lines, errors } = await talk({ data: { session_id: 's', mode: 'support' } });
    await say();
    expect(lines()).toEqual(['user: Hi', 'person-answers']);
    expect(errors).toEqual([]);
  });

  it('nobody is said to be writing then', async () => {
    const { say, chat } = await talk({ ...agent, reply: 'Hello' }, support);
    chat().send('one');
    expect(chat().awaitsAgent).toBe(true);
    await expect.poll(() => chat().busy).toBe(false);
    await say();
    chat().send('two');
    expect([chat().busy, chat().awaitsAgent]).toEqual([true, false]);
  });

  it.each([
    { reply: 'Hi' },
    { reply: 'Hi', mode: 'ai' },
    { reply: 'Hi', mode: 7, helpRequested: 'true' },
    { reply: 'Hi', mode: { support: true } },
  ])('is nothing that %j says', async (answer) => {
    const { say, lines } = await talk(answer);
    await say();
    expect(lines()).toEqual(['user: Hi', 'agent: Hi']);
  });
});
