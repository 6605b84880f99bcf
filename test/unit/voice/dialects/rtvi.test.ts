import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientReady, readRtvi } from '../../../../src/voice/dialects/rtvi-envelope.js';
import { readToolMessage } from '../../../../src/voice/dialects/rtvi-tools.js';
import { RtviDialect } from '../../../../src/voice/dialects/rtvi.js';
import type { TransportEvent } from '../../../../src/voice/transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Message = [type: string, data?: unknown];

function open(tools: Record<string, (args: unknown) => unknown> = {}) {
  const told: TransportEvent[] = [];
  const sent: { type: string; data: Record<string, unknown> }[] = [];
  const dialect = new RtviDialect({
    emit: (event) => told.push(event),
    send: (message) => sent.push(JSON.parse(message) as (typeof sent)[number]),
    onReady: () => told.push({ type: 'agent-joined' }),
    onToolCall: async (name, args) => {
      const tool = tools[name];
      if (!tool) throw new Error(`The page has no tool "${name}"`);
      return JSON.stringify(await tool(args));
    },
    hasTool: (name) => name in tools,
    now: () => Date.now(),
  });
  const play = (...messages: Message[]): void => {
    for (const [type, data] of messages) {
      const message = readRtvi(JSON.stringify({ label: 'rtvi-ai', type, id: 'x', data }));
      if (message) dialect.receive(message);
    }
  };
  return { dialect, told, sent, play };
}

/** The conversation as it stands: each line once, `!` when final. */
function lines(told: TransportEvent[]): string[] {
  const shown = new Map<string, string>();
  for (const event of told) {
    if (event.type !== 'transcript') continue;
    const { id, role, text, final } = event.entry;
    shown.set(id, `${role}: ${text}${final ? '!' : ''}`);
  }
  return [...shown.values()];
}

const states = (told: TransportEvent[]): string[] =>
  told.flatMap((event) => (event.type === 'agent-state' ? [event.agentState] : []));
const tools = (told: TransportEvent[]): string[] =>
  told.flatMap((event) => (event.type === 'tool-status' ? [`${event.tool.name} ${event.tool.status}`] : []));

function output(segment: number, status: string, spoken: string, text = 'Hello there, Ada.'): Message {
  const progress = { accumulated_text: spoken, remaining_text: '' };
  return [
    'bot-output',
    {
      text,
      segment_id: segment,
      aggregated_by: 'sentence',
      will_be_spoken: true,
      spoken_status: status,
      spoken_progress: progress,
    },
  ];
}

describe('the state', () => {
  it('follows who speaks', () => {
    const { play, told } = open();
    play(
      ['bot-ready', { version: '2.1.0' }],
      ['bot-started-speaking'],
      ['bot-stopped-speaking'],
      ['user-started-speaking'],
      ['user-stopped-speaking'],
      ['bot-llm-started'],
      ['bot-started-speaking'],
    );
    expect(told[0]).toEqual({ type: 'agent-joined' });
    expect(states(told)).toEqual(['speaking', 'listening', 'listening', 'thinking', 'thinking', 'speaking']);
  });
});

describe('the visitor’s words', () => {
  it('that are still being heard when the bot speaks stay one line, and are final once they are', () => {
    const { play, told } = open();
    play(
      ['user-started-speaking'],
      ['user-transcription', { text: 'I need', final: true }],
      ['user-transcription', { text: 'a', final: false }],
      ['bot-started-speaking'],
    );
    expect(lines(told)).toEqual(['user: I need a']);
    play(['user-transcription', { text: 'a cleaning', final: true }]);
    expect(lines(told)).toEqual(['user: I need a cleaning!']);
    play(
      ['user-transcription', { text: 'Tomorrow', final: true }],
      ['bot-started-speaking'],
      ['user-transcription', { text: 'Hm', final: false }],
      ['bot-started-speaking'],
      ['bot-started-speaking'],
    );
    expect(lines(told)).toEqual(['user: I need a cleaning!', 'user: Tomorrow!', 'user: Hm!']);
  });

  it('of one turn are one line, however many finals it has, and final when the bot speaks', () => {
    const { play, told } = open();
    play(
      ['user-transcription', { text: 'I', final: false }],
      ['user-transcription', { text: 'I need', final: true }],
      ['user-transcription', { text: 'a cleaning', final: false }],
      ['user-transcription', { text: 'a cleaning on Monday', final: true }],
    );
    expect(lines(told)).toEqual(['user: I need a cleaning on Monday']);
    play(['bot-started-speaking'], ['user-transcription', { text: 'Thanks', final: true }]);
    expect(lines(told)).toEqual(['user: I need a cleaning on Monday!', 'user: Thanks']);
  });
});

