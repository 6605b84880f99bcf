import { describe, expect, it } from 'vitest';
import { readAgentMessage } from '../../../src/voice/data-channel-messages.js';

function read(message: unknown) {
  return readAgentMessage(JSON.stringify(message));
}

describe('a message of the agent', () => {
  it.each(['agent_joined', 'agent_left', 'alive'])('%s says all by its type', (type) => {
    expect(read({ type, more: 1 })).toEqual({ type });
  });

  it('tells the agent’s state', () => {
    expect(read({ type: 'agent_state', state: 'thinking' })).toEqual({
      type: 'agent_state',
      agentState: 'thinking',
    });
  });

  it('brings a line; one that is not said to be final may still grow', () => {
    const line = { type: 'transcript', id: 'line_1', role: 'agent', text: 'Hello' };
    const entry = { id: 'line_1', role: 'agent', text: 'Hello' };
    expect(read(line)).toEqual({ type: 'transcript', entry: { ...entry, final: false } });
    expect(read({ ...line, final: true })).toEqual({ type: 'transcript', entry: { ...entry, final: true } });
  });

  it('tells how a tool is going', () => {
    expect(read({ type: 'tool_status', name: 'book', status: 'done', seconds: 1.5 })).toEqual({
      type: 'tool_status',
      tool: { name: 'book', status: 'done', seconds: 1.5 },
    });
  });

  it('asks for a tool under an id; what is wrong with the rest is for the answer', () => {
    expect(read({ type: 'client_tool', id: 'ask_1' })).toEqual({ type: 'client_tool', id: 'ask_1' });
  });

  it('ends the call, or hands it to another connection', () => {
    expect(read({ type: 'end', reason: 'ended' })).toEqual({ type: 'end', end: 'remote' });
    expect(read({ type: 'end' })).toEqual({ type: 'end', end: 'remote' });
    expect(read({ type: 'end', reason: 'replaced' })).toEqual({ type: 'end', end: 'replaced' });
  });
});

describe('anything else is ignored', () => {
  it.each<[string, unknown]>([
    ['bytes', new ArrayBuffer(8)],
    ['nothing', undefined],
    ['no JSON', '{"type":'],
    ['a text', '"alive"'],
    ['null', 'null'],
    ['a list', '[{"type":"alive"}]'],
    ['no type', '{}'],
    ['a type of a newer server', '{"type":"weather"}'],
    ['a type that every object has', '{"type":"constructor"}'],
    ['a state that is none', '{"type":"agent_state","state":7}'],
    ['a line without id', '{"type":"transcript","role":"agent","text":"Hi"}'],
    ['a line of a stranger', '{"type":"transcript","id":"1","role":"system","text":"Hi"}'],
    ['a line without text', '{"type":"transcript","id":"1","role":"agent","text":{"a":1}}'],
    ['a tool without name', '{"type":"tool_status","status":"done"}'],
    ['a question without id', '{"type":"client_tool","name":"book"}'],
    ['an endless id', JSON.stringify({ type: 'client_tool', id: 'x'.repeat(201) })],
    ['an endless message', JSON.stringify({ type: 'alive', more: 'x'.repeat(64 * 1024) })],
  ])('%s', (_, data) => {
    expect(readAgentMessage(data)).toBeNull();
  });
});
