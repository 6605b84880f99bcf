import { expect } from 'vitest';
import * as fc from 'fast-check';
import {
  readAgentState,
  readToolCall,
  readToolStatus,
  toToolStatus,
} from '../../src/voice/agent-messages.js';
import { readAgentMessage } from '../../src/voice/data-channel-messages.js';
import { OldTranscripts, readOldChat, TranscriptReader } from '../../src/voice/dialects/livekit-agents.js';
import { readRtvi } from '../../src/voice/dialects/rtvi-envelope.js';
import { readToolMessage } from '../../src/voice/dialects/rtvi-tools.js';
import { RtviDialect } from '../../src/voice/dialects/rtvi.js';
import type { ToolStatus, TransportEvent } from '../../src/voice/transport.js';
import { check, orDocumented, type Check } from './check.js';
import { inPieces, jsonOf, longTextOf, textOf } from './given.js';

const MOST_TEXT = 64 * 1024;

const MESSAGE_NAMES =
  'type state id role text final name status seconds arguments reason error result message'.split(' ');
const MESSAGE_TEXTS = [
  'agent_joined',
  'agent_state',
  'transcript',
  'tool_status',
  'client_tool',
  'end',
  'alive',
  'replaced',
  'user',
  'agent',
  'listening',
  'running',
  'done',
  'idle',
  'x'.repeat(200),
  'x'.repeat(201),
  '{"a":1}',
  '{',
];

const RTVI_TYPES = [
  'bot-ready',
  'bot-started-speaking',
  'bot-stopped-speaking',
  'user-started-speaking',
  'bot-llm-started',
  'user-stopped-speaking',
  'bot-llm-stopped',
  'bot-interrupted',
  'user-transcription',
  'bot-output',
  'bot-tts-text',
  'bot-transcription',
  'llm-function-call-started',
  'llm-function-call-in-progress',
  'llm-function-call-stopped',
  'llm-function-call',
  'server-message',
  'error',
  'metrics',
];
const RTVI_NAMES =
  'text final segment_id spoken will_be_spoken spoken_status spoken_progress accumulated_text function_name tool_call_id arguments args cancelled fatal name tool status seconds data payload message'.split(
    ' ',
  );
const RTVI_TEXTS = [
  'Hello',
  ' you',
  'completed',
  'running',
  'done',
  'get_cart',
  'call_1',
  '{"a":1}',
  '{',
  'x'.repeat(300),
];

function expectTool({ name, status, seconds }: ToolStatus): void {
  expect(name.length).toBeLessThanOrEqual(80);
  expect(['running', 'done', 'failed']).toContain(status);
  expect(seconds >= 0 && Number.isFinite(seconds)).toBe(true);
}

function expectEvent(event: TransportEvent): void {
  if (event.type === 'tool-status') expectTool(event.tool);
  if (event.type !== 'transcript') return;
  const { id, role, text } = event.entry;
  expect(id).not.toBe('');
  expect(['user', 'agent']).toContain(role);
  expect(text.length).toBeLessThanOrEqual(MOST_TEXT);
}

