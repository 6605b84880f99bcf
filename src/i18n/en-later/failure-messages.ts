/** The English strings of the failure card, loaded with it. `{name}` is replaced. */
export const failureMessagesEn = {
  allowMicrophone: 'Allow microphone',
  dismiss: 'Dismiss',
  takeOver: 'End it there and call here',
  callId: 'Call id',
  reason: 'Reason',
  foundOutBy: 'Found out by',
  sourceServer: 'the platform’s record',
  sourceDevice: 'this page',
  failedIsNotBroken: 'A failed call does not mean that the agent is broken: it ran, and this is what it met.',
  whatToTry: 'What to try:',
  stepsTitle: 'How to do it',
  /** One step per line. */
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
  copyReport: 'Copy report',
  copyCallId: 'Copy call id',
  copied: 'Copied. You can paste it now.',
  copyByHand: 'Your browser does not let us copy. Here it is:',
  report: 'Report',
  checkConnection: 'Check your connection',
  contactSupport: 'Contact support',
  coolDown: 'You can try again in {seconds} s.',
  recordSays: 'Record says',
  timings: 'Timings',
  timeMicrophone: 'microphone {seconds} s',
  timeAnswer: 'answer {seconds} s',
  timeLink: 'link {seconds} s',
  timeAgent: 'agent joined {seconds} s',
  timeHeard: 'agent heard {seconds} s',
  timeEnd: 'end {seconds} s',
};

export type FailureMessages = typeof failureMessagesEn;
