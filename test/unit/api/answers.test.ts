import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../src/wire/api-error.js';
import { clientOf, fakeApi, json, networkError, status, streamed, type Answer } from './fake-api.js';

const invalid = { name: 'ApiError', code: 'invalid-response' };

function text(body: string, type = 'text/html'): Answer {
  return () => new Response(body, { headers: { 'content-type': type } });
}

describe('a 2xx answer that cannot be read', () => {
  it.each([
    ['an HTML page of a proxy', text('<!doctype html><title>Welcome to the hotel</title>')],
    ['HTML that calls itself JSON', text('<html></html>', 'application/json')],
    ['JSON that was cut off', text('{"callId":"call_1","serverUrl":"wss://me', 'application/json')],
    ['a JSON string', json('call_1')],
    ['null', json(null)],
    ['a number', json(42)],
    ['true', json(true)],
    ['an array', json([{ callId: 'call_1' }])],
    ['an empty object', json({})],
    ['an empty body', text('')],
    ['no content', () => new Response(null, { status: 204 })],
  ])('is an invalid response, not a hang and not a call: %s', async (_what, answer) => {
    const api = fakeApi(answer);
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject(invalid);
    expect(api.requests).toHaveLength(1);
  });

  it('is an invalid response when it is larger than any answer can be, and is not read to its end', async () => {
    const onCancel = vi.fn<() => void>();
    const megabyte = new Uint8Array(1024 * 1024).fill(32);
    const pieces = Array<Uint8Array>(64).fill(megabyte);
    const api = fakeApi(streamed(pieces, { onCancel }));
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject(invalid);
    expect(api.requests).toHaveLength(1);
    expect(onCancel).toHaveBeenCalled();
  });

  it('is read however its bytes are cut', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ reply: 'Grüße – 你好 👋' }));
    const api = fakeApi(streamed(Array.from(bytes, (byte) => Uint8Array.of(byte))));
    await expect(clientOf(api).chat('agent_1', { message: 'Hi' })).resolves.toMatchObject({
      text: 'Grüße – 你好 👋',
    });
  });
});

describe('an error status becomes the one error it means', () => {
  it.each([
    [400, {}, 'bad-request'],
    [401, {}, 'unauthorized'],
    [403, {}, 'unauthorized'],
    [401, { error: 'scope_missing' }, 'scope-missing'],
    [403, { error: 'forbidden', code: 'scope' }, 'scope-missing'],
    [403, { message: 'This key lacks the permission for voice' }, 'scope-missing'],
    [401, { error: 'Domain not allowed' }, 'domain-not-allowed'],
    [403, { error: 'forbidden', code: 'domain' }, 'domain-not-allowed'],
    [403, { reason: 'ORIGIN_NOT_ALLOWED' }, 'domain-not-allowed'],
    [402, {}, 'no-credit'],
    [404, {}, 'not-found'],
    [408, {}, 'timeout'],
    [409, {}, 'conflict'],
    [422, {}, 'bad-request'],
    [429, {}, 'rate-limited'],
    [429, { message: 'Too many requests' }, 'rate-limited'],
    [429, { error: 'too_many_calls' }, 'too-many-calls'],
    [429, { message: 'Concurrency limit reached' }, 'too-many-calls'],
    [500, {}, 'server-error'],
    [503, {}, 'server-error'],
  ])('%i %j is %s', async (code, body, expected) => {
    const client = clientOf(fakeApi(status(code, {}, body)), { maxRetries: 0 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: expected, status: code });
  });

  it.each([
    ['an HTML page', () => new Response('<h1>Forbidden: scope, domain</h1>', { status: 403 })],
    ['an array', status(403, {}, ['domain'])],
    ['nothing', () => new Response(null, { status: 403 })],
    ['a body that breaks off', streamed(['{"error":"do'], { status: 403, end: 'breaks' })],
    ['words that are not words', status(403, {}, { error: { domain: true }, message: 7 })],
  ])('also when its body is %s', async (_what, answer) => {
    await expect(clientOf(fakeApi(answer)).connect('agent_1')).rejects.toMatchObject({
      code: 'unauthorized',
      status: 403,
    });
  });

  it('also when its body is huge', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(32);
    const api = fakeApi(streamed(Array<Uint8Array>(64).fill(megabyte), { status: 404 }));
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject({ code: 'not-found', status: 404 });
  });

  it('keeps the field errors of a 400', async () => {
    const details = { destination: ['must be E.164'] };
    const api = fakeApi(status(400, {}, { error: 'validation_failed', details }));
    const sent = clientOf(api).startOutboundCall({ agentId: 'a', phoneNumberId: 'p', destination: '12' });
    await expect(sent).rejects.toMatchObject({ code: 'bad-request', details });
  });

  it('says status and message for the logs, the message not endlessly', async () => {
    const api = fakeApi(status(400, {}, { message: `Unknown variable. ${'x'.repeat(5_000)}` }));
    const error = await clientOf(api)
      .connect('agent_1')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).message).toMatch(/400: Unknown variable\./);
    expect((error as ApiError).message.length).toBeLessThan(300);
  });
});

describe('no answer', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('is a network error that keeps its cause', async () => {
    const client = clientOf(fakeApi(networkError), { maxRetries: 0 });
    await expect(client.getCall('call_1')).rejects.toMatchObject({
      code: 'network',
      status: null,
      cause: { message: 'Failed to fetch' },
    });
  });

  it('of a device that is offline says so at once: nothing is gained by trying again', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const api = fakeApi(networkError);
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject({ code: 'offline', status: null });
    expect(api.requests).toHaveLength(1);
    expect(api.waits).toEqual([]);
  });

  it('of a device that says it is online is a network error', async () => {
    vi.stubGlobal('navigator', { onLine: true });
    const client = clientOf(fakeApi(networkError), { maxRetries: 0 });
    await expect(client.getCall('call_1')).rejects.toMatchObject({ code: 'network' });
  });

  it.each([['a string'], [undefined], [null], [{ name: 'odd' }]])(
    'is a network error whatever was thrown: %j',
    async (thrown) => {
      const client = clientOf(
        fakeApi(() => Promise.reject(thrown)),
        { maxRetries: 0 },
      );
      await expect(client.getCall('call_1')).rejects.toMatchObject({ name: 'ApiError', code: 'network' });
    },
  );
});
