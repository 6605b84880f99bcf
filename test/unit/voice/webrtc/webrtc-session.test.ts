import { describe, expect, it, vi } from 'vitest';
import { openSession, RefusedError } from '../../../../src/voice/webrtc/webrtc-session.js';

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

describe('a link that broke', () => {
  const again: RTCSessionDescriptionInit = { type: 'offer', sdp: 'v=0 again' };
  const sent = (fetch: ReturnType<typeof serverThat>, call: number): unknown =>
    JSON.parse(fetch.mock.calls[call]?.[1]?.body as string);

  it('is mended at the Location of its session, with the token', async () => {
    const fetch = serverThat(created('session_1'), Response.json({ type: 'answer', sdp: 'v=0 two' }));
    const session = await openSession({ url, token: 'secret', offer, fetch });
    expect([session.repair, session.isSmall]).toEqual(['ice', false]);
    expect(await session.negotiate(again, true)).toEqual({ type: 'answer', sdp: 'v=0 two' });
    expect(fetch.mock.calls[1]?.[0]).toBe('https://media.example/webrtc/session_1');
    expect(fetch.mock.calls[1]?.[1]).toMatchObject({
      method: 'PATCH',
      headers: { authorization: 'Bearer secret' },
      credentials: 'omit',
      redirect: 'error',
    });
    expect(sent(fetch, 1)).toEqual(again);
  });

  it('is not mended on a server that has told no way', async () => {
    const fetch = serverThat(created(null));
    const session = await openSession({ url, token: null, offer, fetch });
    expect(session.repair).toBeUndefined();
    await expect(session.negotiate(again, true)).rejects.toThrow(RefusedError);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it.each([400, 401, 404, 405, 410])('is not asked for again where the answer is %i', async (status) => {
    const fetch = serverThat(created('session_1'), new Response(null, { status }));
    const session = await openSession({ url, token: 't', offer, fetch });
    await expect(session.negotiate(again, true)).rejects.toThrow(RefusedError);
  });

  it.each<[string, Response | Error]>([
    ['no network', new TypeError('Failed to fetch')],
    ['429', new Response(null, { status: 429 })],
    ['503', new Response(null, { status: 503 })],
    ['a page of HTML', new Response('<html>')],
    ['an offer', Response.json(again)],
  ])('may be asked for again after %s', async (_, response) => {
    const fetch = serverThat(created('session_1'), response);
    const session = await openSession({ url, token: 't', offer, fetch });
    const error: unknown = await session.negotiate(again, true).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(RefusedError);
  });
});

describe('SmallWebRTC', () => {
  const small = { headers: { Authorization: 'Bearer own' }, requestData: { room: 7 } };
  const again: RTCSessionDescriptionInit = { type: 'offer', sdp: 'v=0 again' };
  const answered = (pcId: string): Response => Response.json({ ...answer, pc_id: pcId });
  const bodies = (fetch: ReturnType<typeof serverThat>): unknown[] =>
    fetch.mock.calls.map(([, init]) => JSON.parse(init?.body as string));

  it('gets with each offer what connect said, and the id of the last answer', async () => {
    const fetch = serverThat(answered('pc-1'), answered('pc-2'), answered('pc-3'));
    const session = await openSession({ url, token: null, small, offer, fetch });
    expect([session.repair, session.isSmall]).toEqual(['peer', true]);
    await session.negotiate(again, true);
    await session.negotiate(again, false);
    const { requestData } = small;
    expect(bodies(fetch)).toEqual([
      { ...offer, pc_id: null, restart_pc: false, requestData },
      { ...again, pc_id: 'pc-1', restart_pc: true, requestData },
      { ...again, pc_id: 'pc-2', restart_pc: false, requestData },
    ]);
    for (const [to, init] of fetch.mock.calls)
      expect([to, init?.method, init?.headers]).toEqual([
        url,
        'POST',
        { ...small.headers, 'content-type': 'application/json' },
      ]);
  });

  it('is known by the id in its answer as well', async () => {
    const fetch = serverThat(answered('pc-1'), answered('pc-1'));
    const session = await openSession({ url, token: 't', offer, fetch });
    expect(bodies(fetch)[0]).toEqual(offer);
    await session.negotiate(again, true);
    expect(bodies(fetch)[1]).toEqual({ ...again, pc_id: 'pc-1', restart_pc: true });
  });

  it('an answer that was lost leaves the id as it was', async () => {
    const fetch = serverThat(answered('pc-1'), new TypeError('Failed to fetch'), answered('pc-2'));
    const session = await openSession({ url, token: null, small, offer, fetch });
    await expect(session.negotiate(again, true)).rejects.toThrow('Failed to fetch');
    await session.negotiate(again, true);
    expect(bodies(fetch)[2]).toMatchObject({ pc_id: 'pc-1' });
  });

  it('gets late candidates by PATCH, and nobody minds when it does not take them', async () => {
    const fetch = serverThat(answered('pc-1'), new TypeError('Failed to fetch'));
    const session = await openSession({ url, token: null, small, offer, fetch });
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 } as RTCIceCandidate;
    await session.sendCandidates([candidate]);
    expect(fetch.mock.calls[1]?.[1]?.method).toBe('PATCH');
    expect(bodies(fetch)[1]).toEqual({
      pc_id: 'pc-1',
      candidates: [{ candidate: 'candidate:1', sdp_mid: '0', sdp_mline_index: 0 }],
    });
  });

  it('is left without a word: it has no place for one', async () => {
    const fetch = serverThat(answered('pc-1'));
    const session = await openSession({ url, token: null, small, offer, fetch });
    await session.leave();
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
