import { lazy } from '../async/lazy.js';
import { withinMs } from '../async/within-ms.js';
import type { MessageContext } from '../chat/chat-session.js';
import type { Sources } from '../context/told-messages.js';

const loadContext = lazy(() => import('../context/told-messages.js'));

/** What there is to tell besides a message is waited for this long: the message matters more. */
const WITHIN_MS = 3_000;

/**
 * What the site wants the agent to be told besides chat messages; `null` where it wants nothing, and no code for that is loaded.
 * When the code cannot be loaded, that is reported, and messages go out without.
 */
export async function messageContext(sources: Sources): Promise<MessageContext | null> {
  const { host, report } = sources;
  const { pageContext, carryOver, agentLanguage, assistantOverride } = host.config;
  if (
    pageContext === 'off' &&
    carryOver !== 'text' &&
    !(agentLanguage || assistantOverride || host.context())
  )
    return null;
  const loaded = await withinMs(loadContext(), WITHIN_MS).catch(report);
  return loaded?.contextFor(sources) ?? null;
}
