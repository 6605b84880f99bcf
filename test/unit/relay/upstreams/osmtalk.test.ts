import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WidgetClient } from '../../../../src/client.js';
import { osmtalk } from '../../../../src/relay.js';
import { deferred } from '../../../support/deferred.js';
import { streamed, streamOf } from '../../api/fake-api.js';
import {
  ALLOW,
  CALLBACK,
  fakeUpstream,
  fromPage,
  KEY,
  relayOf,
  relayWith,
  SITE,
  statusAndError,
} from '../start-relay.js';

const OFFER = {
  callId: 'call_1',
  serverUrl: 'wss://media.example',
  participantToken: 'token_1',
  roomName: 'room',
};
const RECORD = {
  id: 'call_1',
  status: 'failed',
  failureReason: 'sip_no_answer',
  didConnect: false,
  durationSeconds: 3,
  transcript: [
    { role: 'system', text: 'The prompt.' },
    { role: 'assistant', content: 'Hello', timestamp: '2026-01-01T00:00:00Z' },
    { role: 'user', text: 'Hi' },
  ],
  recordingUrl: 'https://recordings.example/1',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:00:03Z',
  channel: 'web',
  agentId: 'agent_1',
  organizationId: 'org_1',
  costCents: 12,
};

const stream = (...events: unknown[]): Response =>
  new Response(
    streamOf(events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)),
    {
      headers: { 'content-type': 'text/event-stream' },
    },
  );

describe('what goes up', () => {
  it('is named, field by field and header by header', async () => {
    const { relay, requests } = relayWith(() => Response.json(OFFER), {
      allow: { ...ALLOW, agentVersions: [3] },
    });
    await relay(
      fromPage('/agents/agent_1/connect?key=1', {
        headers: {
          cookie: 'session=1',
          authorization: 'Bearer page',
          'x-api-key': 'osm_page',
          'x-forwarded-for': '1.2.3.4',
          'x-organization-id': 'org_page',
          'user-agent': 'page',
          referer: 'https://site.example/page',
          'idempotency-key': 'once',
          te: 'trailers',
          'x-evil': '1',
        },
        body: {
          dynamicVariables: { 'first name': 'Ada' },
          agentVersion: 3,
          userId: 'u1',
          metadata: { plan: 'pro' },
          apiKey: 'osm_page',
          evil: true,
        },
      }),
    );
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'https://api.osmtalk.com/api/widget/agents/agent_1/connect',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'idempotency-key': 'once',
          'x-api-key': KEY,
        },
        body: {
          dynamicVariables: { 'first name': 'Ada' },
          agentVersion: 3,
          userId: 'u1',
          metadata: { plan: 'pro' },
        },
      },
    ]);
  });

  it('refuses an id that is a number without an end', async () => {
    const { relay } = relayWith(() => new Response('{"callId":1e999}'));
    const response = await relay(fromPage('/calls/outbound', { body: CALLBACK }));
    expect(await statusAndError(response)).toEqual([502, 'bad_answer']);
  });

  it('goes to the address and the organization of the site', async () => {
    const upstream = fakeUpstream(() => Response.json({ callId: 7 }));
    const relay = relayOf({
      upstream: osmtalk({ apiKey: KEY, baseUrl: 'http://localhost:4002/v1/', organizationId: 'org_1' }),
      fetch: upstream.fetch,
    });
    const response = await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, evil: 1 } }));
    expect((await response.json()).callId).toMatch(/^7\./);
    expect(upstream.requests).toMatchObject([
      {
        url: 'http://localhost:4002/v1/api/widget/calls/outbound',
        headers: { 'x-organization-id': 'org_1' },
        body: CALLBACK,
      },
    ]);
    expect(upstream.requests[0]?.body).not.toHaveProperty('evil');
  });

  it.each([
    ['connect', { dynamicVariables: [] }, 'dynamicVariables'],
    ['connect', { agentVersion: '1' }, 'agentVersion'],
    ['connect', { agentVersion: 0 }, 'agentVersion'],
    ['connect', { userId: 7 }, 'userId'],
    ['connect', { metadata: 'x' }, 'metadata'],
    ['chat', {}, 'message'],
    ['chat', { message: ' ' }, 'message'],
    ['chat', { message: { text: 'hi' } }, 'message'],
    ['chat', { message: 'hi', sessionId: 'x'.repeat(401) }, 'sessionId'],
  ])('is checked: %s with %j', async (action, body, field) => {
    const { relay, requests } = relayWith(() => Response.json(OFFER));
    const response = await relay(fromPage(`/agents/agent_1/${action}`, { body }));
    expect([response.status, Object.keys((await response.json()).details)]).toEqual([400, [field]]);
    expect(requests).toEqual([]);
  });

  it.each(['030123456', '+0301234', '+49 30 123456', '+49', '', 4930123456, '+4930123456,+4930123457'])(
    'is no phone number like %j',
    async (destination) => {
      const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1' }));
      const response = await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, destination } }));
      expect([response.status, Object.keys((await response.json()).details)]).toEqual([400, ['destination']]);
      expect(requests).toEqual([]);
    },
  );
});

