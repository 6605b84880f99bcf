/** Every interface string, in English. Its type is what other locales and the `strings` property fill in. `{name}` is replaced. */
export const messagesEn = {
  launcher: 'Talk to us',
  close: 'Close',
  heading: 'How can we help?',
  intro: 'Talk to our assistant, or write. You get an answer right away.',
  introVoice: 'Talk to our assistant. You get an answer right away.',
  introChat: 'Write to our assistant. You get an answer right away.',
  starters: 'Suggestions',
  conversation: 'Conversation',
  startCall: 'Start a call',
  returnToCall: 'Return to your call',
  endCall: 'End call',
  cancelCall: 'Cancel',
  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'You are muted',
  devices: 'Sound settings',
  microphone: 'Microphone',
  speaker: 'Speaker',
  volume: 'Volume',
  systemDefault: 'System default',
  tapToHear: 'Tap to hear',
  tapToHearHint: 'Your browser is holding back the sound.',
  askingMicrophone: 'Asking for your microphone',
  primeMicrophone: 'Your browser asks for the microphone. Choose “Allow” to start talking.',
  connecting: 'Connecting',
  waitingForAgent: 'Waiting for an answer',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  reconnecting: 'Connection is weak. Reconnecting',
  findingOut: 'Finding out what happened',
  callEnded: 'Call ended after {duration}',
  callRunning: 'Call in progress',
  message: 'Message',
  messagePlaceholder: 'Write a message',
  send: 'Send',
  you: 'You',
  agent: 'Assistant',
  spoken: 'spoken',
  replying: 'Assistant is writing',
  messageFailed: 'Not sent.',
  messageOffline: 'You are offline. Not sent.',
  tryAgain: 'Try again',
  chatInstead: 'Chat instead',
  allowMicrophone: 'Allow microphone',
  microphoneAllowed: 'The microphone is allowed now. You can try the call again.',
  microphoneStillBlocked: 'The microphone is still blocked.',
  dismiss: 'Dismiss',
  takeOver: 'End it there and call here',
  cannotHearYou: "We can't hear you. Is your microphone on, and the right one?",
  cannotHearAgent: "We can't hear the agent. Is your sound on?",
  holdToTalk: 'You are muted. Hold the space bar to talk',
  microphoneReplaced: 'Your microphone went away. Now using {label}',
  callsNotLoaded: 'Calls could not be loaded. Check your connection, then try once more.',
  toolRunning: '{name}: working on it',
  toolDone: '{name}: done',
  toolFailed: '{name}: did not work',
  newConversation: 'New conversation',
  callId: 'Call id',
  reason: 'Reason',
  foundOutBy: 'Found out by',
  sourceServer: 'the platform’s record',
  sourceDevice: 'this page',
  failedIsNotBroken: 'A failed call does not mean that the agent is broken: it ran, and this is what it met.',
  whatToTry: 'What to try',
  agree: 'I agree',
  terms: 'Terms',
  privacy: 'Privacy',
  stepsTitle: 'How to do it',
  /** One step a line. */
  microphoneStepsChromium:
    'Click the icon at the left end of the address bar.\nTurn on “Microphone”, or set it to “Allow”.\nCome back here and press “Try again”.',
  microphoneStepsFirefox:
    'Click the crossed-out microphone at the left end of the address bar.\nRemove the “Blocked” entry next to “Use the microphone”.\nCome back here and press “Try again”.',
  microphoneStepsSafari:
    'Open “Safari” in the menu bar and choose “Settings for this website”.\nSet “Microphone” to “Allow”.\nCome back here and press “Try again”.',
  microphoneStepsIos:
    'Tap the button at the left end of the address bar and choose “Website Settings”.\nSet “Microphone” to “Allow”.\nCome back here and press “Try again”.',
  microphoneStepsAndroid:
    'Tap the icon at the left end of the address bar and choose “Permissions”.\nTurn on “Microphone”.\nCome back here and press “Try again”.',
  microphoneStepsDismissed: 'Press “Try again”.\nWhen your browser asks for the microphone, choose “Allow”.',
  microphoneStepsMac:
    'Open “System Settings”, then “Privacy & Security”, then “Microphone”.\nTurn on your browser.\nRestart the browser, then press “Try again”.',
  microphoneStepsWindows:
    'Open “Settings”, then “Privacy & security”, then “Microphone”.\nTurn on microphone access for desktop apps.\nCome back here and press “Try again”.',
  microphoneStepsPhone:
    'Open your phone’s settings and find your browser in the list of apps.\nTurn on “Microphone”.\nCome back here and press “Try again”.',
  microphoneStepsLinux:
    'Open the sound settings of your system.\nSee that the right input device is chosen and not switched off.\nPress “Try again”.',
  microphoneStepsNotFound:
    'Plug in a microphone or a headset, or turn on the one of your device.\nWait a moment until your device knows it.\nPress “Try again”.',
  microphoneStepsInUse:
    'Close other programs and tabs that make calls.\nIf that does not help, unplug the microphone and plug it in again.\nPress “Try again”.',
  insecureSteps: 'Add “https://” in front of the address of this page.\nOpen the page anew.',
  policySteps: 'Open this page in a tab of its own.\nOr write to us here: that works without a microphone.',
  inAppSteps:
    'Open the menu of this app, often three dots.\nChoose “Open in browser”.\nStart the call there.',
  blamePlatform: 'Platform-side',
  blameCaller: 'Caller behaviour',
  blameCarrier: 'Carrier',
  blameEnvironment: 'Environment / network',
  blameUnknown: 'Unknown',
};

export type Messages = typeof messagesEn;

/** Fills `{name}` places. Unknown places stay as they are, so that a wrong override is seen. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
