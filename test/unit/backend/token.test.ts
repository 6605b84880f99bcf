import { expect, it } from 'vitest';
import { signToken, verifyToken } from '../../../demo/backend/livekit/token.js';

const secret = { apiKey: 'key', secret: 'a-secret-of-some-length' };
const claims = { identity: 'caller_1', video: { room: 'room_1', roomJoin: true } };
const start = Date.parse('2026-01-01T00:00:00Z');

it('admits whom it was made for', () => {
  expect(verifyToken(signToken(claims, secret, start), secret, start)).toEqual({
    identity: 'caller_1',
    room: 'room_1',
  });
});

it('is good for ten minutes', () => {
  const token = signToken(claims, secret, start);
  expect(verifyToken(token, secret, start + 599_000)).toBeDefined();
  expect(verifyToken(token, secret, start + 601_000)).toBeUndefined();
  expect(verifyToken(token, secret, start - 60_000)).toBeUndefined();
});

it('cannot be made up', () => {
  const token = signToken(claims, secret, start);
  const [head, , mac] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ sub: 'x', exp: 9e9, video: claims.video })).toString(
    'base64url',
  );
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  expect(verifyToken(`${head}.${forged}.${mac}`, secret, start)).toBeUndefined();
  expect(verifyToken(`${unsigned}.${forged}.`, secret, start)).toBeUndefined();
  expect(verifyToken(token, { ...secret, secret: 'another' }, start)).toBeUndefined();
  for (const nonsense of ['', 'a.b', 'a.b.c', `${token}x`])
    expect(verifyToken(nonsense, secret, start)).toBeUndefined();
});

it('needs a room to join', () => {
  expect(
    verifyToken(signToken({ identity: 'a', video: { roomAdmin: true } }, secret, start), secret, start),
  ).toBeUndefined();
});
