/** What is said while a call runs, in English; it arrives with the code of calls. `{name}` is replaced. */
export const callWordsEn = {
  recorded: 'This call is being recorded',
};

export type CallWords = typeof callWordsEn;
