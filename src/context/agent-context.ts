import { toJson } from '../wire/to-json.js';
import type { ChatBody, ConnectBody } from '../api/chat-client.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { WidgetConfig } from '../contract/widget-config.js';

/** The element's settings that say what an agent is told besides the visitor's words. */
export type ContextSettings = Pick<
  WidgetConfig,
  'pageContext' | 'carryOver' | 'agentLanguage' | 'assistantOverride' | 'dynamicVariables'
>;

/** What there is to tell. */
export interface Surroundings {
  /** The language of the interface (BCP 47). */
  language: string;
  /** What the site has passed to `sendContext()` last. */
  context: unknown;
  thread: { readonly messages: readonly ThreadMessage[]; readonly sessionId: string | null };
}

export interface AgentContext {
  /** Those of the site win over those of the widget. */
  dynamicVariables: Record<string, unknown>;
  assistantOverride: Record<string, unknown> | undefined;
  sessionId: string | undefined;
}

/** The longest conversation that is told, in characters of JSON and in bytes: a relay passes on 4,000 of a variable. */
const LONGEST_CONVERSATION = 3_800;
/** Of a newest line that is too long by itself: in the worst script and with escapes, no more than there is room for. */
const LONGEST_LINE = 1_200;
/** In characters. */
const LONGEST_CONTEXT = 3_000;
/** A title is text of the page, which may hold whatever its visitors write. */
const LONGEST_TITLE = 200;

/** Returns what the agent of a new call is told: with `carry-over`, of the chat too. */
export function contextOfCall(settings: ContextSettings, surroundings: Surroundings): AgentContext {
  const { thread } = surroundings;
  const { carryOver, assistantOverride, dynamicVariables } = settings;
  return {
    dynamicVariables: {
      ...aroundTheVisitor(settings, surroundings),
      ...(carryOver === 'text' && conversationVariable(thread.messages)),
      ...dynamicVariables,
    },
    assistantOverride,
    sessionId: carryOver === 'none' ? undefined : (thread.sessionId ?? undefined),
  };
}

/**
 * Returns the body of a chat message with what the agent is told: with `carry-over="text"`, also what was said in calls since the
 * last message before that of `messageId`.
 */
export function withContext<Body extends Omit<ChatBody, 'message'>>(
  body: Body,
  settings: ContextSettings,
  surroundings: Surroundings,
  messageId: string,
): Body {
  const { carryOver, assistantOverride } = settings;
  return {
    ...body,
    ...(assistantOverride && { assistantOverride }),
    ...variablesOf({
      ...aroundTheVisitor(settings, surroundings),
      ...(carryOver === 'text' && conversationVariable(saidSince(surroundings.thread.messages, messageId))),
      ...body.dynamicVariables,
    }),
  };
}

/** The field of a body; none without any variable. */
export function variablesOf(
  dynamicVariables: Record<string, unknown>,
): Pick<ConnectBody, 'dynamicVariables'> {
  return Object.keys(dynamicVariables).length > 0 ? { dynamicVariables } : {};
}

function aroundTheVisitor(
  { pageContext, agentLanguage }: ContextSettings,
  { language, context }: Surroundings,
): Record<string, unknown> {
  const told = contextText(context);
  return {
    ...(agentLanguage && { language: agentLanguage === 'auto' ? language : agentLanguage }),
    // Neither query nor fragment: they may hold tokens, names and what the visitor has searched for.
    ...(pageContext === 'url' && {
      page_url: `${location.origin}${location.pathname}`,
      page_title: String(document.title).slice(0, LONGEST_TITLE),
    }),
    ...(told !== '' && { context: told }),
  };
}

/** Returns what the site passes to `sendContext()` as text; an object as JSON. Empty for anything else, and cut where it is too long. */
export function contextText(context: unknown): string {
  const isObject = typeof context === 'object' && context !== null;
  const text = isObject ? toJson(context) : context;
  return typeof text === 'string' ? text.slice(0, LONGEST_CONTEXT) : '';
}

/** What was spoken and written in calls after the last chat message before this one. */
function saidSince(messages: readonly ThreadMessage[], messageId: string): ThreadMessage[] {
  let said: ThreadMessage[] = [];
  let isInCall = false;
  for (const message of messages.slice(
    0,
    messages.findIndex(({ id }) => id === messageId),
  )) {
    const { role, channel, status, note } = message;
    if (note) isInCall = note === 'call-started' || (isInCall && !/-(ended|failed)$/.test(note));
    else if (isInCall || channel === 'voice') said.push(message);
    // A chat message that failed has told nothing.
    else if (role === 'user' && status !== 'failed') said = [];
  }
  return said;
}

function conversationVariable(messages: readonly ThreadMessage[]): { conversation?: string } {
  const conversation = linesOf(messages);
  return conversation === '' ? {} : { conversation };
}

/** The newest lines that there is room for, each on one line, so that no text can pose as the line of another speaker. */
function linesOf(messages: readonly ThreadMessage[]): string {
  const lines: string[] = [];
  let room = LONGEST_CONVERSATION;
  for (const { role, name, text, status } of messages.toReversed()) {
    if (role === 'note' || status === 'failed' || text.trim() === '') continue;
    const line = oneLine(`${role === 'user' ? 'Visitor' : name || 'Assistant'}: ${text}`);
    room -= sizeOf(line) + 2;
    if (room < 0 && lines.length > 0) break;
    lines.unshift(room < 0 ? line.slice(0, LONGEST_LINE) : line);
  }
  return lines.join('\n');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const sizeOf = (text: string): number => Math.max(toJson(text).length, new TextEncoder().encode(text).length);
