import { describe, expect, it } from 'vitest';
import { deferred } from '../../support/deferred.js';
import {
  clientOf,
  fakeApi,
  json,
  networkError,
  refusingOptionalHeaders,
  silence,
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

/** Whether the headers are let through is asked with a GET; `+` is with them, `-` without. */
function asked(api: FakeApi): string[] {
  return api.requests.map(({ method }, index) => `${method}${withOptional(api)[index] ? '+' : '-'}`);
}

/** The first POST, and the questions that show that it never left. */
const HELD_BACK = ['POST+', 'GET+', 'GET-', 'GET+'];

describe('a server whose CORS list lacks the optional headers', () => {
  it('is asked something harmless, then once more without them, at once', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await expect(clientOf(api, organization).connect('agent_1')).resolves.toMatchObject({ callId: 'call_1' });
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-']);
    expect(api.waits).toEqual([]);
  });

  it('is asked about the same address in the same words, with keys of their own', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await clientOf(api, { ...organization, apiKey: 'osm_1' }).connect('agent_1');
    const [post, ...rest] = api.requests;
    const keys = api.requests.slice(0, 2).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    for (const probe of rest.slice(0, 3)) {
      expect(probe).toMatchObject({ url: post?.url, method: 'GET', body: undefined });
      expect(probe.headers).toMatchObject({ 'x-api-key': 'osm_1', 'content-type': 'application/json' });
      expect(probe.init).not.toHaveProperty('body');
    }
    expect(Object.keys(rest[0]?.headers ?? {})).toEqual(Object.keys(post?.headers ?? {}));
  });

  it('may answer the question with any status', async () => {
    const post =
      (answer: Answer): Answer =>
      (request) =>
        (request.method === 'POST' ? offer : answer)(request);
    for (const code of [401, 404, 405, 500]) {
      const api = fakeApi(refusingOptionalHeaders(post(status(code))));
      await expect(clientOf(api).connect('agent_1')).resolves.toMatchObject({ callId: 'call_1' });
    }
  });

  it('is asked once more for a GET that names the organization', async () => {
    const api = fakeApi(refusingOptionalHeaders(json({ status: 'completed' })));
    await clientOf(api, organization).getCall('call_1');
    expect(withOptional(api)).toEqual([true, false]);
  });

  it('does not get what may have arrived before, and is known from then on', async () => {
    const api = fakeApi(refusingOptionalHeaders(json({ reply: 'Hi' })));
    const client = clientOf(api);
    const again = { onlyWithKey: true, idempotencyKey: 'key_1' };
    await expect(client.chat('agent_1', { message: 'one' }, again)).rejects.toMatchObject({
      code: 'network',
    });
    expect(asked(api)).toEqual(HELD_BACK);
    expect(client.canRepeat).toBe(false);
    await expect(client.chat('agent_1', { message: 'two' })).resolves.toMatchObject({ text: 'Hi' });
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-']);
    await expect(client.chat('agent_1', { message: 'one' }, again)).rejects.toMatchObject({
      code: 'network',
    });
    expect(api.requests).toHaveLength(5);
  });

  it('still gets key, body and content type', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await clientOf(api, { ...organization, apiKey: 'osm_1' }).connect('agent_1', { userId: 'u' });
    expect(api.requests.at(-1)).toMatchObject({
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
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-', 'POST-', 'POST-']);
  });

  it('is not remembered by another client, which may talk to another server', async () => {
    const api = fakeApi(refusingOptionalHeaders(offer));
    await clientOf(api).connect('agent_1');
    await clientOf(api).connect('agent_1');
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-', ...HELD_BACK, 'POST-']);
  });

  it('is known by an error answer too: a POST that it got without a key is not sent again', async () => {
    const api = fakeApi(refusingOptionalHeaders(status(503)));
    const client = clientOf(api);
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'server-error', status: 503 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'server-error', status: 503 });
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-', 'POST-']);
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
    const question = json({});
    const answers: Answer[] = [question, offer, status(503), offer];
    const api = fakeApi(refusingOptionalHeaders((request) => (answers.shift() ?? offer)(request)));
    const client = clientOf(api);
    await client.connect('agent_1');
    await expect(client.connect('agent_1')).rejects.toMatchObject({ status: 503 });
    expect(asked(api)).toEqual([...HELD_BACK, 'POST-', 'POST-']);
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

  it('is not sent without its key what may have arrived', async () => {
    const api = fakeApi(networkError, status(404), networkError, offer);
    await expect(clientOf(api).connect('agent_1')).resolves.toMatchObject({ callId: 'call_1' });
    expect(asked(api)).toEqual(['POST+', 'GET+', 'POST+', 'POST+']);
    const keys = api.requests
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    expect(api.waits).toEqual([250, 500]);
  });

  it.each([
    [
      'the question fails once',
      [networkError, networkError, status(404), status(404), offer],
      ['GET+', 'GET-', 'GET+'],
    ],
    ['nothing can be asked', [networkError, networkError, networkError, offer], ['GET+', 'GET-']],
    ['the question is answered too late', [networkError, networkError, silence, offer], ['GET+', 'GET-']],
  ])(
    'is not judged by a moment of a bad network: %s',
    async (_what, answers: Answer[], questions: string[]) => {
      const api = fakeApi(...answers);
      await expect(clientOf(api, { timeoutMs: 200 }).connect('agent_1')).resolves.toMatchObject({
        callId: 'call_1',
      });
      expect(asked(api)).toEqual(['POST+', ...questions, 'POST+']);
    },
  );

  it('goes on being sent them when one of two requests at the same time had bad luck', async () => {
    const questionAsked = deferred<void>();
    const question = deferred<Response>();
    const slowly: Answer = () => {
      questionAsked.resolve();
      return question.promise;
    };
    const api = fakeApi(networkError, networkError, slowly, offer, networkError, offer);
    const client = clientOf(api);
    const unlucky = client.connect('agent_1');
    await questionAsked.promise;
    await client.connect('agent_1');
    question.resolve(Response.json({}));
    await unlucky;
    await client.connect('agent_1');
    expect(asked(api)).toEqual(['POST+', 'GET+', 'GET-', 'POST+', 'GET+', 'POST+', 'POST+']);
  });

  it('is asked nothing once the visitor has given up', async () => {
    const visitor = new AbortController();
    const api = fakeApi((request) => {
      visitor.abort();
      return networkError(request);
    }, offer);
    const sent = clientOf(api).connect('agent_1', {}, { signal: visitor.signal });
    await expect(sent).rejects.toMatchObject({ code: 'aborted' });
    expect(api.requests).toHaveLength(1);
  });
});

describe('a server that cannot be reached', () => {
  it('is never sent a POST without its key', async () => {
    const api = fakeApi(networkError);
    await expect(clientOf(api).connect('agent_1')).rejects.toMatchObject({ code: 'network', status: null });
    expect(asked(api)).toEqual(['POST+', 'GET+', 'GET-', 'POST+', 'POST+']);
    expect(api.waits).toEqual([250, 500]);
  });

  it('is not judged by it: the headers are sent again when it is back', async () => {
    const api = fakeApi(networkError, networkError, networkError, offer);
    const client = clientOf(api, { maxRetries: 0 });
    await expect(client.connect('agent_1')).rejects.toMatchObject({ code: 'network' });
    await client.connect('agent_1');
    expect(asked(api)).toEqual(['POST+', 'GET+', 'GET-', 'POST+']);
  });

  it('is asked only once when there is nothing to leave out', async () => {
    const api = fakeApi(networkError);
    await expect(clientOf(api, { maxRetries: 0 }).getCall('call_1')).rejects.toMatchObject({
      code: 'network',
    });
    expect(api.requests).toHaveLength(1);
  });
});
