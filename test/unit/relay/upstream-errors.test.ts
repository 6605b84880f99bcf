import { describe, expect, it } from 'vitest';
import { apiErrorFromResponse } from '../../../src/wire/api-error.js';
import { CALLBACK, fromPage, KEY, relayWith } from './start-relay.js';

const TEXT = `Key ${KEY} of ada@site.example: no`;

async function askThrough(
  answer: () => Response | Promise<Response>,
  path = '/agents/agent_1/connect',
  body: object = {},
) {
  const { relay } = relayWith(answer);
  const response = await relay(fromPage(path, { body }));
  const text = await response.text();
  const parsed = JSON.parse(text) as { error: string; details?: unknown };
  return { response, text, parsed, code: apiErrorFromResponse(response, parsed, null).code };
}

describe('an error of the upstream', () => {
  it.each([
    [400, 400, 'bad_request', 'bad-request'],
    [401, 502, 'upstream_denied', 'server-error'],
    [402, 402, 'no_credit', 'no-credit'],
    [403, 502, 'upstream_denied', 'server-error'],
    [404, 404, 'agent_not_found', 'not-found'],
    [408, 504, 'upstream_timeout', 'server-error'],
    [409, 409, 'upstream_conflict', 'conflict'],
    [422, 400, 'bad_request', 'bad-request'],
    [429, 429, 'rate_limited', 'rate-limited'],
    [500, 500, 'upstream_error', 'server-error'],
    [503, 503, 'upstream_error', 'server-error'],
    [599, 599, 'upstream_error', 'server-error'],
  ])('%i is %i %s for the page, and %s for its client', async (upstream, status, error, code) => {
    const answer = await askThrough(() =>
      Response.json({ error: TEXT, message: TEXT }, { status: upstream }),
    );
    expect([answer.response.status, answer.parsed.error, answer.code]).toEqual([status, error, code]);
    expect(answer.text).not.toContain('ada');
    expect(answer.text).not.toContain(KEY);
  });

  it('of too many calls is told from one of too many requests', async () => {
    const answer = await askThrough(() =>
      Response.json({ error: 'too_many_calls' }, { status: 429, headers: { 'retry-after': '5' } }),
    );
    expect([answer.response.status, answer.code]).toEqual([429, 'too-many-calls']);
    expect(answer.response.headers.get('retry-after')).toBe('5');
    expect(answer.response.headers.get('access-control-expose-headers')).toBe('Retry-After');
  });

  it.each([
    ['1.2', '2'],
    ['-5', '0'],
    ['99999999', '3600'],
    [new Date(0).toUTCString(), '0'],
    ['soon', null],
    ['', null],
  ])('asks to wait %j, which is %j', async (said, passed) => {
    const answer = await askThrough(
      () => new Response('{}', { status: 503, headers: { 'retry-after': said } }),
    );
    expect(answer.response.headers.get('retry-after')).toBe(passed);
  });

  it('names the fields that the page may mend, and nothing else', async () => {
    const details = { destination: [TEXT], apiKey: [TEXT], __proto__: null };
    const answer = await askThrough(
      () => Response.json({ error: 'bad_request', details }, { status: 400 }),
      '/calls/outbound',
      CALLBACK,
    );
    expect(answer.parsed.details).toEqual({ destination: ['was not accepted'] });
  });

  it('may have no body, or one that is no JSON', async () => {
    for (const body of [null, '<html>', '[]', 'null']) {
      const answer = await askThrough(() => new Response(body, { status: 404 }));
      expect(answer.parsed.error).toBe('agent_not_found');
    }
  });
});

describe('what is no answer', () => {
  it.each([
    [
      'HTML',
      () =>
        new Response('<!doctype html><title>It works!</title>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['nothing', () => new Response(null, { status: 204 })],
    ['a list', () => Response.json([1])],
    ['half of one', () => new Response('{"callId":')],
    ['an id that is none', () => Response.json({ callId: 'two words' })],
    ['an id that would walk up a path', () => Response.json({ callId: '..' })],
  ])('%s is 502', async (_, answer) => {
    const { response, parsed } = await askThrough(answer);
    expect([response.status, parsed.error]).toEqual([502, 'bad_answer']);
  });

  it('a network error is 502', async () => {
    const { response, parsed } = await askThrough(() => Promise.reject(new TypeError(TEXT)));
    expect([response.status, parsed.error]).toEqual([502, 'upstream_unreachable']);
  });

  it.each([301, 302, 303, 307, 308, 304])('a redirect (%i) is 502', async (status) => {
    const { response, parsed } = await askThrough(
      () => new Response(null, { status, headers: { location: 'https://evil.com/' } }),
    );
    expect([response.status, parsed.error]).toEqual([502, 'upstream_redirected']);
    expect(response.headers.has('location')).toBe(false);
  });
});
