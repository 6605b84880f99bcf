import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readOutcome } from '../../../src/call/read-outcome.js';
import { clientOf, fakeApi, json, networkError, status } from '../api/fake-api.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { signal } = new AbortController();

describe('the outcome of a call', () => {
  it('is read at once when it is there', async () => {
    const api = fakeApi(json({ status: 'completed' }));
    await expect(readOutcome({ client: clientOf(api), callId: 'call_1', signal })).resolves.toMatchObject({
      status: 'completed',
    });
    expect(api.waits).toEqual([]);
  });

  it('is waited for in doubling pauses while it is missing or the call still ends', async () => {
    const running = json({ status: 'in_progress' });
    const answers = [
      status(404),
      status(404),
      running,
      running,
      running,
      running,
      json({ status: 'failed' }),
    ];
    const api = fakeApi(...answers);
    await expect(readOutcome({ client: clientOf(api), callId: 'call_1', signal })).resolves.toMatchObject({
      status: 'failed',
    });
    expect(api.waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  it('is given up after a minute', async () => {
    const api = fakeApi(json({ status: 'in_progress' }));
    const client = clientOf({ ...api, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
    const outcome = readOutcome({ client, callId: 'call_1', signal });
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(outcome).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['the key may not read it', status(403)],
    ['the server stays broken', status(500)],
    ['nothing can be reached', networkError],
    ['it cannot be read', json({ no: 'status' })],
  ])('is none when %s', async (_why, answer) => {
    const client = clientOf(fakeApi(answer));
    const outcome = readOutcome({ client, callId: 'call_1', signal });
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(outcome).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is found after a time in which the server was broken', async () => {
    const broken = Array.from({ length: 6 }, () => status(503));
    const client = clientOf(fakeApi(...broken, json({ status: 'failed', failureReason: 'no_audio_output' })));
    const outcome = readOutcome({ client, callId: 'call_1', signal });
    await vi.advanceTimersByTimeAsync(12_000);
    await expect(outcome).resolves.toMatchObject({ failureReason: 'no_audio_output' });
  });

  it('is not asked for before a broken server wants to be asked', async () => {
    const later = () => new Response('{}', { status: 503, headers: { 'retry-after': '30' } });
    const api = fakeApi(later, json({ status: 'completed' }));
    const outcome = readOutcome({ client: clientOf(api), callId: 'call_1', signal });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(api.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(outcome).resolves.toMatchObject({ status: 'completed' });
  });

  it('is given up at once when the visitor goes on', async () => {
    const controller = new AbortController();
    const client = clientOf(fakeApi(status(503)));
    const outcome = readOutcome({ client, callId: 'call_1', signal: controller.signal });
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();
    await expect(outcome).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is none after a cancellation', async () => {
    const client = clientOf(fakeApi(json({ status: 'completed' })));
    await expect(readOutcome({ client, callId: 'call_1', signal: AbortSignal.abort() })).resolves.toBeNull();
  });

  it('does not hide a fault of our own', async () => {
    const client = { waitUntilEnded: () => Promise.reject(new RangeError('a bug')) };
    await expect(readOutcome({ client, callId: 'call_1', signal })).rejects.toThrow('a bug');
  });
});
