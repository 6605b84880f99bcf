import { describe, expect, it, onTestFinished } from 'vitest';
import { osvi, type RelayOptions } from '../../../../src/relay.js';
import {
  OSVI_AGENT,
  OSVI_TOKEN,
  startOsviStandIn,
  type OsviStandIn,
} from '../../../support/osvi-stand-in.js';
import { ALLOW, CALLBACK, fromPage, relayOf, statusAndError } from '../start-relay.js';

async function startOsvi(
  options: Partial<RelayOptions> = {},
  keys: { apiToken?: string; agentUuid?: string } = {},
): Promise<{ platform: OsviStandIn; relay: (request: Request) => Promise<Response> }> {
  const platform = await startOsviStandIn();
  onTestFinished(() => platform.close());
  const upstream = osvi({ apiToken: OSVI_TOKEN, agentUuid: OSVI_AGENT, baseUrl: platform.url, ...keys });
  return { platform, relay: relayOf({ upstream, ...options }) };
}

const say = (message: string, body: object = {}, headers: Record<string, string> = {}): Request =>
  fromPage('/agents/agent_1/chat', { body: { message, ...body }, headers });
const phone = (change: object = {}, headers: Record<string, string> = {}): Request =>
  fromPage('/calls/outbound', { body: { ...CALLBACK, ...change }, headers });

describe('OSVI', () => {
  it('offers chat and callback, and no voice', async () => {
    const { relay, platform } = await startOsvi();
    expect(await (await relay(fromPage('/features'))).json()).toEqual({
      features: ['chat', 'callback'],
      phoneNumberIdOptional: true,
    });
    const voice = await relay(fromPage('/agents/agent_1/connect', { body: {} }));
    expect([voice.status, await voice.json()]).toEqual([
      404,
      { error: 'not_offered', message: 'This is not offered by this upstream.' },
    ]);
    expect(platform.requests).toEqual([]);
  });

  it('talks, in one conversation per visitor', async () => {
    const { relay, platform } = await startOsvi({ dynamicVariables: () => ({ plan: 'pro' }) });
    const first = await (await relay(say('Hi', { dynamicVariables: { plan: 'x', name: 'Ada' } }))).json();
    expect(first).toEqual({
      reply: 'You said: Hi',
      sessionId: expect.any(String),
      mode: 'agent',
      helpRequested: false,
    });
    await relay(say('Again', { sessionId: first.sessionId }));
    const other = await (await relay(say('Hello'))).json();
    expect(platform.sessions.map(({ heard }) => heard)).toEqual([['Hi', 'Again'], ['Hello']]);
    expect(platform.sessions[0]?.inputFields).toEqual({ plan: 'pro', name: 'Ada' });
    expect(other.sessionId).not.toBe(first.sessionId);
    const [one, two] = platform.sessions.map(({ customerId }) => customerId);
    expect(one).toMatch(/^visitor_[\w-]{16}$/);
    expect(two).not.toBe(one);
    expect(platform.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/chat/session',
      'POST /v1/chat/inbound',
      'POST /v1/chat/inbound',
      'POST /v1/chat/session',
      'POST /v1/chat/inbound',
    ]);
    for (const { headers } of platform.requests) {
      expect(Object.keys(headers)).not.toContain('cookie');
      expect(Object.keys(headers)).not.toContain('origin');
    }
  });

  it('says when a person answers, and takes their silence', async () => {
    const { relay } = await startOsvi();
    const asked = await (await relay(say('A person, please', {}, { accept: 'text/event-stream' }))).json();
    expect(asked).toMatchObject({ reply: '', mode: 'support', helpRequested: true });
    const later = await (await relay(say('Anybody?', { sessionId: asked.sessionId }))).json();
    expect(later).toMatchObject({ reply: '', mode: 'support' });
  });

  it('goes on with the conversation of a visitor whom the site knows', async () => {
    const { relay, platform } = await startOsvi({
      visitor: (request) => request.headers.get('cookie') ?? undefined,
    });
    const ada = { cookie: 'ada' };
    const { sessionId } = await (await relay(say('Hi', {}, ada))).json();
    await relay(say('On another device', {}, ada));
    await relay(say('Hi', { sessionId }, { cookie: 'bob' }));
    expect(platform.sessions.map(({ heard }) => heard)).toEqual([['Hi', 'On another device'], ['Hi']]);
    expect(platform.sessions[0]?.customerId).not.toContain('ada');
  });

  it('hears a message once, however often it is sent', async () => {
    const { relay, platform } = await startOsvi();
    const once = { 'idempotency-key': 'once' };
    const answers = await Promise.all([relay(say('Hi', {}, once)), relay(say('Hi', {}, once))]);
    const third = await relay(say('Hi', {}, once));
    const [one, two, three] = await Promise.all([...answers, third].map((answer) => answer.json()));
    expect(one.reply).toBe('You said: Hi');
    expect(platform.sessions.map(({ heard }) => heard)).toEqual([['Hi']]);
    for (const { sessionId } of [one, two, three]) await relay(say('More', { sessionId }));
    expect(platform.sessions.map(({ heard }) => heard)).toEqual([['Hi', 'More', 'More', 'More']]);
    expect(await statusAndError(await relay(say('Other', {}, once)))).toEqual([409, 'idempotency_conflict']);
  });

  it('phones, and tells how it goes', async () => {
    const { relay, platform } = await startOsvi({ allow: { ...ALLOW, variables: ['name'] } });
    const { callId } = await (await relay(phone({ dynamicVariables: { name: 'Ada' } }))).json();
    const [[id, call] = []] = platform.calls;
    expect(call).toEqual({
      phoneNumber: '30123456',
      countryCode: 'DE',
      data: { name: 'Ada' },
      status: 'in_progress',
    });
    expect(callId).toContain(`${id}.`);
    const record = async (): Promise<unknown> => (await relay(fromPage(`/calls/${callId}`))).json();
    expect(await record()).toMatchObject({
      callId,
      status: 'in_progress',
      failureReason: null,
      didConnect: null,
    });
    const outcomes = {
      picked: { status: 'completed', failureReason: null, didConnect: true },
      not_picked: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
      busy: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
      voicemail: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
      failed: { status: 'failed', failureReason: 'unknown', didConnect: false },
    } as const;
    for (const [status, outcome] of Object.entries(outcomes)) {
      if (call) call.status = status as keyof typeof outcomes;
      expect(await record()).toMatchObject({ ...outcome, durationSeconds: 42, channel: 'outbound' });
    }
    expect(JSON.stringify(await record())).not.toMatch(/summary|Not for the page|\+1000/);
  });

  it('says which numbers it cannot phone', async () => {
    const { relay, platform } = await startOsvi({
      // By name alone: the relay itself lets no satellite and no unknown number through.
      allow: { ...ALLOW, destinations: ['+881', '+3581234'] },
    });
    const nowhere = await relay(phone({ destination: '+88161234567' }));
    expect([nowhere.status, (await nowhere.json()).details]).toEqual([
      400,
      { destination: ['is in no country that is known'] },
    ]);
    const short = await relay(phone({ destination: '+3581234' }));
    expect([short.status, (await short.json()).details]).toEqual([
      400,
      { destination: ['was not accepted'] },
    ]);
    expect(platform.calls.size).toBe(0);
  });

  it('phones once, however often it is asked, also after a failure', async () => {
    const { relay, platform } = await startOsvi();
    const once = { 'idempotency-key': 'once' };
    const answers = await Promise.all([relay(phone({}, once)), relay(phone({}, once))]);
    const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
    expect(platform.calls.size).toBe(1);
    for (const { callId } of [one, two]) expect((await relay(fromPage(`/calls/${callId}`))).status).toBe(200);
    await platform.close();
    const twice = { 'idempotency-key': 'twice' };
    for (let asked = 0; asked < 5; asked++) expect((await relay(phone({}, twice))).status).toBe(502);
  });

  it.each([
    ['a token it does not know', { apiToken: 'tok_ffffffffffff' }, 502, 'upstream_denied', 502],
    ['an agent it does not know', { agentUuid: 'agent_other' }, 404, 'agent_not_found', 502],
  ])('has its own errors: %s', async (_, keys, chatStatus, chatError, callStatus) => {
    const { relay } = await startOsvi({}, keys);
    expect(await statusAndError(await relay(say('Hi')))).toEqual([chatStatus, chatError]);
    expect(await statusAndError(await relay(phone()))).toEqual([callStatus, 'upstream_denied']);
  });

  it('has lost a conversation: 404', async () => {
    const { relay, platform } = await startOsvi();
    const { sessionId } = await (await relay(say('Hi'))).json();
    for (const session of platform.sessions) session.isActive = false;
    expect((await relay(say('Still there?', { sessionId }))).status).toBe(404);
  });
});

