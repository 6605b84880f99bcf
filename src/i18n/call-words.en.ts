/** What is said while a call runs, in English; it arrives with the code of calls. `{name}` is replaced. */
export const callWordsEn = {
  recorded: 'This call is being recorded',
  toolQuestion: 'May the assistant do this?',
  toolYes: 'Yes, do it',
  toolNo: 'No',
};

export type CallWords = typeof callWordsEn;
