/** The English strings of the rating of one reply, loaded with the view of replies. */
export const ratingWordsEn = {
  goodAnswer: 'Good answer',
  badAnswer: 'Bad answer',
};

export type RatingWords = typeof ratingWordsEn;
