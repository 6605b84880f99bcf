import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../../../src/wire/api-error.js';
import {
  CallbackSession,
  ERRORS_LIMIT_MS,
  WATCH_LIMIT_MS,
  type CallbackStatus,
} from '../../../../src/panel/callback/callback-session.js';
import type { OutboundBody } from '../../../../src/api/widget-client.js';
import { deferred } from '../../../support/deferred.js';
import { clientOf, fakeApi, json, networkError, silence, status, type Answer } from '../../api/fake-api.js';

const PHONE = '+491701234567';
const BODY: OutboundBody = { agentId: 'agent_1', phoneNumberId: 'phone_1', destination: PHONE };

const placed = json({ callId: 'call_1' });
const record = (word: string, more: object = {}): Answer => json({ callId: 'call_1', status: word, ...more });

/** A session on the real client, whose pauses move the clock and nothing else. */
function start(...answers: Answer[]) {
  const api = fakeApi(...answers);
  let nowMs = 1_000_000;
  const wait: typeof api.wait = async (ms, signal) => {
    await api.wait(ms, signal);
    nowMs += ms;
  };
  const now = (): number => nowMs;
  const client = clientOf(api, { wait, now });
  const statuses: CallbackStatus[] = [];
  const errors: ApiError[] = [];
  let keys = 0;
  const session = new CallbackSession(
    { onStatus: (each) => statuses.push(each), onError: (error) => errors.push(error) },
    { wait, now, newKey: () => `key_${++keys}` },
  );
  session.setLookedAt(true);
  return {
    api,
    session,
    statuses,
    errors,
    request: (body = BODY) => session.request({ client, body }),
    states: () => statuses.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]),
    posts: () => api.requests.filter(({ method }) => method === 'POST'),
    keys: () =>
      new Set(
        api.requests
          .filter(({ method }) => method === 'POST')
          .map(({ headers }) => headers['idempotency-key']),
      ),
  };
}

describe('a call to a phone', () => {
  it('is asked for once, with what the site has set and nothing else, and followed to its end', async () => {
    const { api, request, states, posts, session } = start(
      placed,
      record('queued'),
      record('ringing'),
      record('in_progress'),
      record('completed'),
    );
    await request({ ...BODY, dynamicVariables: { 'first name': 'Ada' }, agentVersion: 3 });
    expect(states()).toEqual(['calling', 'ringing', 'talking', 'ended']);
    expect(session.status).toEqual({
      state: 'ended',
      callId: 'call_1',
      failure: null,
      durationSeconds: null,
    });
    expect(posts()).toHaveLength(1);
    expect(posts()[0]).toMatchObject({
      url: 'https://api.osmtalk.com/api/widget/calls/outbound',
      headers: { 'idempotency-key': 'key_1' },
      body: { ...BODY, dynamicVariables: { 'first name': 'Ada' }, agentVersion: 3 },
    });
    expect(api.waits).toEqual([1_000, 2_000, 3_000]);
  });

  it('tells every change once, and never goes back', async () => {
    const { request, states, statuses } = start(
      placed,
      record('warming_up'),
      record('ringing'),
      record('ringing'),
      record('connecting'),
      record('in_progress'),
      record('transferring'),
      record('completed'),
    );
    await request();
    expect(states()).toEqual(['calling', 'ringing', 'talking', 'ended']);
    // Asked for, answered, ringing, talking, ended.
    expect(statuses).toHaveLength(5);
  });

  it.each([
    ['failed', 'sip_no_answer', 'sip_no_answer'],
    ['failed', 'sip_rejected', 'sip_rejected'],
    ['failed', 'quantum_flux', 'unknown'],
    ['failed', null, 'unknown'],
    ['no_answer', null, 'sip_no_answer'],
    ['busy', null, 'sip_no_answer'],
  ])('%s with the reason %s fails with %s', async (word, failureReason, reason) => {
    const { request, session, errors } = start(placed, record('ringing'), record(word, { failureReason }));
    await request();
    expect(session.status).toEqual({
      state: 'failed',
      callId: 'call_1',
      failure: { reason, source: 'server', retryAfterMs: null },
    });
    expect(errors).toEqual([]);
  });

  it('that somebody has cancelled is over', async () => {
    const { request, session } = start(placed, record('cancelled'));
    await request();
    expect(session.status.state).toBe('ended');
  });

  it('is one, however often it is asked for meanwhile', async () => {
    const answer = deferred<Response>();
    const { request, posts, session } = start(() => answer.promise, record('completed'));
    const first = request();
    await request();
    await request({ ...BODY, destination: '+33612345678' });
    expect(session.isUnderWay).toBe(true);
    answer.resolve(Response.json({ callId: 'call_1' }));
    await first;
    expect(posts()).toHaveLength(1);
    expect(session.isUnderWay).toBe(false);
  });

  it('may be asked for again when it is over, as another one', async () => {
    const { request, keys, session } = start(placed, record('completed'), placed, record('completed'));
    await request();
    session.reset();
    expect(session.status.state).toBe('idle');
    await request();
    expect(keys()).toEqual(new Set(['key_1', 'key_2']));
  });
});

