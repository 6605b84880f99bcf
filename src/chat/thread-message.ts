import type { Choice } from '../wire/choices.js';

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
  'conversation-told',
] as const;

/** An event in the conversation, shown as a line of its own. */
export type ThreadNote = (typeof NOTES)[number];

/** One line of the conversation: typed, replied, spoken in a call, or a note about an event. */
export interface ThreadMessage {
  id: string;
  role: 'user' | 'agent' | 'note';
  text: string;
  channel: 'chat' | 'voice';
  /**
   * `sending`: the visitor's message is on its way. `arriving`: a reply or a spoken sentence still grows. `failed`: a message or
   * its reply failed.
   */
  status: 'sending' | 'sent' | 'failed' | 'arriving';
  /** Milliseconds since the epoch. */
  at: number;
  /** Counts the changes. When two tabs have different states of one message, the one with the higher count is right. */
  rev?: number;
  /** Set for a typed message and kept when it is sent again, so that it is never answered twice. */
  idempotencyKey?: string;
  /** Why the message failed. */
  reason?: string;
  /** The name of a person who writes or speaks in place of the agent, as the person gives it. */
  name?: string;
  /**
   * The event of a note. The note's `text` says what failed, in the visitor's language; for `handed-over` it is the person's
   * name, and for `conversation-told` the whole line.
   */
  note?: ThreadNote;
  /** Answers to tap. They are read again before they are shown: any script of this origin may have written them. */
  choices?: readonly Choice[] | undefined;
  /** How long the call of a note lasted, in seconds. */
  seconds?: number;
}

/** The highest `rev` that is accepted: a number too large to count on from would stay the newest for ever. */
const MOST_CHANGES = 1e9;

const ROLES: readonly unknown[] = ['user', 'agent', 'note'];
const CHANNELS: readonly unknown[] = ['chat', 'voice'];
const STATUSES: readonly unknown[] = ['sending', 'sent', 'failed', 'arriving'];

/** Whether a value from storage or from another tab is a message. Any script of this origin may have written it. */
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

/** Whether the value is in the range of JavaScript's `Date`. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

/** How far a time may lie in the future: the clocks of two tabs of one device differ by less. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Returns a time from storage or from another tab, or `otherwise` when it is no time or lies in the future: a future time would
 * count as newer than everything written from now on.
 */
export function pastTime(value: unknown, nowMs: number, otherwise: number): number {
  return isTime(value) && value <= nowMs + CLOCK_SLACK_MS ? value : otherwise;
}

/**
 * Returns the messages among values from storage or another tab: future times become `nowMs`, and of two with one id the later in
 * the list is kept.
 */
export function readMessages(values: readonly unknown[], nowMs: number): ThreadMessage[] {
  const byId = new Map(values.filter(isMessage).map((message) => [message.id, message]));
  return [...byId.values()].map((message) => {
    const at = pastTime(message.at, nowMs, nowMs);
    return at === message.at ? message : { ...message, at };
  });
}

/** The failure reason of a reply that broke off: the part that came is kept, and is not the whole reply. */
export const INCOMPLETE = 'incomplete';

/** The failure reason of a message whose page went away before the message was answered. */
export const INTERRUPTED = 'interrupted';

/** The id of the reply to a typed message, so that the reply to another try replaces it. */
export function replyIdOf(id: string): string {
  return `${id}-reply`;
}

/**
 * Returns the message as a later page shows it. One that was being sent may or may not have arrived: it becomes `failed` and can
 * be sent again, with the same key. A spoken sentence stays as far as it was heard.
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

/** Whether `theirs` is a newer state of the same message than `ours`. */
export function isNewer(theirs: ThreadMessage, ours: ThreadMessage): boolean {
  const [their, our] = [theirs.rev ?? 0, ours.rev ?? 0];
  return their > our || (their === our && FINALITY[theirs.status] > FINALITY[ours.status]);
}
