import { threadPrefix } from './stored-keys.js';
import { digest } from './digest.js';

/**
 * The storage key of a conversation: with one agent, behind one API, of one user of the site or of a user whom the site has not
 * named.
 */
export type ConversationKey = string;

/** The element's settings that decide which conversation is shown. */
export interface ConversationSettings {
  agentId?: string | undefined;
  baseUrl: string;
  userId?: string | undefined;
}

export function conversationKey({ agentId, baseUrl, userId }: ConversationSettings): ConversationKey | null {
  return agentId ? `${threadPrefix(agentId)}${digest(baseUrl)}:${userDigest(userId)}` : null;
}

/** The digest of a user id; empty when the site has not named the user. */
export function userDigest(userId: string | undefined): string {
  return userId ? digest(userId) : '';
}

/** The `userDigest` in the key of a conversation, or of the number of its unread replies; `null` for any other key. */
export function userOfKey(key: string): string | null {
  return /^osmtalk:thread:[^:]*:[^:]*:(\w*)(:unread)?$/.exec(key)?.[1] ?? null;
}
