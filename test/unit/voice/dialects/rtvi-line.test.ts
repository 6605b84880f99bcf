import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RtviLine } from '../../../../src/voice/dialects/rtvi-line.js';
import type { TransportEvent } from '../../../../src/voice/transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const sent: string[] = [];
  const told: TransportEvent[] = [];
  const line = new RtviLine({
    emit: (event) => told.push(event),
    send: (message) => sent.push((JSON.parse(message) as { type: string }).type),
    onReady: () => undefined,
    onToolCall: () => Promise.reject(new Error('none')),
    hasTool: () => false,
  });
  return { line, sent, told };
}

const speaking = JSON.stringify({ label: 'rtvi-ai', type: 'bot-started-speaking' });

it('a bot that may wait is greeted after half a second, once', async () => {
  const { line, sent } = open();
  line.awaitBot(() => false);
  line.awaitBot(() => false);
  await vi.advanceTimersByTimeAsync(499);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  line.receive(speaking);
  expect(sent).toEqual(['client-ready']);
});

it('who speaks another dialect is not greeted', async () => {
  const { line, sent } = open();
  line.awaitBot(() => true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual([]);
  expect(line.isSpoken).toBe(false);
});

it('the first message greets at once and is not lost while the dialect is fetched', async () => {
  const { line, sent, told } = open();
  expect(line.receive('{"type":"agent_joined"}')).toBe(false);
  expect(line.receive(speaking)).toBe(true);
  expect(sent).toEqual(['client-ready']);
  await vi.waitFor(() => expect(told).toEqual([{ type: 'agent-state', agentState: 'speaking' }]));
  await line.sendText('Hello');
  expect(sent).toEqual(['client-ready', 'send-text']);
  void line.close(true);
  await vi.waitFor(() => expect(sent.at(-1)).toBe('disconnect-bot'));
  expect(line.receive(speaking)).toBe(false);
});

it('a call that is left open says no goodbye to the bot', async () => {
  const { line, sent } = open();
  line.receive(speaking);
  await line.sendText('Hello');
  void line.close(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).not.toContain('disconnect-bot');
});
