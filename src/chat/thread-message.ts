const NOTES = [
  'call-started',
  'call-ended',
  'call-failed',
  'phone-call-started',
  'phone-call-ended',
  'phone-call-failed',
  'person-requested',
  'person-answers',
  'agent-answers',
  'handed-over',
] as const;

/** What happened between the words: shown as a line of its own. */
export type ThreadNote = (typeof NOTES)[number];

/** One line of the conversation, whatever way it came: typed, replied, spoken in a call, or a note of what happened. */
export interface ThreadMessage {
  id: string;
  role: 'user' | 'agent' | 'note';
  text: string;
  channel: 'chat' | 'voice';
  /** `sending` is for what the visitor typed; `arriving` for a reply or a sentence that still grows; `failed` for either. */
  status: 'sending' | 'sent' | 'failed' | 'arriving';
  /** Milliseconds since the epoch. */
  at: number;
  /** Counts the changes: of two states of one message, from two tabs, the later one is right. */
  rev?: number;
  /** Of a typed message: the same key when it is sent again, so that it is never answered twice. */
  idempotencyKey?: string;
  /** Why it failed. */
  reason?: string;
  /** Of a person who is not the agent: how they call themselves. */
  name?: string;
  /** Of a note. Its `text` is what failed, in the visitor's words. */
  note?: ThreadNote;
  /** How long the call of a note lasted. */
  seconds?: number;
}

/** Beyond the whole numbers nothing is later any more. */
const MOST_CHANGES = 1e9;

const ROLES: readonly unknown[] = ['user', 'agent', 'note'];
const CHANNELS: readonly unknown[] = ['chat', 'voice'];
const STATUSES: readonly unknown[] = ['sending', 'sent', 'failed', 'arriving'];

/** Whether something from storage or from another tab is a message. Anybody on this origin may have written it. */
export function isMessage(value: unknown): value is ThreadMessage {
  const message = value as Partial<ThreadMessage> | null;
  return (
    typeof message === 'object' &&
    message !== null &&
    typeof message.id === 'string' &&
    typeof message.text === 'string' &&
    isTime(message.at) &&
    ROLES.includes(message.role) &&
    CHANNELS.includes(message.channel) &&
    STATUSES.includes(message.status) &&
    (message.role === 'note') === isNote(message.note) &&
    (message.rev === undefined || (Number.isInteger(message.rev) && Math.abs(message.rev) <= MOST_CHANGES)) &&
    (message.seconds === undefined || (Number.isFinite(message.seconds) && message.seconds >= 0)) &&
    (message.idempotencyKey === undefined || typeof message.idempotencyKey === 'string') &&
    (message.reason === undefined || typeof message.reason === 'string') &&
    (message.name === undefined || typeof message.name === 'string')
  );
}

function isNote(value: unknown): boolean {
  return (NOTES as readonly unknown[]).includes(value);
}

/** The range of JavaScript's `Date`. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

/** Two clocks of one device differ by less. */
const CLOCK_SLACK_MS = 60_000;

/**
 * A time from storage or from another tab, or `otherwise` where it is none, or still to come: it would win over all that is
 * written from now on.
 */
export function pastTime(value: unknown, nowMs: number, otherwise: number): number {
  return isTime(value) && value <= nowMs + CLOCK_SLACK_MS ? value : otherwise;
}

/** The messages among what storage or another tab has: none of them from the future, and of two with one id the later. */
export function readMessages(values: readonly unknown[], nowMs: number): ThreadMessage[] {
  const byId = new Map(values.filter(isMessage).map((message) => [message.id, message]));
  return [...byId.values()].map((message) => {
    const at = pastTime(message.at, nowMs, nowMs);
    return at === message.at ? message : { ...message, at };
  });
}

/** Of a reply that broke off: what came of it is kept, and is not the whole of it. */
export const INCOMPLETE = 'incomplete';

/** Of a message whose page went away before it was answered. */
export const INTERRUPTED = 'interrupted';

/** What the reply to a typed message is called, so that another try replaces it. */
export function replyIdOf(id: string): string {
  return `${id}-reply`;
}

/**
 * What was on its way when its page went away may or may not have arrived: it is offered again, with the same key. A spoken
 * sentence is what was heard of it.
 */
export function afterPage(message: ThreadMessage): ThreadMessage {
  if (message.status === 'sending') return { ...message, status: 'failed', reason: INTERRUPTED };
  if (message.status !== 'arriving') return message;
  return message.channel === 'voice'
    ? { ...message, status: 'sent' }
    : { ...message, status: 'failed', reason: INCOMPLETE };
}

const FINALITY = { failed: 0, sending: 1, arriving: 2, sent: 3 } satisfies Record<
  ThreadMessage['status'],
  number
>;

/** Whether `theirs` tells more of the same message than `ours`. */
export function isNewer(theirs: ThreadMessage, ours: ThreadMessage): boolean {
  const [their, our] = [theirs.rev ?? 0, ours.rev ?? 0];
  return their > our || (their === our && FINALITY[theirs.status] > FINALITY[ours.status]);
}