describe('a request that is not answered', () => {
  it('keeps its key for as long as nobody knows what became of it', async () => {
    const { request, keys, posts, session } = start(
      // Answered at least: from then on it is no question of CORS.
      status(503),
      networkError,
      networkError,
      status(503),
      status(503),
      status(503),
      placed,
      record('completed'),
    );
    await request();
    expect(session.status).toMatchObject({
      state: 'failed',
      failure: { reason: 'timeout', source: 'device' },
    });
    await request();
    expect(session.status).toMatchObject({ failure: { reason: 'server-error' } });
    await request();
    expect(session.status.state).toBe('ended');
    expect(posts()).toHaveLength(7);
    expect(keys()).toEqual(new Set(['key_1']));
  });

  it('is another one for another number', async () => {
    const { request, keys } = start(status(503), status(503), status(503), placed, record('completed'));
    await request();
    await request({ ...BODY, destination: '+33612345678' });
    expect(keys()).toEqual(new Set(['key_1', 'key_2']));
  });

  it('has a new key once the API has said no', async () => {
    const { request, keys } = start(status(402), placed, record('completed'));
    await request();
    await request();
    expect(keys()).toEqual(new Set(['key_1', 'key_2']));
  });
});

describe('a request that is refused', () => {
  it.each([
    [402, {}, 'no-credit', null],
    [401, {}, 'unauthorized', null],
    [403, { code: 'domain_not_allowed' }, 'domain-not-allowed', null],
    [404, {}, 'agent-not-found', null],
    [400, { details: { agentId: ['no'] } }, 'invalid-response', null],
    [429, { code: 'too_many_calls' }, 'too-many-calls', 5_000],
    [429, {}, 'rate-limited', 5_000],
  ])('with %i %j fails with %s', async (code, body, reason, retryAfterMs) => {
    const headers: Record<string, string> = retryAfterMs === null ? {} : { 'retry-after': '5' };
    const { request, session, errors } = start(status(code, headers, body));
    await request();
    expect(session.status).toEqual({
      state: 'failed',
      callId: null,
      failure: { reason, source: 'device', retryAfterMs },
    });
    expect(errors).toHaveLength(1);
  });

  it('for its number alone is no failure: another number may do', async () => {
    const { request, session } = start(status(400, {}, { details: { destination: ['blocked'] } }));
    await request();
    expect(session.status).toEqual({ state: 'refused', callId: null, failure: null });
    expect(session.isUnderWay).toBe(false);
  });

  it('says nothing of what the server said, which may hold the number', async () => {
    const { request, errors, statuses } = start(status(400, {}, { message: `cannot dial ${PHONE}` }));
    await request();
    expect(errors[0]).toMatchObject({ code: 'bad-request', status: 400, details: undefined });
    expect(String(errors[0]?.message)).toContain('HTTP 400');
    expect(JSON.stringify([errors, errors[0]?.message, errors[0]?.cause, statuses])).not.toContain('0170');
    expect(JSON.stringify([errors, errors[0]?.message, errors[0]?.cause, statuses])).not.toContain('4917');
  });
});

