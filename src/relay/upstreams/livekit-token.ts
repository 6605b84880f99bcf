import { hmac, hmacKey, toBase64Url, toBytes } from '../hmac.js';

export interface LivekitKey {
  apiKey: string;
  apiSecret: string;
}

/** The part of LiveKit's video grant that is used here. */
export interface VideoGrant {
  room?: string;
  roomJoin?: boolean;
  roomCreate?: boolean;
  roomList?: boolean;
  roomAdmin?: boolean;
  canPublish?: boolean;
  canPublishSources?: readonly 'microphone'[];
  canPublishData?: boolean;
  canSubscribe?: boolean;
}

interface TokenFacts {
  /** The identity of the participant in the room. */
  sub: string;
  video: VideoGrant;
  /** How long the token is valid. */
  seconds: number;
}

/** By how much the clocks of two machines may differ. */
const SKEW_SECONDS = 10;

/** Signs a LiveKit access token: a JWT (RFC 7519) by HS256. `now` is in milliseconds since 1970. */
export async function signLivekitToken(
  { apiKey, apiSecret }: LivekitKey,
  { sub, video, seconds }: TokenFacts,
  now = Date.now(),
): Promise<string> {
  const at = Math.floor(now / 1000);
  const claims = { iss: apiKey, sub, nbf: at - SKEW_SECONDS, exp: at + seconds, video };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${toBase64Url(await hmac(await hmacKey(apiSecret), text))}`;
}

function encode(value: object): string {
  return toBase64Url(toBytes(JSON.stringify(value)));
}
