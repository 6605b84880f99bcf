import type { Room } from 'livekit-client';

/** The method that an agent may register to be told of the visitor's situation. */
const CONTEXT_METHOD = 'osmtalk.context';

/**
 * Tells an agent something of the visitor's situation by RPC, which tells whether the agent knows the method: LiveKit's engines
 * have no message that adds to what an agent knows and makes it say nothing. Never rejects.
 */
export async function tellAgent(room: Room, identity: string | undefined, context: string): Promise<boolean> {
  if (identity === undefined) return false;
  const call = { destinationIdentity: identity, method: CONTEXT_METHOD, payload: context };
  return room.localParticipant.performRpc(call).then(
    () => true,
    () => false,
  );
}