describe('the stand-in', () => {
  it.each([
    ['POST', '/v1/chat/inbound', { customer_id: 'c', content: 'hi' }, {}, 422, ['agent_uuid is required']],
    [
      'POST',
      '/v1/chat/inbound',
      { agent_uuid: OSVI_AGENT, customer_id: 'c', content: 'hi', message: 'hi' },
      {},
      422,
      ['message is not a field'],
    ],
    [
      'POST',
      '/v1/chat/session',
      { agent_uuid: OSVI_AGENT, customer_id: 'c', context: 'text' },
      {},
      422,
      ['context has the wrong type'],
    ],
    [
      'POST',
      '/v1/call',
      { agent_uuid: OSVI_AGENT, phone_number: '+49301234', country_code: 'DE' },
      {},
      400,
      ['phone_number is implausible'],
    ],
    ['POST', '/v1/call', {}, { 'api-token': '' }, 401, ['Invalid or missing API token']],
    ['GET', '/v1/chat/session/active?customer_id=c', undefined, {}, 404, ['Agent not found']],
    ['GET', '/v1/call/call_1', undefined, {}, 404, ['Resource not found']],
  ])('is strict: %s %s %j', async (method, path, body, headers, status, errors) => {
    const { platform } = await startOsvi();
    const response = await fetch(platform.url + path, {
      method,
      headers: { 'api-token': OSVI_TOKEN, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect([response.status, await response.json()]).toEqual([status, { success: false, errors }]);
  });
});
