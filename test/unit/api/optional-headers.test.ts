import { describe, expect, it } from 'vitest';
import { deferred } from './deferred.js';
import {
  clientOf,
  fakeApi,
  json,
  networkError,
  refusingOptionalHeaders,
  status,
  streamed,
  type Answer,
  type FakeApi,
} from './fake-api.js';

const offer = json({ callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' });
const organization = { organizationId: 'org_1' };

/** Which requests carried an optional header. */
function withOptional(api: FakeApi): boolean[] {
  return api.requests.map(({ headers }) => 'idempotency-key' in headers || 'x-organization-id' in headers);
}

describe('a server whose CORS list lacks the optional headers', () => {
  it('is asked once more without them, at once', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await expect(clientOf(api, organization).connect('agent_1')).resolves.toMatchObject({ callId: 'call_1' });
    expect(withOptional(api)).toEqual([true, false]);
    expect(api.waits).toEqual([]);
  });

  it('is asked once more for a GET that names the organization', async () => {
    const api = fakeApi(refusingOptionalHeaders(json({ status: 'completed' })));
    await clientOf(api, organization).getCall('call_1');
    expect(withOptional(api)).toEqual([true, false]);
  });

  it('still gets key, body and content type', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await clientOf(api, { ...organization, apiKey: 'osm_1' }).connect('agent_1', { userId: 'u' });
    expect(api.requests[1]).toMatchObject({
      body: { userId: 'u' },
      headers: { 'x-api-key': 'osm_1', 'content-type': 'application/json' },
    });
  });

  it('is remembered by the client', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    const client = clientOf(api, organization);
    await client.connect('agent_1');
    await client.connect('agent_1');
    await client.connect('agent_1');
    expect(withOptional(api)).toEqual([true, false, false, false]);
  });

  it('is not remembered by another client, which may talk to another server', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await clientOf(api).connect('agent_1');
    await clientOf(api).connect('agent_1');
    expect(withOptional(api)).toEqual([true, false, true, false]);
  });

  it('is known by an error answer too: a POST that it got without a key is not sent again', async () => {
    const api = fakeApi(refusingOptionalHeaders(status(503)));
    const client = clientOf(api);
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'server-error', status: 503 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'server-error', status: 503 });
    expect(withOptional(api)).toEqual([true, false, false]);
  });

  it('is asked again with a GET, which changes nothing', async () => {
    const answers: Answer[] = [status(503)];
    const record = json({ status: 'completed' });
    const api = fakeApi(refusingOptionalHeaders((request) => (answers.shift() ?? record)(request)));
    await expect(clientOf(api, organization).getCall('call_1')).resolves.toMatchObject({
      status: 'completed',
    });
    expect(api.waits).toEqual([250]);
  });

  it('is not sent a POST twice once it is known that no idempotency key reaches it', async () => {
    const answers: Answer[] = [offer, status(503), offer];
    const api = fakeApi(refusingOptionalHeaders((request) => (answers.shift() ?? offer)(request)));
    const client = clientOf(api);
    await client.connect('agent_1');
    await expect(client.connect('agent_1')).rejects.toMatchObject({ status: 503 });
    expect(withOptional(api)).toEqual([true, false, false]);
  });
});

describe('a server that takes the optional headers', () => {
  it.each([
    ['an answer', offer],
    ['an error status', status(402)],
  ])(
    'is known by %s to a request with them; a network error is then nothing but that',
    async (_what, first) => {
      const api = fakeApi(first, networkError);
      const client = clientOf(api, { maxRetries: 0 });
      await client.connect('agent_1').catch(() => undefined);
      await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'network' });
      expect(withOptional(api)).toEqual([true, true]);
    },
  );

  it('is not suspected because an answer broke off: it had answered, so nothing was refused', async () => {
    const api = fakeApi(streamed(['{"callId":'], { end: 'breaks' }), offer);
    await clientOf(api).connect('agent_1');
    expect(withOptional(api)).toEqual([true, true]);
  });

  it('is not suspected because it sent HTML', async () => {
    const html = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    const api = fakeApi(html, networkError);
    const client = clientOf(api, { maxRetries: 0 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'invalid-response' });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'network' });
    expect(withOptional(api)).toEqual([true, true]);
  });

  it('goes on being sent them when one of two requests at the same time had bad luck', async () => {
    const fallbackAsked = deferred<void>();
    const fallback = deferred<Response>();
    const slowly: Answer = () => {
      fallbackAsked.resolve();
      return fallback.promise;
    };
    const api = fakeApi(networkError, slowly, offer);
    const client = clientOf(api);
    const unlucky = client.connect('agent_1');
    await fallbackAsked.promise;
    await client.connect('agent_1');
    fallback.resolve(
      Response.json({ callId: 'call_2', serverUrl: 'wss://media.example', participantToken: 'token' }),
    );
    await unlucky;
    await client.connect('agent_1');
    expect(withOptional(api)).toEqual([true, false, true, true]);
  });
});

describe('a server that cannot be reached', () => {
  it('is tried once without the optional headers', async () => {
    const api = fakeApi(networkError);
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject({ code: 'network', status: null });
    expect(withOptional(api)).toEqual([true, false, true, true]);
    expect(api.waits).toEqual([250, 500]);
  });

  it('is not judged by it: the headers are sent again when it is back', async () => {
    const api = fakeApi(networkError, networkError, offer);
    const client = clientOf(api, { maxRetries: 0 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'network' });
    await client.connect('agent_1');
    expect(withOptional(api)).toEqual([true, false, true]);
  });

  it('is asked only once when there is nothing to leave out', async () => {
    const api = fakeApi(networkError);
    await expect(clientOf(api, { maxRetries: 0 }).getCall('call_1')).rejects.toMatchObject({
      code: 'network',
    });
    expect(api.requests).toHaveLength(1);
  });
});
