import type { TokenSecret } from '../livekit/token.js';

export interface ServerAddress extends TokenSecret {
  /** `ws://…` or `wss://…`, for clients. */
  socketUrl: string;
  /** `http://…` or `https://…`, for the room service. */
  httpUrl: string;
}

export type Environment = Record<string, string | undefined>;

const names = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;

/** The LiveKit server named by the environment; undefined where none is. Half a name is a mistake, and says so. */
export function readServerAddress(env: Environment): ServerAddress | undefined {
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  const { LIVEKIT_URL: url = '', LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: secret = '' } = env;
  if (missing.length > 0) throw new Error(`To use a LiveKit server, set ${missing.join(' and ')} too.`);
  return {
    apiKey,
    secret,
    socketUrl: url.replace(/^http/, 'ws'),
    httpUrl: url.replace(/^ws/, 'http').replace(/\/$/, ''),
  };
}
