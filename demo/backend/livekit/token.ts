import { createHmac, timingSafeEqual } from 'node:crypto';

export interface TokenSecret {
  apiKey: string;
  secret: string;
}

/** The part of LiveKit's video grant that is used here. */
export interface VideoGrant {
  room?: string;
  roomJoin?: boolean;
  roomAdmin?: boolean;
  roomCreate?: boolean;
  canPublish?: boolean;
  canSubscribe?: boolean;
  canPublishData?: boolean;
  canUpdateOwnMetadata?: boolean;
  /** Nobody in the room sees this participant. */
  hidden?: boolean;
}

export interface TokenClaims {
  identity: string;
  name?: string;
  /** LiveKit marks its agents so. */
  kind?: 'agent';
  video: VideoGrant;
}

const tokenLifeSeconds = 600;
/** The clocks of two machines differ. */
const clockSkewSeconds = 5;

const header = encode({ alg: 'HS256', typ: 'JWT' });

/** A LiveKit access token: a JWT (RFC 7519), HS256. Never log one. */
export function signToken(claims: TokenClaims, { apiKey, secret }: TokenSecret, now = Date.now()): string {
  const seconds = Math.floor(now / 1000);
  const { identity, ...rest } = claims;
  const times = { nbf: seconds - clockSkewSeconds, exp: seconds + tokenLifeSeconds };
  const payload = encode({ iss: apiKey, sub: identity, ...times, ...rest });
  return `${header}.${payload}.${signature(`${header}.${payload}`, secret)}`;
}

/** All that somebody who talks in a room needs. */
export function participantGrant(room: string): VideoGrant {
  return { room, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true };
}

export interface RoomClaims {
  identity: string;
  room: string;
}

/** Who may enter which room; undefined for a token that is not good. */
export function verifyToken(
  token: string,
  { secret }: TokenSecret,
  now = Date.now(),
): RoomClaims | undefined {
  const [head, payload, given] = token.split('.');
  // The algorithm is ours to say, not the token's.
  if (head !== header || !payload || !given) return undefined;
  const expected = Buffer.from(signature(`${head}.${payload}`, secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    sub?: string;
    nbf?: number;
    exp?: number;
    video?: VideoGrant;
  };
  const seconds = now / 1000;
  if ((claims.exp ?? 0) < seconds || (claims.nbf ?? 0) > seconds + clockSkewSeconds) return undefined;
  if (!claims.sub || !claims.video?.roomJoin || !claims.video.room) return undefined;
  return { identity: claims.sub, room: claims.video.room };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
