import type { JsonObject } from '../read-json.js';
import type { ConnectRequest } from '../upstream.js';

/** A shorter one would be found in any word: `livekit-server --dev` has `secret`. */
const SHORTEST_SOUGHT = 8;

/** Of the secrets of an engine of the site's own, those that a page's answers can be searched for. */
export function soughtSecrets(secrets: readonly string[]): string[] {
  return secrets.filter(({ length }) => length >= SHORTEST_SOUGHT);
}

/** What such an engine's agent is told of a call: `agentId` is the name that the page calls it by. */
export function agentFacts(asked: ConnectRequest): JsonObject {
  const { agentId, visitor, userId, dynamicVariables, metadata, agentVersion, assistantOverride } = asked;
  return { agentId, visitor, userId, dynamicVariables, metadata, agentVersion, assistantOverride };
}
