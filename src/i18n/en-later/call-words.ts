/** The English strings of a running call, loaded with the code of calls. `{name}` is replaced. */
export const callWordsEn = {
  tapToHear: 'Tap to hear',
  tapToHearHint: 'Your browser is holding back the sound.',
  cannotHearYou: "We can't hear you. Is your microphone on, and the right one?",
  cannotHearAgent: "We can't hear the agent. Is your sound on?",
  agentWeak: 'The connection to the assistant is weak',
  agentFailed: 'The assistant has a problem',
  holdToTalk: 'You are muted. Hold the space bar to talk',
  devices: 'Sound settings',
  speaker: 'Speaker',
  volume: 'Volume',
  systemDefault: 'System default',
  recorded: 'This call is being recorded',
  toolQuestion: 'May the assistant do this?',
  toolYes: 'Yes, do it',
  toolNo: 'No',
};

export type CallWords = typeof callWordsEn;