describe('connect', () => {
  it('passes the offer, with a signed id in the place of its own', async () => {
    const { relay } = relayWith(() => Response.json({ data: { ...OFFER, id: 'call_1' } }));
    const answer = await (await relay(fromPage('/agents/agent_1/connect', { body: {} }))).json();
    expect(answer).toEqual({
      ...OFFER,
      callId: expect.stringMatching(/^call_1\.\w+\.[\w-]{16}\.[\w-]{22}$/),
    });
  });

  it('takes an offer without an id, whose record nobody can ask for then', async () => {
    const { relay } = relayWith(() => Response.json({ transport: 'webrtc', url: 'https://media.example' }));
    const answer = await (await relay(fromPage('/agents/agent_1/connect', { body: {} }))).json();
    expect(answer).toEqual({ transport: 'webrtc', url: 'https://media.example', callId: null });
  });

  it('never passes an answer that holds the key', async () => {
    const { relay } = relayWith(() => Response.json({ ...OFFER, debug: { key: KEY } }));
    const response = await relay(fromPage('/agents/agent_1/connect', { body: {} }));
    expect(await statusAndError(response)).toEqual([502, 'bad_answer']);
  });
});

describe('the record of a call', () => {
  const answer = ({ method, url }: { method: string; url: string }): Response =>
    method === 'POST'
      ? Response.json(OFFER)
      : Response.json(url.endsWith('/call_1') ? RECORD : {}, { status: 200 });

  async function startedCall(relay: (request: Request) => Promise<Response>): Promise<string> {
    return (await (await relay(fromPage('/agents/agent_1/connect', { body: {} }))).json()).callId;
  }

  it('is shown to who started it, in the documented fields alone', async () => {
    const { relay, requests } = relayWith(answer);
    const callId = await startedCall(relay);
    const record = await (await relay(fromPage(`/calls/${encodeURIComponent(callId)}`))).json();
    expect(requests[1]?.url).toBe('https://api.osmtalk.com/api/widget/calls/call_1');
    expect(record).toEqual({
      callId,
      status: 'failed',
      failureReason: 'sip_no_answer',
      didConnect: false,
      durationSeconds: 3,
      transcript: [
        { role: 'agent', text: 'Hello', at: '2026-01-01T00:00:00Z' },
        { role: 'user', text: 'Hi' },
      ],
      recordingUrl: 'https://recordings.example/1',
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: '2026-01-01T00:00:03Z',
      channel: 'web',
    });
  });

  it('is not shown to anybody else', async () => {
    const { relay, requests } = relayWith(answer);
    const [id, ...rest] = (await startedCall(relay)).split('.');
    for (const guess of [
      'call_1',
      'call_2',
      ['call_2', ...rest].join('.'),
      [id, rest[0], rest[1], 'A'.repeat(22)].join('.'),
      [id, rest[0], 'A'.repeat(16), rest[2]].join('.'),
      '..%2Fagents',
      'outbound',
    ]) {
      const response = await relay(fromPage(`/calls/${guess}`));
      expect(response.status).toBe(404);
    }
    expect(requests).toHaveLength(1);
  });

  it('belongs to a visitor, where the site knows who that is', async () => {
    const { relay } = relayWith(answer, { visitor: (request) => request.headers.get('cookie') ?? undefined });
    const as = (cookie: string) => ({ headers: { cookie } });
    const { callId } = await (
      await relay(fromPage('/agents/agent_1/connect', { body: {}, ...as('ada') }))
    ).json();
    expect((await relay(fromPage(`/calls/${callId}`, as('ada')))).status).toBe(200);
    expect((await relay(fromPage(`/calls/${callId}`, as('bob')))).status).toBe(404);
  });

  it('is 404 while it is not written', async () => {
    const { relay } = relayWith(({ method }) =>
      method === 'POST' ? Response.json(OFFER) : Response.json({ error: 'call_not_found' }, { status: 404 }),
    );
    const response = await relay(fromPage(`/calls/${await startedCall(relay)}`));
    expect(await statusAndError(response)).toEqual([404, 'call_not_found']);
  });
});

