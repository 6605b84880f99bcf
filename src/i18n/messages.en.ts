import type { VisitorGuidance, visitorGuidanceEn } from './en-later/visitor-guidance.js';

/**
 * The English strings that the panel needs as soon as it is open. Other locales and the `strings` property fill in their type.
 * `{name}` is replaced.
 */
export const messagesEn = {
  close: 'Close',
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
  endCall: 'End call',
  cancelCall: 'Cancel',
  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'You are muted',
  microphone: 'Microphone',
  askingMicrophone: 'Asking for your microphone',
  primeMicrophone: 'Your browser asks for the microphone. Choose “Allow” to start talking.',
  connecting: 'Connecting',
  waitingForAgent: 'One moment',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  reconnecting: 'Connection is weak. Reconnecting',
  findingOut: 'Finding out what happened',
  callStarted: 'Call started',
  callEnded: 'Call ended after {duration}',
  callFailed: 'Call: {title}',
  phoneCallStarted: 'Phone call started',
  phoneCallEnded: 'Phone call ended after {duration}',
  phoneCallOver: 'Phone call ended',
  phoneCallFailed: 'Phone call: {title}',
  callRunning: 'Call in progress',
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
  microphoneAllowed: 'The microphone is allowed now. You can try the call again.',
  microphoneStillBlocked: 'The microphone is still blocked.',
  talkingTo: 'You are talking to {name}',
  talkingToPerson: 'You are talking to a person',
  microphoneReplaced: 'Your microphone went away. Now using {label}',
  callsNotLoaded: 'Calls could not be loaded. Check your connection, then try once more.',
  toolRunning: '{name}: working on it',
  toolDone: '{name}: done',
  toolFailed: '{name}: did not work',
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
export type Messages = typeof messagesEn & {
  guidance?: Partial<Record<keyof typeof visitorGuidanceEn, VisitorGuidance>>;
};

/** Replaces each `{name}` with its value. Unknown names stay as they are, so that a wrong override is seen. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
