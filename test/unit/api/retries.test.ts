import { describe, expect, it } from 'vitest';
import { RequestSender, readJson } from '../../../src/api/request.js';
import { clientOf, fakeApi, json, networkError, status } from './fake-api.js';

const offer = { callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' };
const record = { callId: 'call_1', status: 'completed' };

describe('a request is sent again', () => {
  it.each([408, 429, 500, 501, 502, 503, 504, 599])('after %i', async (code) => {
    const api = fakeApi(status(code), json(record));
    await expect(clientOf(api).getCall('call_1')).resolves.toMatchObject({ status: 'completed' });
    expect(api.requests).toHaveLength(2);
  });

  it('after a network error', async () => {
    const api = fakeApi(networkError, json(record));
    await expect(clientOf(api).getCall('call_1')).resolves.toMatchObject({ status: 'completed' });
    expect(api.requests).toHaveLength(2);
  });

  it('after a body that broke off', async () => {
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    const api = fakeApi(() => new Response(broken), json(record));
    await expect(clientOf(api).getCall('call_1')).resolves.toMatchObject({ status: 'completed' });
    expect(api.requests).toHaveLength(2);
  });

  it('twice and no more', async () => {
    const api = fakeApi(status(503));
    await expect(clientOf(api).getCall('call_1')).rejects.toMatchObject({
      code: 'server-error',
      status: 503,
    });
    expect(api.requests).toHaveLength(3);
  });

  it.each([0, 1, 5])('as often as the site wants: %i times', async (maxRetries) => {
    const api = fakeApi(status(503));
    await expect(clientOf(api, { maxRetries }).getCall('call_1')).rejects.toMatchObject({ status: 503 });
    expect(api.requests).toHaveLength(1 + maxRetries);
  });

  it('although the failures differ', async () => {
    const api = fakeApi(networkError, status(429), json(record));
    await expect(clientOf(api).getCall('call_1')).resolves.toMatchObject({ status: 'completed' });
    expect(api.waits).toEqual([250, 500]);
  });
});

describe('a request is not sent again', () => {
  it.each([400, 401, 402, 403, 404, 405, 409, 410, 413, 422])('after %i', async (code) => {
    const api = fakeApi(status(code), json(record));
    await expect(clientOf(api).getCall('call_1')).rejects.toMatchObject({ status: code });
    expect(api.requests).toHaveLength(1);
    expect(api.waits).toEqual([]);
  });

  it.each([
    ['503', status(503)],
    ['a network error', networkError],
  ])('when it is a POST without an idempotency key, not even after %s', async (_what, answer) => {
    const api = fakeApi(answer, json({}));
    const sender = new RequestSender({ baseUrl: 'https://api.example', fetch: api.fetch, wait: api.wait });
    const sent = sender.send({ method: 'POST', path: '/x', body: {}, read: readJson });
    await expect(sent).rejects.toMatchObject({ name: 'ApiError' });
    expect(api.requests).toHaveLength(1);
  });
});

describe('the pause before the next try', () => {
  it.each([
    ['nothing', 0, [250, 500, 1000]],
    ['half', 0.5, [312.5, 625, 1250]],
    ['nearly everything', 0.999999, [375, 750, 1500]],
  ])('is 250 ms doubling; with a draw of %s as jitter', async (_draw, drawn, expected) => {
    const api = fakeApi(status(500));
    const client = clientOf(api, { random: () => drawn, maxRetries: 3 });
    await expect(client.getCall('call_1')).rejects.toMatchObject({ status: 500 });
    expect(api.waits.map((ms) => Math.round(ms * 100) / 100)).toEqual(expected);
  });

  it.each([
    ['seconds', '3', 3_000],
    ['no seconds', '0', 0],
    ['seconds in the past', '-3', 0],
    ['a date', 'Sat, 21 Nov 2026 12:00:07 GMT', 7_000],
    ['a date in the past', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['the longest that is waited for', '20', 20_000],
    ['something unreadable', 'soon', 250],
    ['nothing', ' ', 250],
  ])('is what Retry-After says: %s', async (_what, header, expected) => {
    const api = fakeApi(status(429, { 'retry-after': header }), json(record));
    const client = clientOf(api, { now: () => Date.UTC(2026, 10, 21, 12) });
    await client.getCall('call_1');
    expect(api.waits).toEqual([expected]);
  });

  it.each([
    ['seconds', '21', 21_000],
    ['a date', 'Sat, 21 Nov 2026 13:00:00 GMT', 3_600_000],
  ])('is not taken when it is too long, and is reported instead: %s', async (_what, header, retryAfterMs) => {
    const api = fakeApi(status(503, { 'retry-after': header }), json(record));
    const client = clientOf(api, { now: () => Date.UTC(2026, 10, 21, 12) });
    await expect(client.getCall('call_1')).rejects.toMatchObject({ code: 'server-error', retryAfterMs });
    expect(api.requests).toHaveLength(1);
  });

  it('is the usual one again after a try without Retry-After', async () => {
    const api = fakeApi(status(429, { 'retry-after': '2' }), status(500), json(record));
    await clientOf(api).getCall('call_1');
    expect(api.waits).toEqual([2_000, 500]);
  });
});

describe('a POST that is sent again', () => {
  const posts = {
    connect: (client: ReturnType<typeof clientOf>, key?: string) =>
      client.connect('agent_1', { userId: 'u' }, { idempotencyKey: key }),
    chat: (client: ReturnType<typeof clientOf>, key?: string) =>
      client.chat('agent_1', { message: 'Hello' }, { idempotencyKey: key }),
    'outbound call': (client: ReturnType<typeof clientOf>, key?: string) =>
      client.startOutboundCall(
        { agentId: 'agent_1', phoneNumberId: 'phone_1', destination: '+12025550199' },
        { idempotencyKey: key },
      ),
  };
  const answer = json({ ...offer, reply: 'Hi' });

  it.each(Object.entries(posts))(
    'carries the same key and the same body each time: %s',
    async (_name, post) => {
      const api = fakeApi(status(503), status(429), answer);
      await post(clientOf(api));
      const keys = api.requests.map((request) => request.headers['idempotency-key']);
      expect(keys[0]).toMatch(/^\S{16,}$/);
      expect(keys).toEqual([keys[0], keys[0], keys[0]]);
      expect(api.requests.map((request) => request.body)).toEqual(Array(3).fill(api.requests[0]?.body));
    },
  );

  it.each(Object.entries(posts))('carries the key it was given: %s', async (_name, post) => {
    const api = fakeApi(status(503), answer);
    await post(clientOf(api), 'key_of_the_page');
    expect(api.requests.map((request) => request.headers['idempotency-key'])).toEqual([
      'key_of_the_page',
      'key_of_the_page',
    ]);
  });

  it.each(Object.entries(posts))('has another key than the next POST: %s', async (_name, post) => {
    const api = fakeApi(answer);
    const client = clientOf(api);
    await post(client);
    await post(client);
    expect(new Set(api.requests.map((request) => request.headers['idempotency-key'])).size).toBe(2);
  });

  it('keeps its key after an answer that broke off, since the call may have been started', async () => {
    const halfAnswer = () =>
      new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    const api = fakeApi(() => new Response(halfAnswer()), answer);
    await posts.connect(clientOf(api), 'key_1');
    expect(api.requests.map((request) => request.headers['idempotency-key'])).toEqual(['key_1', 'key_1']);
  });

  it('has no key when it is a GET', async () => {
    const api = fakeApi(json(record));
    await clientOf(api).getCall('call_1');
    expect(api.requests[0]?.headers).not.toHaveProperty('idempotency-key');
  });
});