describe('the bot’s words, 2.1', () => {
  it('grow as they are spoken, and are final once', () => {
    const { play, told } = open();
    play(
      output(1, 'new', ''),
      ['bot-tts-text', { text: 'Hello' }],
      output(1, 'in-progress', 'Hello'),
      output(1, 'in-progress', 'Hello there,'),
      output(1, 'completed', 'Hello there, Ada.'),
      output(2, 'in-progress', 'How can', 'How can I help?'),
    );
    expect(lines(told)).toEqual(['agent: Hello there, Ada.!', 'agent: How can']);
    expect(told.filter((event) => event.type === 'transcript' && event.entry.final)).toHaveLength(1);
  });

  it('stop where the voice stopped', () => {
    const { play, told } = open();
    play(output(1, 'in-progress', 'Hello'), ['bot-interrupted'], output(1, 'completed', 'Hello there, Ada.'));
    expect(lines(told)).toEqual(['agent: Hello!']);
    expect(states(told).at(-1)).toBe('listening');
  });

  it('that are not spoken are there at once', () => {
    const { play, told } = open();
    play([
      'bot-output',
      { text: 'See the list.', segment_id: 'a', will_be_spoken: false, spoken_status: 'new' },
    ]);
    expect(lines(told)).toEqual(['agent: See the list.!']);
  });
});

