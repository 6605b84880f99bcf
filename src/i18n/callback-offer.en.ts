/** What the panel says of calls to the visitor's phone before their code is here. */
export const callbackOfferEn = { callMe: 'Call me' };
