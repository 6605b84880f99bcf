/** The English strings of the choice of a language, loaded with its code. */
export const languageWordsEn = {
  language: 'Language',
};

export type LanguageWords = typeof languageWordsEn;
