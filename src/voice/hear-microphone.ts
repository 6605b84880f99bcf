import { closeAudioContext, openAudioContext } from './audio-context.js';

/** How long the microphone is listened to: a visitor who was asked to speak has spoken by then. */
const LISTEN_MS = 3_000;

const LOOK_EVERY_MS = 100;

/** A level below a whisper next to the microphone; a switched-off microphone gives exactly 0. */
const SILENCE_LEVEL = 0.008;

/** How many measurements must be loud: the click that some devices make when they are opened is shorter. */
const ENOUGH_LOOKS = 3;

export interface HearOptions {
  signal: AbortSignal;
  /** Called ten times a second with the level, from 0 (silence) to 1 (loud speech), and with 0 at the end. */
  onLevel: (level: number) => void;
}

export interface Heard {
  /** Whether there was a sound; `null` when it could not be measured, or `signal` aborted. */
  ok: boolean | null;
  /** The loudest level, 0 to 1; `null` when it could not be measured. */
  level: number | null;
}

/** Listens to a microphone until there is a sound, for 3 s at the most. The track stays open, and the caller must stop it. */
export async function hearMicrophone(
  track: MediaStreamTrack,
  { signal, onLevel }: HearOptions,
): Promise<Heard> {
  const context = await openAudioContext(signal);
  if (!context) return { ok: null, level: null };
  try {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let loudest = 0;
    let looks = 0;
    const enough = await lookUntil(signal, () => {
      analyser.getFloatTimeDomainData(samples);
      const level = levelOf(samples);
      onLevel(level);
      loudest = Math.max(loudest, level);
      if (level >= SILENCE_LEVEL) looks++;
      return looks >= ENOUGH_LOOKS;
    });
    return { ok: signal.aborted ? null : enough, level: Math.round(loudest * 1_000) / 1_000 };
  } finally {
    onLevel(0);
    await closeAudioContext(context);
  }
}

/** Calls `look` until it returns true. Resolves with whether it did so in time; false when `signal` aborts. */
function lookUntil(signal: AbortSignal, look: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (enough: boolean): void => {
      clearInterval(looking);
      clearTimeout(limit);
      signal.removeEventListener('abort', giveUp);
      resolve(enough);
    };
    const giveUp = (): void => done(false);
    const looking = setInterval(() => look() && done(true), LOOK_EVERY_MS);
    const limit = setTimeout(giveUp, LISTEN_MS);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
  });
}

/** The level of some samples, as the meter of a call computes it: speech seldom drives the RMS amplitude past 0.25. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / samples.length) * 4);
}