function isSyntaxOrType(error: unknown): boolean {
  return error instanceof TypeError || error instanceof SyntaxError;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const voiceChecks: Check[] = [
  check(
    'a message of the data channel is one of ours, or none',
    fc.oneof(jsonOf(MESSAGE_NAMES, MESSAGE_TEXTS), textOf(MESSAGE_TEXTS, 4)),
    (text) => {
      const message = readAgentMessage(text);
      if (message?.type === 'transcript') expectEvent({ type: 'transcript', entry: message.entry });
      if (message?.type === 'tool_status') expectTool(message.tool);
      if (message?.type === 'client_tool') expect(message.id.length).toBeLessThanOrEqual(200);
      if (message?.type === 'agent_state')
        expect(message.agentState).toMatch(/^(?:initializing|idle|listening|thinking|speaking|failed)$/);
      for (const status of [readToolStatus(encode(text)), readToolMessage(text)])
        if (status) expectTool(status);
      const call = orDocumented(() => readToolCall(text), isSyntaxOrType);
      if (call) expect(typeof call.name).toBe('string');
      const old = readOldChat(encode(text));
      if (old) expect([typeof old.id, old.text === '']).toEqual(['string', false]);
      readAgentState(text);
    },
  ),
  check(
    'a message of any kind is a tool’s state, or none',
    jsonOf([...MESSAGE_NAMES, ...RTVI_NAMES], [...MESSAGE_TEXTS, ...RTVI_TEXTS]),
    (written) => {
      const json: unknown = JSON.parse(written);
      for (const status of [toToolStatus(json), readToolMessage(json)]) if (status) expectTool(status);
      expect(readAgentMessage(json)).toBe(null);
    },
  ),
  check(
    'RTVI, in whatever order: every line has words of a bearable length, each tool is run once, and nothing is thrown',
    fc.array(fc.tuple(fc.constantFrom(...RTVI_TYPES), jsonOf(RTVI_NAMES, RTVI_TEXTS), fc.boolean()), {
      maxLength: 25,
    }),
    async (messages) => {
      const run: string[] = [];
      const dialect = new RtviDialect({
        emit: expectEvent,
        send: (text) => expect(JSON.parse(text)).toMatchObject({ label: 'rtvi-ai' }),
        onReady: () => undefined,
        onToolCall: (name, args) => {
          run.push(name);
          return name.length % 2 === 0
            ? Promise.resolve(JSON.stringify(typeof args))
            : Promise.reject(new Error('no'));
        },
        hasTool: (name) => name === 'get_cart',
      });
      const ids = new Set<string>();
      for (const [type, data, isNested] of messages) {
        const text = `{"label":"rtvi-ai","type":${JSON.stringify(type)},"data":${data}}`;
        const message = readRtvi(isNested ? text : text.replace('{', '{"id":"1",'));
        expect(message === null).toBe(text.length > 256 * 1024);
        if (!message) continue;
        const { tool_call_id: id } = Object(message.data) as { tool_call_id?: unknown };
        if (typeof id === 'string') ids.add(id);
        dialect.receive(message);
      }
      // Each call of a tool is answered in a few turns.
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
      dialect.close();
      expect(run.length).toBeLessThanOrEqual(ids.size);
    },
  ),
  check(
    'any text is a message of RTVI, or none',
    fc.oneof(
      jsonOf(['label', 'type', 'data'], ['rtvi-ai', 'bot-ready']),
      textOf(['rtvi-ai', '"', '{', '}', ':', 'label', 'type']),
    ),
    (text) => {
      const message = readRtvi(text);
      if (message) expect([message.label, typeof message.type]).toEqual(['rtvi-ai', 'string']);
    },
  ),
  check(
    'a line that LiveKit’s agents say grows, and is final once',
    fc.tuple(
      inPieces(
        textOf(
          [
            'Hello ',
            'you',
            '{"text":"Hello"}',
            '{"text":" you","start_time":1}',
            '{"',
            '"}',
            '\n',
            '{"text":',
            '😀',
            'x'.repeat(40_000),
          ],
          12,
        ),
      ),
      fc.constantFrom(undefined, 'true', 'false'),
      fc.constantFrom('user' as const, 'agent' as const),
      fc.boolean(),
    ),
    ([{ pieces }, final, role, broken]) => {
      const attributes = (): Record<string, string> => ({
        'lk.segment_id': 's',
        ...(final !== undefined && { 'lk.transcription_final': final }),
      });
      const reader = new TranscriptReader({ id: 'stream', attributes }, { role }, new OldTranscripts());
      const events = pieces.flatMap((piece) => reader.add(piece));
      const ends = reader.close(broken);
      [...events, ...ends].forEach(expectEvent);
      expect(ends.length).toBeLessThanOrEqual(1);
    },
  ),
  check(
    'a long line of LiveKit’s agents is read in time',
    fc.tuple(
      longTextOf(['{"text":"Hello"}\n', '{"text":" you"}\n', 'x', '{"', '\n', '{"text":"'], MOST_TEXT),
      fc.integer({ min: 4, max: 60 }),
    ),
    ([text, size]) => {
      const reader = new TranscriptReader(
        { id: 's', attributes: () => undefined },
        { role: 'agent' },
        new OldTranscripts(),
      );
      for (let at = 0; at < text.length; at += size) reader.add(text.slice(at, at + size));
      reader.close().forEach(expectEvent);
    },
    { isSlow: true },
  ),
  check(
    'old transcripts are lines, or nothing',
    fc.array(
      fc.record({
        id: textOf(['a'], 2),
        text: fc.oneof(textOf(['Hello'], 3), fc.constant('x'.repeat(70_000))),
        final: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    (segments) => {
      for (const event of new OldTranscripts().read(segments, { role: 'agent' }))
        if (event.type === 'transcript') expect(event.entry.text.length).toBeLessThanOrEqual(MOST_TEXT);
    },
  ),
];