describe('chat', () => {
  const say = (message: string, more: { sessionId?: string; headers?: Record<string, string> } = {}) =>
    fromPage('/agents/agent_1/chat', {
      body: { message, ...(more.sessionId !== undefined && { sessionId: more.sessionId }) },
      ...(more.headers && { headers: more.headers }),
    });
  const streaming = { accept: 'text/event-stream, application/json;q=0.9' };

  it('keeps a conversation by a signed id', async () => {
    const { relay, requests } = relayWith(() => Response.json({ reply: 'Hello', sessionId: 'chat_1' }));
    const first = await (await relay(say('hi'))).json();
    expect(first).toEqual({ reply: 'Hello', sessionId: expect.stringMatching(/^chat_1\./) });
    await relay(say('again', { sessionId: first.sessionId }));
    expect(requests.map(({ body }) => body)).toEqual([
      { message: 'hi' },
      { message: 'again', sessionId: 'chat_1' },
    ]);
  });

  it.each(['chat_1', 'chat_1.0.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA'])(
    'begins anew with an id that it has not given: %s',
    async (sessionId) => {
      const { relay, requests } = relayWith(() => Response.json({ reply: 'Hello', sessionId: 'chat_2' }));
      expect((await relay(say('hi', { sessionId }))).status).toBe(200);
      expect(requests[0]?.body).toEqual({ message: 'hi' });
    },
  );

  it('does not take the conversation of one agent to another', async () => {
    const { relay, requests } = relayWith(() => Response.json({ reply: 'Hello', sessionId: 'chat_1' }), {
      allow: { agents: ['agent_1', 'agent_2'], features: ['chat'] },
    });
    const { sessionId } = await (await relay(say('hi'))).json();
    await relay(fromPage('/agents/agent_2/chat', { body: { message: 'hi', sessionId } }));
    expect(requests[1]?.body).toEqual({ message: 'hi' });
  });

  it('streams each piece when it comes, under signed ids', async () => {
    const { relay, requests } = relayWith(() =>
      stream(
        { delta: 'Hel' },
        { text: 'lo', secretScore: 3 },
        'null',
        { done: true, session_id: 'chat_1', usage: 9 },
        { delta: 'more' },
      ),
    );
    const response = await relay(say('hi', { headers: streaming }));
    expect(requests[0]?.headers.accept).toBe(streaming.accept);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    const events = (await response.text())
      .trim()
      .split('\n\n')
      .map((event) => JSON.parse(event.slice(6)));
    expect(events).toEqual([
      { delta: 'Hel' },
      { delta: 'lo' },
      {},
      { done: true, sessionId: expect.stringMatching(/^chat_1\.\w+\.[\w-]{16}\.[\w-]{22}$/) },
    ]);
  });

  it('streams for longer than an answer may take, as long as pieces come', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const paces = Array.from({ length: 3 }, () => deferred<void>());
    let sent = 0;
    const body = streamOf(['data: {"delta":"a"}\n\n', 'data: {"delta":"b"}\n\n', 'data: {"done":true}\n\n'], {
      pace: () => paces[sent++]?.promise ?? Promise.resolve(),
    });
    const { relay } = relayWith((_, { signal }) => {
      signal?.addEventListener('abort', () => paces.forEach(({ reject }) => reject(signal.reason)));
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    const text = (await relay(say('hi', { headers: streaming }))).text();
    for (const { resolve } of paces) {
      await vi.advanceTimersByTimeAsync(20_000);
      resolve();
    }
    expect(await text).toBe('data: {"delta":"a"}\n\ndata: {"delta":"b"}\n\ndata: {"done":true}\n\n');
  });

  it('waits for a whole reply no longer than an answer may take, however it drips', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const paces = Array.from({ length: 3 }, () => deferred<void>());
    for (const { promise } of paces) promise.catch(() => undefined);
    let sent = 0;
    const body = streamOf(['{"reply":', '"Hi"', '}'], {
      pace: () => paces[sent++]?.promise ?? Promise.resolve(),
    });
    const { relay } = relayWith((_, { signal }) => {
      signal?.addEventListener('abort', () => paces.forEach(({ reject }) => reject(signal.reason)));
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    });
    const response = relay(say('hi', { headers: streaming }));
    for (const { resolve } of paces) {
      await vi.advanceTimersByTimeAsync(20_000);
      resolve();
    }
    expect(await statusAndError(await response)).toEqual([504, 'upstream_timeout']);
  });

  it('lets go of the upstream when the page gives up in the middle of a piece', async () => {
    const left = deferred<unknown>();
    const outcomes: string[] = [];
    const answer = streamed(['data: {"delta":"a"}\n\n'], { end: 'stays-open', type: 'text/event-stream' });
    const { relay } = relayWith(
      ({ url, method }, init) => {
        init.signal?.addEventListener('abort', () => left.resolve(init.signal?.reason));
        return answer({ url, method, headers: {}, body: undefined, init });
      },
      { audit: ({ outcome }) => void outcomes.push(outcome) },
    );
    const reader = (await relay(say('hi', { headers: streaming }))).body?.getReader();
    await reader?.read();
    const pending = reader?.read();
    const cancelled = reader?.cancel();
    expect(await left.promise).toMatchObject({ code: 'client_gone' });
    expect(await pending).toEqual({ done: true, value: undefined });
    await cancelled;
    expect(outcomes).toEqual(['client_gone']);
  });

  it('understands the other ways to end and to write', async () => {
    const events = async (response: Response): Promise<string> => {
      const { relay } = relayWith(() => response);
      return (await relay(say('hi', { headers: streaming }))).text();
    };
    expect(await events(stream({ delta: { content: 'Hi' } }, '[DONE]'))).toBe(
      'data: {"delta":"Hi"}\n\ndata: {"done":true}\n\n',
    );
    const pieces = [': hello\r\nda', 'ta: {"delta"\r', '\ndata: :"a"}\r', '\r\n', 'data:{"done":true}\n'];
    const raw = new Response(streamOf(pieces), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    });
    expect(await events(raw)).toBe('data: {"delta":"a"}\n\ndata: {"done":true}\n\n');
  });

  it.each([
    ['an error', [{ delta: 'a' }, { error: 'key osm_1 is out of credit' }]],
    ['what is no JSON', [{ delta: 'a' }, '{oops']],
    ['the key', [{ delta: 'a' }, { delta: KEY }]],
    ['an event without an end', [{ delta: 'a' }, 'x'.repeat(70_000)]],
  ])('ends with an error of its own after %s', async (_, events) => {
    const { relay } = relayWith(() => stream(...events));
    const text = await (await relay(say('hi', { headers: streaming }))).text();
    expect(text).toBe('data: {"delta":"a"}\n\ndata: {"error":"upstream_error"}\n\n');
  });

  it('asks for JSON where the page does', async () => {
    const { relay, requests } = relayWith(() =>
      Response.json({ message: { content: 'Hi' }, conversationId: 7 }),
    );
    const answer = await (await relay(say('hi', { headers: { accept: 'text/html' } }))).json();
    expect(requests[0]?.headers.accept).toBe('application/json');
    expect(answer).toEqual({ reply: 'Hi', sessionId: expect.stringMatching(/^7\./) });
  });

  it.each([[{}], [{ reply: 7 }], [[]], [7], [{ reply: 'Hi', sessionId: 'two words' }]])(
    'does not understand %j',
    async (answer) => {
      const { relay } = relayWith(() => Response.json(answer));
      expect(await statusAndError(await relay(say('hi')))).toEqual([502, 'bad_answer']);
    },
  );

  it.each<[what: string, answer: () => Response, reply: object]>([
    [
      'a person’s empty reply',
      () => Response.json({ reply: '', mode: 'support' }),
      { reply: '', mode: 'support' },
    ],
    [
      'a person who has not answered',
      () => Response.json({ mode: 'support' }),
      { reply: '', mode: 'support' },
    ],
    [
      'a visitor who has asked for a person',
      () => Response.json({ data: { response: 'One moment', help_requested: true, mode: 'agent' } }),
      { reply: 'One moment', helpRequested: true, mode: 'agent' },
    ],
    ['a choice', () => Response.json({ choices: [{ message: { content: 'Hi' } }] }), { reply: 'Hi' }],
    [
      'answers to tap',
      () => Response.json({ reply: 'When?', choices: ['Today', { label: '' }] }),
      { reply: 'When?', choices: [{ label: 'Today', text: 'Today', href: null }] },
    ],
    ['plain words', () => new Response('Hi', { headers: { 'content-type': 'text/plain' } }), { reply: 'Hi' }],
    ['a JSON text', () => Response.json('Hi'), { reply: 'Hi' }],
    [
      'events without a type',
      () => new Response('data: {"delta":"Hi"}\n\ndata: [DONE]\n\n'),
      { reply: 'Hi' },
    ],
    [
      'JSON line by line',
      () =>
        new Response('{"delta":"H"}\n{"delta":"i"}\n{"done":true}\n', {
          headers: { 'content-type': 'application/x-ndjson' },
        }),
      { reply: 'Hi' },
    ],
    ['no content', () => new Response(null, { status: 204 }), { reply: '' }],
  ])('reads what the page itself would read: %s', async (_what, answer, reply) => {
    const { relay } = relayWith(answer);
    const response = await relay(say('hi'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ sessionId: null, ...reply });
  });

  it('streams what the page itself would read', async () => {
    const { relay } = relayWith(() =>
      stream(
        { type: 'thinking', text: 'hm' },
        { type: 'content_block_delta', delta: { text: 'Hi' } },
        { choices: [{ delta: { content: ' you' } }] },
        { helpRequested: true, mode: 'support' },
        { done: true, text: 'Hi you', choices: ['Today'] },
      ),
    );
    const text = await (await relay(say('hi', { headers: streaming }))).text();
    expect(
      text
        .trim()
        .split('\n\n')
        .map((event) => JSON.parse(event.slice(6))),
    ).toEqual([
      {},
      { delta: 'Hi' },
      { delta: ' you' },
      { helpRequested: true, mode: 'support' },
      { done: true, choices: [{ label: 'Today', text: 'Today', href: null }] },
    ]);
  });

  it.each<[what: string, body: string, type: string]>([
    ['in the middle of an event', 'data: {"delta":"Hel"}\n\ndata: {"del', 'text/event-stream'],
    ['before its first event', ': hello\n\n', 'text/event-stream'],
    ['at once', '', 'text/event-stream'],
  ])(
    'a stream that breaks off %s is asked for again by the page, under its key',
    async (_what, body, type) => {
      const answers = [
        new Response(body, { headers: { 'content-type': type } }),
        stream({ delta: 'Hello' }, { done: true }),
      ];
      const { relay, requests } = relayWith(() => answers.shift() ?? new Response(null, { status: 500 }));
      const page = new WidgetClient({
        baseUrl: SITE,
        wait: async () => undefined,
        fetch: (input, init) => {
          const request = new Request(input, { ...init, redirect: 'manual' });
          request.headers.set('origin', SITE);
          return relay(request);
        },
      });
      const texts: string[] = [];
      const reply = await page.chat('agent_1', { message: 'hi' }, { onText: (text) => texts.push(text) });
      expect(reply).toEqual({ text: 'Hello', sessionId: null });
      expect(texts.at(-1)).toBe('Hello');
      expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(
        Array.from({ length: 2 }, () => requests[0]?.headers['idempotency-key']),
      );
    },
  );

  it('says nothing where a stream has no content', async () => {
    const { relay } = relayWith(
      () => new Response(null, { status: 204, headers: { 'content-type': 'text/event-stream' } }),
    );
    expect(await (await relay(say('hi', { headers: streaming }))).json()).toEqual({
      reply: '',
      sessionId: null,
    });
  });
});
