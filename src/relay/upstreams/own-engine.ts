import type { JsonObject } from '../read-json.js';
import type { ConnectRequest } from '../upstream.js';

/** A shorter secret would be found in ordinary words: that of `livekit-server --dev` is `secret`. */
const SHORTEST_SOUGHT = 8;

/** Returns those secrets of the site's own engine that are long enough to search a page's answers for. */
export function soughtSecrets(secrets: readonly string[]): string[] {
  return secrets.filter(({ length }) => length >= SHORTEST_SOUGHT);
}

/**
 * Returns what the agent of the site's own engine learns about a call. `agentId` is the name that the page uses for the agent.
 */
export function agentFacts(asked: ConnectRequest): JsonObject {
  const { agentId, visitor, userId, dynamicVariables, metadata, agentVersion, assistantOverride } = asked;
  return { agentId, visitor, userId, dynamicVariables, metadata, agentVersion, assistantOverride };
}
