/** Digital silence, in dBov: 0 is the loudest, as the audio level of RFC 6464 has it. */
export const silenceDb = -127;

/** Louder than this is a voice; background noise of a quiet room lies near -60 dBov. */
export const audibleDb = -45;
