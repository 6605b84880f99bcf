/** What a visitor reads when a call or message fails: plain language, whose side it was on, one thing to do. */
export interface VisitorGuidance {
  title: string;
  cause: string;
  whatToTry: string;
}

/** The keys are the failure reasons of `failures/`; `failures/visitor-words.ts` checks that none is missing. */
export const visitorGuidanceEn = {
  no_audio_output: {
    title: 'We answered, but our voice did not come through',
    cause: 'Our voice service did not work for this call. Your side was fine.',
    whatToTry: 'Please try the call again.',
  },
  no_audio_either_direction: {
    title: 'Neither of us could hear the other',
    cause: 'You were connected, but no sound went either way.',
    whatToTry: 'Check that your microphone is on and the sound is up, then call again.',
  },
  idle_timeout: {
    title: 'The call ended because it was quiet',
    cause: 'Nobody had spoken for a while.',
    whatToTry: 'Call again and start speaking right after the welcome.',
  },
  provider_circuit_open: {
    title: 'We had a technical problem',
    cause: 'A service that we use failed several times, so we ended the call. Your side was fine.',
    whatToTry: 'Please call again in a minute.',
  },
  sip_no_answer: {
    title: 'Nobody picked up',
    cause: 'The phone rang without an answer, or was busy.',
    whatToTry: 'Check the number, keep your phone at hand, and ask for the call again.',
  },
  sip_rejected: {
    title: 'This number could not be called',
    cause: 'The phone network refused the number.',
    whatToTry: 'Check the number with its country code.',
  },
  bot_startup_failed: {
    title: 'We were not ready in time',
    cause: 'Our assistant took too long to start. Your side was fine.',
    whatToTry: 'Call again: the second try usually works.',
  },
  caller_hung_up_silently: {
    title: 'That was a short call',
    cause: 'The call ended before the welcome was over.',
    whatToTry: 'Call again whenever you like, and stay on for a moment.',
  },
  stale_sweep: {
    title: 'The call broke off on our side',
    cause: 'Our assistant stopped in the middle of the call. Your side was fine.',
    whatToTry: 'Please call us once more.',
  },
  unknown: {
    title: 'The call did not work',
    cause: 'We could not find out why.',
    whatToTry: 'Write to us here instead, or come back later.',
  },
  'microphone-denied': {
    title: 'The microphone is not allowed',
    cause: 'Your browser is set to block the microphone on this page.',
    whatToTry: 'Allow the microphone for this page, then try again.',
  },
  'microphone-dismissed': {
    title: 'We need your microphone for a call',
    cause: 'Your browser asked for the microphone, and it was not allowed.',
    whatToTry: 'Try again and choose “Allow”.',
  },
  'microphone-blocked-by-system': {
    title: 'Your device blocks the microphone',
    cause: 'This page may use the microphone, but your device does not give it to the browser.',
    whatToTry: 'Allow the browser in your device’s privacy settings, then try again.',
  },
  'microphone-not-found': {
    title: 'We cannot find your microphone',
    cause: 'Your device has no microphone that the browser can use.',
    whatToTry: 'Connect a microphone or a headset, then try again.',
  },
  'microphone-in-use': {
    title: 'Your microphone is busy',
    cause: 'Another program is using the microphone.',
    whatToTry: 'Close the other program or call, then try again.',
  },
  'insecure-context': {
    title: 'Calls do not work on this page',
    cause: 'Browsers allow calls only on secure (https) pages.',
    whatToTry: 'Open this page with https:// at the front of its address.',
  },
  'blocked-by-permissions-policy': {
    title: 'This page does not allow calls',
    cause: 'The website around this window has switched the microphone off.',
    whatToTry: 'Open the page in a window of its own.',
  },
  'in-app-browser': {
    title: 'Calls do not work inside this app',
    cause: 'The app that opened this page does not give it the microphone.',
    whatToTry: 'Open the page in Safari, Chrome or Firefox.',
  },
  'playback-blocked': {
    title: 'The sound is held back',
    cause: 'Your browser waits for you before it plays sound.',
    whatToTry: 'Press “Tap to hear”.',
  },
  'agent-never-joined': {
    title: 'Nobody joined the call',
    cause: 'You were connected, but our assistant did not come. Your side was fine.',
    whatToTry: 'Please try to call again.',
  },
  'agent-silent': {
    title: 'We could not be heard',
    cause: 'Our assistant was there, but no sound from it reached you.',
    whatToTry: 'Check that the sound is on, then call again.',
  },
  'caller-silent': {
    title: 'We could not hear you',
    cause: 'No sound came from your microphone.',
    whatToTry: 'Check that the microphone is on and not muted, then call again.',
  },
  'connection-blocked': {
    title: 'The call could not get through',
    cause: 'Your network seems to block calls, as some companies, hotels and VPNs do.',
    whatToTry: 'Try another network, for example your phone’s.',
  },
  'connection-lost': {
    title: 'The connection was lost',
    cause: 'The network between you and us broke off during the call.',
    whatToTry: 'Check your connection, then call again.',
  },
  'token-expired': {
    title: 'The call took too long to start',
    cause: 'Your place in the call had expired. That was on our side.',
    whatToTry: 'Start the call again.',
  },
  'call-in-another-tab': {
    title: 'You are already in a call',
    cause: 'A call is running in another tab of this browser.',
    whatToTry: 'End that call, then start one here.',
  },
  unauthorized: {
    title: 'Calls are not available right now',
    cause: 'This website is not set up correctly for it. Your side was fine.',
    whatToTry: 'Reach us another way, and tell us if you can.',
  },
  'domain-not-allowed': {
    title: 'This is not available on this website',
    cause: 'The website is not on our list yet. Your side was fine.',
    whatToTry: 'Reach us through our main website.',
  },
  'no-credit': {
    title: 'We cannot take calls right now',
    cause: 'Our account is not ready for calls. Your side was fine.',
    whatToTry: 'Reach us another way today.',
  },
  'too-many-calls': {
    title: 'All lines are busy',
    cause: 'Many people are calling at this moment.',
    whatToTry: 'Try again in a minute.',
  },
  'agent-not-found': {
    title: 'Nobody is at this desk',
    cause: 'The assistant of this page does not exist any more. Your side was fine.',
    whatToTry: 'Reload the page, or reach us another way.',
  },
  'rate-limited': {
    title: 'That was a little too fast',
    cause: 'We received too many requests in a short time.',
    whatToTry: 'Wait a minute, then try again.',
  },
  'server-error': {
    title: 'Something broke on our side',
    cause: 'Our service had an error. Your side was fine.',
    whatToTry: 'Try again in a moment.',
  },
  offline: {
    title: 'You are offline',
    cause: 'Your device has no internet connection.',
    whatToTry: 'Reconnect to the internet, then try again.',
  },
  timeout: {
    title: 'We could not be reached in time',
    cause: 'The connection is very slow, or something between us blocks it.',
    whatToTry: 'Check your internet connection, then try again.',
  },
  'invalid-response': {
    title: 'We got an answer we could not read',
    cause: 'Something between us changed it, or our service has an error.',
    whatToTry: 'Try once more in a few minutes.',
  },
  'unsupported-transport': {
    title: 'This page is out of date',
    cause: 'It cannot make this kind of call.',
    whatToTry: 'Reload the page and start again.',
  },
  /** For `unsupported-transport`, where the browser itself lacks the WebRTC that any call needs. */
  'webrtc-missing': {
    title: 'This browser cannot make calls',
    cause: 'It may be set so, for example to protect your privacy.',
    whatToTry: 'Use another browser, or reach us another way.',
  },
} satisfies Record<string, VisitorGuidance>;
