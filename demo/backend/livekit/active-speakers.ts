import { SpeakerInfo, SpeakersChanged } from '@livekit/protocol';
import { audibleDb } from '../agent/loudness.js';

interface Speaker {
  isActive: boolean;
  lastHeardAt: number;
}

/** A pause between two words is not the end of speaking. */
const lingerMs = 400;

/** Who speaks right now, told to the client when it changes. */
export class ActiveSpeakers {
  readonly #speakers = new Map<string, Speaker>();

  constructor(private readonly send: (change: SpeakersChanged) => void) {}

  hear(sid: string, levelDb: number): void {
    const now = performance.now();
    const speaker = this.#speakers.get(sid) ?? { isActive: false, lastHeardAt: Number.NEGATIVE_INFINITY };
    this.#speakers.set(sid, speaker);
    if (levelDb > audibleDb) speaker.lastHeardAt = now;
    const isActive = now - speaker.lastHeardAt < lingerMs;
    if (isActive === speaker.isActive) return;
    speaker.isActive = isActive;
    const level = isActive ? 10 ** (levelDb / 20) : 0;
    this.send(new SpeakersChanged({ speakers: [new SpeakerInfo({ sid, level, active: isActive })] }));
  }
}
