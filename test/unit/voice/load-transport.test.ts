import { describe, expect, it, vi } from 'vitest';
import type { CallOffer } from '../../../src/wire/call-offer.js';
import { loadTransport } from '../../../src/voice/load-transport.js';
import type { TransportLoader, VoiceTransport } from '../../../src/voice/transport.js';
import { FakeTransport } from '../../support/fake-transport.js';

const foreign: CallOffer = { transport: 'foreign', callId: 'call_1', name: 'daily', raw: { room: 'room_1' } };
const livekit: CallOffer = {
  transport: 'livekit',
  callId: 'call_1',
  serverUrl: 'wss://x.example',
  token: 't',
  raw: {},
};

function loaderFor(name: CallOffer['transport'], transport: VoiceTransport) {
  const create = vi.fn<(offer: CallOffer) => VoiceTransport>(() => transport);
  const load = vi.fn<TransportLoader['load']>(async () => create);
  const loader: TransportLoader = { name, accepts: (offer) => offer.transport === name, load };
  return { loader, load, create };
}

describe('the transport of an offer', () => {
  it('comes from the site for what this widget does not know, and is made with the whole offer', async () => {
    const transport = new FakeTransport();
    const { loader, create } = loaderFor('foreign', transport);
    await expect(loadTransport(foreign, [loader])).resolves.toBe(transport);
    expect(create).toHaveBeenCalledExactlyOnceWith(foreign);
  });

  it('comes from the site before our own is asked', async () => {
    const transport = new FakeTransport();
    await expect(loadTransport(livekit, [loaderFor('livekit', transport).loader])).resolves.toBe(transport);
  });

  it('comes from the first of the site’s that takes it; the others are not loaded', async () => {
    const first = loaderFor('foreign', new FakeTransport());
    const second = loaderFor('foreign', new FakeTransport());
    const other = loaderFor('webrtc', new FakeTransport());
    await loadTransport(foreign, [other.loader, first.loader, second.loader]);
    expect([other, first, second].map(({ load }) => load.mock.calls.length)).toEqual([0, 1, 0]);
  });

  it('is missing when nobody takes the offer', async () => {
    await expect(loadTransport(foreign)).rejects.toMatchObject({
      name: 'VoiceError',
      code: 'unsupported-transport',
      message: expect.stringContaining('daily') as string,
    });
  });
});
