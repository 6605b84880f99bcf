import { createRelay, livekit } from '../../src/relay.js';
import type { FetchHandler } from './http/node-listener.js';
import type { Environment, ServerAddress } from './livekit-server/server-address.js';
import { scenarios } from './scenarios/scenarios.js';

/**
 * With `LIVEKIT_AGENT_NAME` beside the address of a LiveKit server, calls are had with the worker of that name, by the relay that a site
 * would run; undefined without it. Whatever agent the page calls is this one, which is told the name.
 */
export function relayToOwnAgent(
  env: Environment,
  address: ServerAddress | undefined,
  port: number,
): FetchHandler | undefined {
  const agentName = env.LIVEKIT_AGENT_NAME;
  if (!agentName || !address) return undefined;
  const { socketUrl: url, apiKey, secret: apiSecret } = address;
  return createRelay({
    upstream: livekit({ url, apiKey, apiSecret, agentName }),
    allow: { agents: Object.keys(scenarios), features: ['voice'] },
    origins: [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
    basePath: '',
    // A page asks its own origin without saying so.
    authorize: () => true,
  });
}
