import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWebhookSignature } from '../../../src/relay.js';

const SECRET = 'whsec_1';
const BODY = '{"event":"call.ended","name":"Zoë"}';
const HEX = createHmac('sha256', SECRET).update(BODY).digest('hex');
const HEADER = `sha256=${HEX}`;

describe('verifyWebhookSignature', () => {
  it('takes what the platform has signed, as text or as bytes', async () => {
    expect(await verifyWebhookSignature(BODY, HEADER, SECRET)).toBe(true);
    expect(await verifyWebhookSignature(new TextEncoder().encode(BODY), HEADER, SECRET)).toBe(true);
    expect(await verifyWebhookSignature(Buffer.from(BODY), HEADER, SECRET)).toBe(true);
    expect(await verifyWebhookSignature(BODY, `sha256=${HEX.toUpperCase()}`, SECRET)).toBe(true);
  });

  it('takes bytes that are no text', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0);
    const signature = createHmac('sha256', SECRET).update(bytes).digest('hex');
    expect(await verifyWebhookSignature(bytes, `sha256=${signature}`, SECRET)).toBe(true);
  });

  it.each([
    ['another body', `${BODY} `, HEADER, SECRET],
    ['another secret', BODY, HEADER, 'whsec_2'],
    ['another signature', BODY, HEADER.replace(/.$/, (last) => (last === '0' ? '1' : '0')), SECRET],
    ['no header', BODY, null, SECRET],
    ['no header at all', BODY, undefined, SECRET],
    ['an empty header', BODY, '', SECRET],
    ['no algorithm', BODY, HEX, SECRET],
    ['another algorithm', BODY, `sha1=${HEX}`, SECRET],
    ['half a signature', BODY, HEADER.slice(0, -2), SECRET],
    ['more than a signature', BODY, `${HEADER}00`, SECRET],
    ['no hexadecimal', BODY, `sha256=${'g'.repeat(64)}`, SECRET],
  ])('refuses %s', async (_, raw, header, secret) => {
    expect(await verifyWebhookSignature(raw, header, secret)).toBe(false);
  });

  it('takes bytes in any wrapping, and a header in a list of one', async () => {
    const bytes = new TextEncoder().encode(BODY);
    expect(await verifyWebhookSignature(bytes.buffer, HEADER, SECRET)).toBe(true);
    const within = new Uint8Array([1, ...bytes, 1]).subarray(1, -1);
    expect(await verifyWebhookSignature(within, HEADER, SECRET)).toBe(true);
    expect(await verifyWebhookSignature(BODY, [HEADER], SECRET)).toBe(true);
  });

  it.each([[[HEADER, HEADER]], [[]], [[[HEADER]]], [{}], [7]])('refuses %j for a header', async (header) => {
    expect(await verifyWebhookSignature(BODY, header as never, SECRET)).toBe(false);
  });

  it.each([[{ event: 'call.ended' }], [[]], [undefined], [null], [0], [true], [new Date(0)], [new Map()]])(
    'asks for the raw body instead of %j, whatever the header',
    async (body) => {
      const signedEmpty = `sha256=${createHmac('sha256', SECRET).update('').digest('hex')}`;
      for (const header of [signedEmpty, HEADER, null])
        await expect(verifyWebhookSignature(body as never, header, SECRET)).rejects.toThrow(/raw body/);
      await expect(verifyWebhookSignature(body as never, HEADER, SECRET)).rejects.toThrow(TypeError);
    },
  );

  it('does not work without a secret', async () => {
    const header = `sha256=${createHmac('sha256', '').update(BODY).digest('hex')}`;
    await expect(verifyWebhookSignature(BODY, header, '')).rejects.toThrow(TypeError);
  });
});
