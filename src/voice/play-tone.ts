import { closeAudioContext, openAudioContext } from './audio-context.js';

const TONE_SECONDS = 0.3;

/** The gain of the tone: loud enough to be noticed, soft enough for headphones. */
const LOUDNESS = 0.15;

const FADE_SECONDS = 0.03;

/** How long playing may take; a running context has played the tone by then. */
const LIMIT_MS = 1_500;

export interface ToneOptions {
  signal: AbortSignal;
  /** The output device. The system's default is used when it is gone, or this browser cannot choose. */
  speakerId?: string | undefined;
}

/** Plays a short tone. Resolves with whether the browser played it; only the visitor knows whether it was heard. */
export async function playTone({ signal, speakerId }: ToneOptions): Promise<boolean> {
  const context = await openAudioContext(signal);
  if (!context) return false;
  try {
    if (signal.aborted) return false;
    if (speakerId) await chooseSpeaker(context, speakerId);
    return await ended(startTone(context), signal);
  } finally {
    await closeAudioContext(context);
  }
}

/** Chooses the output device where the browser can: not in Safari, nor in Firefox. */
async function chooseSpeaker(context: AudioContext, speakerId: string): Promise<void> {
  const { setSinkId } = context as { setSinkId?: (sinkId: string) => Promise<void> };
  await setSinkId?.call(context, speakerId).catch(() => undefined);
}

function startTone(context: AudioContext): OscillatorNode {
  const from = context.currentTime + FADE_SECONDS;
  const to = from + TONE_SECONDS;
  const tone = new OscillatorNode(context, { frequency: 523 });
  const volume = new GainNode(context, { gain: 0 });
  tone.connect(volume).connect(context.destination);
  const { gain } = volume;
  gain.setValueAtTime(0, from);
  gain.linearRampToValueAtTime(LOUDNESS, from + FADE_SECONDS);
  gain.setValueAtTime(LOUDNESS, to - FADE_SECONDS);
  gain.linearRampToValueAtTime(0, to);
  tone.start(from);
  tone.stop(to);
  return tone;
}

function ended(tone: OscillatorNode, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (played: boolean): void => {
      clearTimeout(limit);
      signal.removeEventListener('abort', giveUp);
      resolve(played);
    };
    const giveUp = (): void => done(false);
    const limit = setTimeout(giveUp, LIMIT_MS);
    signal.addEventListener('abort', giveUp);
    tone.addEventListener('ended', () => done(true), { once: true });
    if (signal.aborted) giveUp();
  });
}
