import type { VisitorGuidance, visitorGuidanceEn } from './en-later/visitor-guidance.js';

/**
 * The English strings that the panel needs as soon as it is open. Other locales and the `strings` property fill in their type.
 * `{name}` is replaced.
 */
export const messagesEn = {
  close: 'Close',
  disclosure: 'You are talking to an AI. It can make mistakes.',
  disclosureMark: 'AI',
  heading: 'How can we help?',
  intro: 'Talk to our assistant, or write. You get an answer right away.',
  introVoice: 'Talk to our assistant. You get an answer right away.',
  introChat: 'Write to our assistant. You get an answer right away.',
  introCallback: 'Leave your number, and we call you.',
  nothingOffered: 'We cannot be reached here right now.',
  starters: 'Suggestions',
  conversation: 'Conversation',
  startCall: 'Start a call',
  returnToCall: 'Return to your call',
  microphone: 'Microphone',
  callStarted: 'Call started',
  callEnded: 'Call ended after {duration}',
  callFailed: 'Call: {title}',
  phoneCallStarted: 'Phone call started',
  phoneCallEnded: 'Phone call ended after {duration}',
  phoneCallOver: 'Phone call ended',
  phoneCallFailed: 'Phone call: {title}',
  personRequested: 'You have asked for a person',
  personAnswers: 'A person answers from here on. It may take a while',
  agentAnswers: 'The assistant answers again',
  message: 'Message',
  messagePlaceholder: 'Write a message',
  send: 'Send',
  stopReply: 'Stop the answer',
  newMessages: 'New messages',
  charactersLeft: '{count} characters left',
  tooLong: '{count} characters too many',
  you: 'You',
  agent: 'Assistant',
  spoken: 'spoken',
  replying: 'Assistant is writing',
  messageFailed: 'Not sent.',
  messageOffline: 'You are offline. It will be sent when you are back.',
  messageStopped: 'Stopped.',
  messageTooLong: 'Too long to be sent. Please shorten it.',
  editMessage: 'Edit',
  answerBrokeOff: 'The answer broke off.',
  tryAgain: 'Try again',
  chatInstead: 'Chat instead',
  talkingTo: 'You are talking to {name}',
  talkingToPerson: 'You are talking to a person',
  callsNotLoaded: 'Calls could not be loaded. Check your connection, then try once more.',
  newConversation: 'New conversation',
  saveConversation: 'Save or rate this conversation',
  /** For a failure whose own text could not be loaded. */
  failedTitle: 'This did not work',
  failedCause: 'The connection to the internet seems to be missing.',
  failedTry: 'Check your connection, then try again.',
  agree: 'I agree',
  terms: 'Terms',
  privacy: 'Privacy',
  callMe: 'Call me',
};

/** The strings of the panel, with the texts about failures where they are not in English. */
export type Messages = typeof messagesEn &
  WithNumerals & {
    guidance?: Partial<Record<keyof typeof visitorGuidanceEn, VisitorGuidance>>;
  };

/** Strings that may name the digits of their language. */
export interface WithNumerals {
  /** A numbering system of Unicode, as `Intl` takes it: `beng`. Default `latn`. */
  numerals?: string | undefined;
}

/**
 * Replaces each `{name}` with its value, numbers in the digits of the strings. Unknown names stay as they are, so that a wrong
 * override is seen.
 */
export function fill(
  template: string,
  values: Record<string, string | number>,
  words?: WithNumerals,
): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place;
    return typeof value === 'number' ? inDigits(value, words) : value;
  });
}

/** Writes a number or time in the digits of the strings: `1:05` is `১:০৫` in Bengali. */
export function inDigits(figure: string | number, { numerals = 'latn' }: WithNumerals = {}): string {
  const digits = new Intl.NumberFormat('en', { numberingSystem: numerals });
  return String(figure).replace(/\d/g, (digit) => digits.format(Number(digit)));
}