describe('its record', () => {
  it('is read only while somebody looks', async () => {
    const { request, session, api } = start(placed, record('ringing'), record('completed'));
    session.setLookedAt(false);
    await request();
    expect(session.status).toEqual({ state: 'calling', callId: 'call_1', failure: null });
    expect(api.requests).toHaveLength(1);
    session.setLookedAt(true);
    await expect.poll(() => session.status.state).toBe('ended');
  });

  it('is let go at once when nobody looks any more, and read again by one reader', async () => {
    const { request, session, api } = start(placed, silence, record('completed'));
    void request();
    await expect.poll(() => api.requests.length).toBe(2);
    session.setLookedAt(false);
    expect(api.requests[1]?.init.signal?.aborted).toBe(true);
    session.setLookedAt(true);
    session.setLookedAt(true);
    await expect.poll(() => session.status.state).toBe('ended');
    expect(api.requests).toHaveLength(3);
  });

  it('may not be written yet, and the link may be gone for a while', async () => {
    const { request, states, errors } = start(
      placed,
      status(404),
      record('ringing'),
      networkError,
      networkError,
      networkError,
      status(503),
      record('in_progress'),
      record('completed'),
    );
    await request();
    expect(states()).toEqual(['calling', 'ringing', 'talking', 'ended']);
    expect(errors).toEqual([]);
  });

  it('that this key may not read does not make the call a failure', async () => {
    const { request, session, errors } = start(placed, status(403, {}, { message: `no ${PHONE}` }));
    await request();
    expect(session.status).toEqual({ state: 'unwatched', callId: 'call_1', failure: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).not.toContain(PHONE);
  });

  it('is looked at for a minute where the server has nothing but errors, as a relay with such a key has', async () => {
    const { request, session, api, errors } = start(placed, status(502));
    await request();
    expect(session.status.state).toBe('unwatched');
    expect(errors).toHaveLength(1);
    const waited = api.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(ERRORS_LIMIT_MS);
    expect(waited).toBeLessThan(ERRORS_LIMIT_MS + 10_000);
  });

  it('is looked at on while the server has errors now and then', async () => {
    const answers = Array.from({ length: 80 }, (_, index) => (index % 8 ? status(502) : record('ringing')));
    const { request, session, api } = start(placed, ...answers, record('completed'));
    await request();
    expect(session.status.state).toBe('ended');
    expect(api.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(ERRORS_LIMIT_MS);
  });

  it('is not looked at for ever', async () => {
    const { request, session, api, errors } = start(placed, record('in_progress'));
    await request();
    expect(session.status.state).toBe('unwatched');
    expect(errors).toEqual([]);
    const waited = api.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(WATCH_LIMIT_MS - 10_000);
    expect(waited).toBeLessThanOrEqual(WATCH_LIMIT_MS + 5_000);
  });
});

describe('when the element goes', () => {
  it('the request goes too, and nothing is told any more', async () => {
    const { request, session, statuses, api } = start(silence);
    const asked = request();
    await expect.poll(() => api.requests.length).toBe(1);
    session.dispose();
    await asked;
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
    expect(statuses).toHaveLength(1);
    await request();
    expect(api.requests).toHaveLength(1);
  });

  it('the record is not read any more', async () => {
    const { request, session, statuses, api } = start(placed, silence);
    const asked = request();
    await expect.poll(() => api.requests.length).toBe(2);
    session.dispose();
    await asked;
    expect(api.requests[1]?.init.signal?.aborted).toBe(true);
    expect(statuses).toHaveLength(2);
    session.setLookedAt(true);
    expect(api.requests).toHaveLength(2);
  });
});