describe('the bot’s words, 1.x', () => {
  it('are shown as they are spoken, and not once more as they were thought', async () => {
    const { play, told } = open();
    play(
      ['bot-llm-started'],
      ['bot-output', { text: 'Hello there, Ada.', spoken: false, aggregated_by: 'sentence' }],
      ['bot-llm-stopped'],
      ['bot-started-speaking'],
      ['bot-output', { text: 'Hello', spoken: true, aggregated_by: 'word' }],
      ['bot-output', { text: 'there,', spoken: true, aggregated_by: 'word' }],
      ['bot-output', { text: 'Ada.', spoken: true, aggregated_by: 'word' }],
      ['bot-stopped-speaking'],
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lines(told)).toEqual(['agent: Hello there, Ada.!']);
  });

  it('without a voice come once it is clear that there is none', async () => {
    const { play, told } = open();
    play(
      ['bot-llm-started'],
      ['bot-output', { text: 'Written only.', spoken: false, aggregated_by: 'sentence' }],
      ['bot-llm-stopped'],
    );
    expect(lines(told)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(lines(told)).toEqual(['agent: Written only.!']);
  });

  it('of older bots come word by word', () => {
    const { play, told } = open();
    play(
      ['bot-llm-started'],
      ['bot-transcription', { text: 'Good morning.' }],
      ['bot-started-speaking'],
      ['bot-tts-text', { text: 'Good' }],
      ['bot-tts-text', { text: 'morning.' }],
      ['bot-stopped-speaking'],
    );
    expect(lines(told)).toEqual(['agent: Good morning.!']);
  });

  it('or in sentences alone', () => {
    const { play, told } = open();
    play(
      ['bot-started-speaking'],
      ['bot-transcription', { text: 'Good morning.' }],
      ['bot-stopped-speaking'],
    );
    expect(lines(told)).toEqual(['agent: Good morning.!']);
  });
});

describe('tools', () => {
  it('of the bot are shown by name, with their time', async () => {
    const { play, told } = open();
    const call = { function_name: 'find_slot', tool_call_id: 't1' };
    play(
      ['llm-function-call-started', { function_name: 'find_slot' }],
      ['llm-function-call-in-progress', { ...call, arguments: {} }],
    );
    await vi.advanceTimersByTimeAsync(2_000);
    play(['llm-function-call-stopped', { ...call, cancelled: false, result: 'ten' }]);
    expect(told.at(-1)).toEqual({
      type: 'tool-status',
      tool: { name: 'find_slot', status: 'done', seconds: 2 },
    });
    expect(tools(told)).toEqual(['find_slot running', 'find_slot done']);
  });

  it('without a name are shown as work, and cancelled ones as failed', () => {
    const { play, told } = open();
    play(
      ['llm-function-call-started', {}],
      ['llm-function-call-in-progress', { tool_call_id: 't1' }],
      ['llm-function-call-stopped', { tool_call_id: 't1', cancelled: true }],
    );
    expect(tools(told)).toEqual([' running', ' failed']);
  });

  it('of the page are run once, and their result is sent back', async () => {
    const { play, told, sent } = open({ get_cart: ({ id }: { id: number }) => ({ items: id }) } as never);
    const call = { function_name: 'get_cart', tool_call_id: 't1', arguments: { id: 3 } };
    play(
      ['llm-function-call-in-progress', call],
      ['llm-function-call-in-progress', call],
      ['llm-function-call-stopped', { ...call, cancelled: false }],
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toMatchObject([
      {
        label: 'rtvi-ai',
        type: 'llm-function-call-result',
        data: { function_name: 'get_cart', tool_call_id: 't1', arguments: { id: 3 }, result: { items: 3 } },
      },
    ]);
    expect(tools(told)).toEqual([]);
  });

  it('are asked for in the old way, too, and an error is an answer', async () => {
    const { play, sent } = open();
    play(['llm-function-call', { function_name: 'no_such', tool_call_id: 't1', args: {} }]);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toMatchObject([{ data: { result: { error: 'The page has no tool "no_such"' } } }]);
  });

  it.each<[unknown, string | null]>([
    [{ name: 'calendar', status: 'running', seconds: 0 }, 'calendar running'],
    [{ type: 'tool_status', tool: 'calendar', status: 'completed' }, 'calendar done'],
    [{ tool_name: 'calendar', status: 'ERROR' }, 'calendar failed'],
    [{ type: 'tool', data: { name: 'calendar', status: 'started' } }, 'calendar running'],
    [{ name: 'calendar', status: 'constructor' }, null],
    [{ greeting: 'hi' }, null],
    ['running', null],
    [null, null],
  ])('a server message %j', (data, expected) => {
    const tool = readToolMessage(data);
    expect(tool && `${tool.name} ${tool.status}`).toBe(expected);
    const { play, told } = open();
    play(['server-message', data]);
    expect(tools(told)).toEqual(expected === null ? [] : [expected]);
  });
});

describe('what goes out', () => {
  it('is typed text that is answered at once, and a goodbye', () => {
    const { dialect, sent } = open();
    dialect.sendText('Hello');
    dialect.leave();
    expect(sent).toMatchObject([
      {
        label: 'rtvi-ai',
        type: 'send-text',
        data: { content: 'Hello', options: { run_immediately: true, audio_response: true } },
      },
      { label: 'rtvi-ai', type: 'disconnect-bot' },
    ]);
  });

  it('is a greeting that the other side can read', () => {
    expect(readRtvi(clientReady())).toMatchObject({
      type: 'client-ready',
      id: expect.stringMatching(/.+/),
      data: { version: '2.1.0', about: { library: 'osmtalk-widget' } },
    });
  });
});

it('a fatal error is the end, and another is not', () => {
  const { play, told } = open();
  play(['error', { error: 'one sentence was lost', fatal: false }]);
  expect(told).toEqual([]);
  play(['error', { error: 'no more', fatal: true }]);
  expect(told).toMatchObject([{ type: 'disconnected', end: 'remote' }]);
});

it.each([
  '{"label":"rtvi-ai"',
  '{"label":"rtvi-ai"}',
  '{"label":"other","type":"bot-ready","x":"rtvi-ai"}',
  '"rtvi-ai"',
  'null',
  '{"type":"bot-ready"}',
  `{"label":"rtvi-ai","type":"x","data":"${'x'.repeat(300_000)}"}`,
])('%s is not of this dialect', (text) => expect(readRtvi(text)).toBeNull());

it.each<Message>([
  ['bot-output', null],
  ['bot-output', 'text'],
  ['user-transcription', { text: { a: 1 }, final: true }],
  ['llm-function-call', { function_name: 7 }],
  ['bot-output', { segment_id: {}, text: [] }],
  ['constructor', {}],
])('%s with %j does no harm', (type, data) => {
  const { play, told } = open();
  play([type, data]);
  expect(told).toEqual([]);
});

it.each(['1e999', '-1e999', '-3', '"4"', 'null'])(
  'a tool that has taken %s seconds has taken none',
  (seconds) => {
    const data: unknown = JSON.parse(`{"name":"find_slot","status":"completed","seconds":${seconds}}`);
    expect(readToolMessage(data)).toEqual({ name: 'find_slot', status: 'done', seconds: 0 });
  },
);
