import { describe, expect, it, vi } from 'vitest';
import { openSession } from '../../../src/voice/webrtc-session.js';

const url = 'https://media.example/webrtc/call_1';
const offer: RTCSessionDescriptionInit = { type: 'offer', sdp: 'v=0 offer' };
const answer = { type: 'answer', sdp: 'v=0 answer' };

function serverThat(...responses: (Response | Error)[]) {
  return vi.fn<typeof fetch>(async () => {
    const response = responses.shift() ?? new Response(null, { status: 204 });
    if (response instanceof Error) throw response;
    return response;
  });
}

function created(location: string | null, body: unknown = answer): Response {
  return Response.json(body, { status: 201, headers: location === null ? {} : { location } });
}

describe('an offer', () => {
  it('is sent with the token, and answered', async () => {
    const fetch = serverThat(created('/webrtc/call_1/session_1'));
    const session = await openSession({ url, token: 'secret', offer, fetch });
    expect(session.answer).toEqual(answer);
    const [sentTo, init] = fetch.mock.calls[0] ?? [];
    expect(sentTo).toBe(url);
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      redirect: 'error',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    });
    expect(JSON.parse(init?.body as string)).toEqual({ type: 'offer', sdp: 'v=0 offer' });
  });

  it('goes without a token where none was given', async () => {
    const fetch = serverThat(created(null));
    await openSession({ url, token: null, offer, fetch });
    expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({ 'content-type': 'application/json' });
  });

  it.each([
    [401, 'token-expired'],
    [403, 'token-expired'],
    [404, 'connection-blocked'],
    [503, 'connection-blocked'],
  ])('that is answered %i fails with %s', async (status, code) => {
    const fetch = serverThat(new Response(null, { status }));
    await expect(openSession({ url, token: 't', offer, fetch })).rejects.toMatchObject({ code });
  });

  it('that the network swallows fails with connection-blocked', async () => {
    const fetch = serverThat(new TypeError('Failed to fetch'));
    await expect(openSession({ url, token: 't', offer, fetch })).rejects.toMatchObject({
      code: 'connection-blocked',
    });
  });

  it.each<[string, unknown]>([
    ['an offer', { type: 'offer', sdp: 'v=0' }],
    ['no SDP', { type: 'answer' }],
    ['null', null],
  ])(
    'that is answered with %s fails with unsupported-transport, and the session is left',
    async (_, body) => {
      const fetch = serverThat(created('session_1', body));
      await expect(openSession({ url, token: 't', offer, fetch })).rejects.toMatchObject({
        code: 'unsupported-transport',
      });
      expect(fetch.mock.calls[1]?.[1]?.method).toBe('DELETE');
    },
  );
});

describe('a session', () => {
  it('is left at its Location, once, and also by a page on its way out', async () => {
    const fetch = serverThat(created('session_1'));
    const session = await openSession({ url, token: 'secret', offer, fetch });
    await Promise.all([session.leave(), session.leave()]);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(fetch).toHaveBeenLastCalledWith('https://media.example/webrtc/session_1', {
      method: 'DELETE',
      headers: { authorization: 'Bearer secret' },
      credentials: 'omit',
      redirect: 'error',
      keepalive: true,
    });
  });

  it('is left without a word where the network fails', async () => {
    const fetch = serverThat(created('session_1'), new TypeError('Failed to fetch'));
    const session = await openSession({ url, token: 'secret', offer, fetch });
    await expect(session.leave()).resolves.toBeUndefined();
  });

  it.each([[null], ['https://elsewhere.example/session_1'], ['http://[']])(
    'takes its token nowhere else: Location %s',
    async (location) => {
      const fetch = serverThat(created(location));
      const session = await openSession({ url, token: 'secret', offer, fetch });
      await session.leave();
      expect(fetch).toHaveBeenCalledTimes(1);
    },
  );
});
