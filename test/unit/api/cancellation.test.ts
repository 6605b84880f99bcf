import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitFor } from '../../../src/async/wait-for.js';
import { clientOf, fakeApi, json, networkError, silence, status, streamed, type Answer } from './fake-api.js';

const reply = json({ reply: 'Hi' });
const aborted = { name: 'ApiError', code: 'aborted', status: null };

describe('a request that is cancelled', () => {
  it('before it starts is never sent', async () => {
    const api = fakeApi(reply);
    const signal = AbortSignal.abort();
    await expect(clientOf(api).chat('agent_1', { message: 'Hi' }, { signal })).rejects.toMatchObject(aborted);
    expect(api.requests).toEqual([]);
  });

  it('while it waits for an answer is given up on the wire too', async () => {
    const api = fakeApi(silence);
    const controller = new AbortController();
    const sent = clientOf(api).getCall('call_1', { signal: controller.signal });
    controller.abort();
    await expect(sent).rejects.toMatchObject(aborted);
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['an answer', 200],
    ['a refusal', 401],
    ['an error that is worth repeating', 503],
  ])('while %s is being read', async (_what, code) => {
    const controller = new AbortController();
    const halfABody = streamed(['{"reply":'], { end: 'stays-open', status: code });
    const api = fakeApi((request) => {
      // After the headers, which arrive first.
      setImmediate(() => controller.abort());
      return halfABody(request);
    });
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' }, { signal: controller.signal });
    await expect(sent).rejects.toMatchObject(aborted);
    expect(api.requests).toHaveLength(1);
  });

  it('during the pause before the next try is not sent again', async () => {
    const controller = new AbortController();
    const api = fakeApi(status(503), reply);
    const client = clientOf(api, {
      wait: (ms, signal) => {
        const waiting = waitFor(ms, signal);
        controller.abort();
        return waiting;
      },
    });
    const sent = client.chat('agent_1', { message: 'Hi' }, { signal: controller.signal });
    await expect(sent).rejects.toMatchObject(aborted);
    expect(api.requests).toHaveLength(1);
  });

  it('during the try without optional headers', async () => {
    const controller = new AbortController();
    const cancelThenSilence: Answer = (request) => {
      queueMicrotask(() => controller.abort());
      return silence(request);
    };
    const api = fakeApi(networkError, cancelThenSilence, reply);
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' }, { signal: controller.signal });
    await expect(sent).rejects.toMatchObject(aborted);
    expect(api.requests).toHaveLength(2);
  });

  it('in the middle of a streamed reply says nothing more', async () => {
    const controller = new AbortController();
    const texts: string[] = [];
    const api = fakeApi(
      streamed(['data: {"delta":"One"}\n\n'], { type: 'text/event-stream', end: 'stays-open' }),
    );
    const onText = (text: string) => {
      texts.push(text);
      controller.abort();
    };
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' }, { signal: controller.signal, onText });
    await expect(sent).rejects.toMatchObject(aborted);
    expect(texts).toEqual(['One']);
  });

  it('keeps the reason it was cancelled for', async () => {
    const signal = AbortSignal.abort(new Error('the page went away'));
    const sent = clientOf(fakeApi(reply)).getCall('call_1', { signal });
    await expect(sent).rejects.toMatchObject({ cause: { message: 'the page went away' } });
  });

  it.each([
    ['an answer', reply],
    ['a failure', status(400)],
    ['retries', status(503)],
  ])('leaves no listener behind after %s, whatever the signal is still used for', async (_what, answer) => {
    const { signal } = new AbortController();
    await clientOf(fakeApi(answer))
      .chat('agent_1', { message: 'Hi' }, { signal })
      .catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('time limits', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['30 s without an option', undefined, 30_000],
    ['what the option says', 5_000, 5_000],
  ])('are %s', async (_what, timeoutMs, limitMs) => {
    const api = fakeApi(silence);
    const sent = clientOf(api, timeoutMs === undefined ? {} : { timeoutMs }).getCall('call_1');
    const outcome = expect(sent).rejects.toMatchObject({ code: 'timeout', status: null });
    await vi.advanceTimersByTimeAsync(limitMs - 1);
    expect(api.requests[0]?.init.signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await outcome;
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
  });

  it('end the request: after that long nobody wants to wait as long again', async () => {
    const api = fakeApi(silence, reply);
    const outcome = expect(clientOf(api).getCall('call_1')).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(120_000);
    await outcome;
    expect(api.requests).toHaveLength(1);
  });

  it('cover the body too, not only the headers', async () => {
    const api = fakeApi(streamed(['{"reply":'], { end: 'stays-open' }));
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' });
    const outcome = expect(sent).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(30_000);
    await outcome;
  });

  it('do not hide the status of an error whose body never comes', async () => {
    const api = fakeApi(streamed([], { end: 'stays-open', status: 402 }));
    const outcome = expect(clientOf(api).getCall('call_1')).rejects.toMatchObject({
      code: 'no-credit',
      status: 402,
    });
    await vi.advanceTimersByTimeAsync(30_000);
    await outcome;
  });

  it('begin anew with every try', async () => {
    const slow503: Answer = () =>
      new Promise((resolve) => setTimeout(() => resolve(new Response(null, { status: 503 })), 20_000));
    const api = fakeApi(slow503, slow503, json({ status: 'completed' }));
    const sent = clientOf(api).getCall('call_1');
    await vi.advanceTimersByTimeAsync(40_000);
    await expect(sent).resolves.toMatchObject({ status: 'completed' });
  });

  it('begin anew with every piece of a streamed reply', async () => {
    const pieces = ['data: {"delta":"a"}\n\n', 'data: {"delta":"b"}\n\n', 'data: {"done":true}\n\n'];
    const api = fakeApi(streamed(pieces, { type: 'text/event-stream', pace: () => waitFor(20_000) }));
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' });
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(sent).resolves.toMatchObject({ text: 'ab' });
  });

  it('end a streamed reply that stops coming', async () => {
    const api = fakeApi(
      streamed(['data: {"delta":"a"}\n\n'], { type: 'text/event-stream', end: 'stays-open' }),
    );
    const sent = clientOf(api).chat('agent_1', { message: 'Hi' });
    const outcome = expect(sent).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(30_000);
    await outcome;
  });

  it.each([
    ['an answer', reply],
    ['a failure', status(400)],
    ['a network error', networkError],
  ])('leave no timer behind after %s', async (_what, answer) => {
    await clientOf(fakeApi(answer))
      .chat('agent_1', { message: 'Hi' })
      .catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a pause', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is over after its time, not before', async () => {
    const over = vi.fn<() => void>();
    void waitFor(250).then(over);
    await vi.advanceTimersByTimeAsync(249);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalledOnce();
  });

  it('is cut short by a cancellation, with its reason', async () => {
    const controller = new AbortController();
    const pause = waitFor(250, controller.signal);
    controller.abort(new Error('enough'));
    await expect(pause).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin after a cancellation', async () => {
    await expect(waitFor(250, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const pause = waitFor(250, signal);
    await vi.advanceTimersByTimeAsync(250);
    await pause;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
