import { threadPrefix } from './stored-keys.js';
import { digest } from './digest.js';

/** Under which a conversation is kept: with one agent, behind one API, of one user of the site, or of one whom the site has not named. */
export type ConversationKey = string;

/** The element's settings that tell conversations apart. */
export interface ConversationSettings {
  agentId?: string | undefined;
  baseUrl: string;
  userId?: string | undefined;
}

export function conversationKey({ agentId, baseUrl, userId }: ConversationSettings): ConversationKey | null {
  return agentId ? `${threadPrefix(agentId)}${digest(baseUrl)}:${userDigest(userId)}` : null;
}

/** Empty for whom the site has not named. */
export function userDigest(userId: string | undefined): string {
  return userId ? digest(userId) : '';
}

/** Whose a key is, as `userDigest` says; `null` for a key of something else. */
export function userOfKey(key: string): string | null {
  return /^osmtalk:thread:[^:]*:[^:]*:(\w*)$/.exec(key)?.[1] ?? null;
}
