/** The English strings of the feedback, loaded with its code. `{name}` is replaced. */
export const feedbackWordsEn = {
  wrapUpTitle: 'Your conversation',
  wrapUpDuration: 'The call lasted {duration}.',
  rateQuestion: 'How was it?',
  rateStars: '{count} of 5',
  rateComment: 'Anything to add? (optional)',
  rateSend: 'Send rating',
  rateThanks: 'Thank you.',
  copyTranscript: 'Copy transcript',
  downloadText: 'Download as text',
  downloadJson: 'Download as JSON',
  transcriptCopied: 'Copied.',
  transcriptNotCopied: 'Your browser does not let us copy. Download it instead.',
  wrapUpClose: 'Hide',
};

export type FeedbackWords = typeof feedbackWordsEn;
