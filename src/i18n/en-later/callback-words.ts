/** The English strings of calls to the visitor's own phone. Other locales fill in their type. `{name}` is replaced. */
export const callbackWordsEn = {
  callbackTitle: 'A call to your phone',
  callbackCountry: 'Country',
  callbackPhone: 'Your phone number',
  callbackByAi: 'An AI will call you.',
  callbackConsent: 'By pressing “Call me” you ask us to call this number once.',
  callbackCancel: 'Cancel',
  callbackEmpty: 'Enter your phone number.',
  callbackNotANumber: 'This is not a phone number. Use digits only, for example 030 123456.',
  callbackTooShort: 'This number is too short. Check that no digit is missing.',
  callbackTooLong: 'This number is too long. Check that there is no digit too many.',
  callbackWrongCountry: 'This is not a number in {country}. Check the number, or choose another country.',
  callbackNotTaken: 'We cannot call this number. Check it, or use another one.',
  callbackNotLoaded: 'The number could not be checked. Check your connection, then try once more.',
  callbackCalling: 'We are calling you',
  callbackRinging: 'Your phone is ringing',
  callbackTalking: 'You are talking on your phone',
  callbackEnded: 'The call has ended',
  callbackUnwatched: 'We are calling you. How the call goes cannot be shown here.',
  callbackKeepPhone: 'Keep your phone at hand. You can go on using this page.',
  callbackHide: 'Hide',
  callbackDone: 'Done',
  callbackChangeNumber: 'Change the number',
};

export type CallbackWords = typeof callbackWordsEn;
