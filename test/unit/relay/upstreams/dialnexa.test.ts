import { describe, expect, it, onTestFinished } from 'vitest';
import { dialnexa, type RelayOptions } from '../../../../src/relay.js';
import {
  DIALNEXA_AGENT,
  DIALNEXA_KEY,
  startDialnexaStandIn,
  type DialnexaStandIn,
} from '../../../support/dialnexa-stand-in.js';
import { ALLOW, CALLBACK, fromPage, relayOf, statusAndError } from '../start-relay.js';

async function startDialnexa(
  options: Partial<RelayOptions> = {},
  keys: { apiKey?: string; agentId?: string } = {},
): Promise<{ platform: DialnexaStandIn; relay: (request: Request) => Promise<Response> }> {
  const platform = await startDialnexaStandIn();
  onTestFinished(() => platform.close());
  const upstream = dialnexa({
    apiKey: DIALNEXA_KEY,
    agentId: DIALNEXA_AGENT,
    baseUrl: platform.url,
    ...keys,
  });
  return { platform, relay: relayOf({ upstream, ...options }) };
}

const phone = (change: object = {}, headers: Record<string, string> = {}): Request =>
  fromPage('/calls/outbound', { body: { ...CALLBACK, ...change }, headers });
const once = { 'idempotency-key': 'once' };

describe('DialNexa', () => {
  it('offers callback alone', async () => {
    const { relay, platform } = await startDialnexa();
    expect(await (await relay(fromPage('/features'))).json()).toEqual({
      features: ['callback'],
      phoneNumberIdOptional: true,
    });
    for (const action of ['connect', 'chat']) {
      const response = await relay(fromPage(`/agents/agent_1/${action}`, { body: { message: 'hi' } }));
      expect(await statusAndError(response)).toEqual([404, 'not_offered']);
    }
    expect(platform.requests).toEqual([]);
  });

  it('phones, and tells how it goes', async () => {
    const { relay, platform } = await startDialnexa({ allow: { ...ALLOW, variables: ['name'] } });
    const { callId } = await (await relay(phone({ dynamicVariables: { name: 'Ada' } }))).json();
    const [[id, call] = []] = platform.calls;
    expect(call).toEqual({ number: '+4930123456', metadata: { name: 'Ada' }, status: 'initiated' });
    expect(callId).toContain(`${id}.`);
    const outcomes = {
      initiated: { status: 'queued', failureReason: null, didConnect: null, durationSeconds: null },
      'in-progress': { status: 'in_progress', failureReason: null, didConnect: null, endedAt: null },
      completed: { status: 'completed', failureReason: null, didConnect: true, durationSeconds: 145 },
      busy: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
      'no-answer': { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
      failed: { status: 'failed', failureReason: 'unknown', didConnect: false },
    } as const;
    for (const [status, outcome] of Object.entries(outcomes)) {
      if (call) call.status = status as keyof typeof outcomes;
      const record = await (await relay(fromPage(`/calls/${callId}`))).json();
      expect(record).toMatchObject({ callId, ...outcome });
      expect(JSON.stringify(record)).not.toMatch(/recording|\+4930|Ada/);
    }
    expect(platform.requests[0]?.headers.authorization).toBe(`Bearer ${DIALNEXA_KEY}`);
  });

  it('says which number it does not phone, in words of its own', async () => {
    const { relay } = await startDialnexa({ allow: { ...ALLOW, destinations: ['+991'] } });
    const response = await relay(phone({ destination: '+9912345678' }));
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: 'bad_request',
        message: 'The request is not well formed.',
        details: { destination: ['was not accepted'] },
      },
    ]);
  });

  it.each([400, 429, 500, 502, 503, 504])(
    'is never asked twice for one call, not after %i either',
    async (fault) => {
      const { relay, platform } = await startDialnexa();
      platform.faults.push(fault);
      const first = await relay(phone({}, once));
      expect(first.status).toBe(fault);
      expect((await relay(phone({}, once))).status).toBe(fault);
      expect(platform.requests).toHaveLength(1);
      expect(platform.calls.size).toBe(0);
      expect((await relay(phone({}, { 'idempotency-key': 'again' }))).status).toBe(200);
    },
  );

  it('finishes a call that the page has left, and tells who asks again', async () => {
    const { relay, platform } = await startDialnexa();
    const page = new AbortController();
    const left = relay(new Request(phone({}, once), { signal: page.signal }));
    page.abort();
    expect((await left).status).toBe(200);
    const { callId } = await (await relay(phone({}, once))).json();
    expect(platform.calls.size).toBe(1);
    expect((await relay(fromPage(`/calls/${callId}`))).status).toBe(200);
  });

  it('is asked again for a record after a passing fault, and after no other', async () => {
    const { relay, platform } = await startDialnexa();
    const { callId } = await (await relay(phone())).json();
    platform.faults.push(503, 502);
    expect((await relay(fromPage(`/calls/${callId}`))).status).toBe(200);
    expect(platform.requests).toHaveLength(4);
    for (const fault of [500, 429]) {
      platform.faults.push(fault);
      expect((await relay(fromPage(`/calls/${callId}`))).status).toBe(fault);
    }
    expect(platform.requests).toHaveLength(6);
  });

  it('has its own errors: a key or an agent it does not know', async () => {
    const stranger = await startDialnexa({}, { apiKey: 'other:key' });
    expect(await statusAndError(await stranger.relay(phone()))).toEqual([502, 'upstream_denied']);
    const lost = await startDialnexa({}, { agentId: 'agt_other' });
    expect(await statusAndError(await lost.relay(phone()))).toEqual([404, 'agent_not_found']);
  });
});

describe('the stand-in', () => {
  it.each([
    [{ to_phone_number: '+4930123456' }, {}, 400, ['agent_id should not be empty']],
    [{ agent_id: DIALNEXA_AGENT, to_phone_number: '030' }, {}, 400, ['to_phone_number is not valid']],
    [
      { agent_id: DIALNEXA_AGENT, to_phone_number: '+4930123456', phone_number: '1' },
      {},
      400,
      ['property phone_number should not exist'],
    ],
    [{}, { authorization: DIALNEXA_KEY }, 401, 'Unauthorized'],
  ])('is strict: %j', async (body, headers, statusCode, message) => {
    const { platform } = await startDialnexa();
    const response = await fetch(`${platform.url}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${DIALNEXA_KEY}`, ...headers },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.json()]).toEqual([
      statusCode,
      { statusCode, message, error: expect.any(String) },
    ]);
  });
});
