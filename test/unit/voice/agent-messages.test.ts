import { describe, expect, it } from 'vitest';
import {
  readAgentState,
  readToolCall,
  readToolStatus,
  toToolStatus,
} from '../../../src/voice/agent-messages.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the state of the agent', () => {
  it.each(['initializing', 'listening', 'thinking', 'speaking', 'failed'])('%s is known', (state) => {
    expect(readAgentState(state)).toBe(state);
  });

  it.each(['idle', 'Listening', ' listening', 'constructor', 'sleeping'])(
    '%s is none that the page can name, and so neither of the others',
    (state) => {
      expect(readAgentState(state)).toBe('idle');
    },
  );

  it.each([undefined, null, '', 3, {}, ['listening']])('%j is none', (state) => {
    expect(readAgentState(state)).toBeNull();
  });
});

describe('the state of a tool', () => {
  it.each(['running', 'done', 'failed'])('%s is read', (status) => {
    const message = { type: 'tool_status', name: 'calendar', status, seconds: 1.5 };
    const expected = { name: 'calendar', status, seconds: 1.5 };
    expect(toToolStatus(message)).toEqual(expected);
    expect(readToolStatus(bytes(JSON.stringify(message)))).toEqual(expected);
  });

  it.each([
    ['missing', undefined, 0],
    ['a text', '3', 0],
    ['negative', -1, 0],
    ['null', null, 0],
    ['endless', Number.POSITIVE_INFINITY, 0],
    ['no number', Number.NaN, 0],
    ['zero', 0, 0],
    ['long', 3_600, 3_600],
  ])('has its time as told: %s', (_what, seconds, expected) => {
    expect(toToolStatus({ name: 'calendar', status: 'running', seconds })?.seconds).toBe(expected);
  });

  it('has its name cut to what can be shown', () => {
    expect(toToolStatus({ name: 'x'.repeat(10_000), status: 'done' })?.name).toBe('x'.repeat(80));
  });

  it.each<[string, unknown]>([
    ['no object', 'calendar'],
    ['null', null],
    ['a list', ['calendar', 'running']],
    ['without a name', { status: 'running' }],
    ['with a name that is no text', { name: { toString: 1 }, status: 'running' }],
    ['without a status', { name: 'calendar' }],
    ['with a status that nobody knows', { name: 'calendar', status: 'paused' }],
    ['with a status that is no text', { name: 'calendar', status: ['running'] }],
  ])('is not read from what is %s', (_what, json) => {
    expect(toToolStatus(json)).toBeNull();
    expect(readToolStatus(bytes(JSON.stringify(json)))).toBeNull();
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['half a message', bytes('{"name":"calendar","sta')],
    ['no text at all', new Uint8Array([0xff, 0xfe, 0x00])],
    ['HTML', bytes('<html></html>')],
  ])('is not read from %s', (_what, payload) => {
    expect(readToolStatus(payload)).toBeNull();
  });
});

describe('the call of a tool', () => {
  it.each<[string, unknown, unknown]>([
    ['an object', { city: 'Pune' }, { city: 'Pune' }],
    ['JSON text', '{"city":"Pune"}', { city: 'Pune' }],
    ['JSON text of a list', '[1,2]', [1, 2]],
    ['a list', [1, 2], [1, 2]],
    ['nothing', undefined, {}],
    ['null', null, {}],
  ])('has arguments from %s', (_what, args, expected) => {
    expect(readToolCall(JSON.stringify({ name: 'weather', arguments: args }))).toEqual({
      name: 'weather',
      args: expected,
    });
  });

  it('without arguments in a text has none', () => {
    expect(readToolCall('{"name":"weather","arguments":""}')).toEqual({ name: 'weather', args: {} });
  });

  it.each<[string, string]>([
    ['no name', '{}'],
    ['an empty name', '{"name":""}'],
    ['a name that is no text', '{"name":7}'],
    ['null', 'null'],
    ['a number', '42'],
    ['a text', '"weather"'],
  ])('that names no tool is refused: %s', (_what, payload) => {
    expect(() => readToolCall(payload)).toThrow(TypeError);
    expect(() => readToolCall(payload)).toThrow('names no tool');
  });

  it.each([
    ['that is no JSON', 'weather'],
    ['that is empty', ''],
    ['whose arguments are no JSON', '{"name":"weather","arguments":"Pune"}'],
  ])('%s is refused', (_what, payload) => {
    expect(() => readToolCall(payload)).toThrow(SyntaxError);
  });
});
