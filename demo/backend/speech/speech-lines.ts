import { readFileSync } from 'node:fs';
import lines from './lines.json' with { type: 'json' };
import { readOpusPackets } from './ogg-opus.js';

export type SpeechLineName = keyof typeof lines;

export interface SpeechLine {
  text: string;
  /** 20 ms each. */
  frames: readonly Buffer[];
}

const loaded = new Map<SpeechLineName, SpeechLine>();

/** A line with its sound, read when it is first spoken. */
export function speechLine(name: SpeechLineName): SpeechLine {
  const known = loaded.get(name);
  if (known) return known;
  const file = readFileSync(new URL(`./lines/${name}.opus`, import.meta.url));
  const line = { text: lines[name], frames: readOpusPackets(file) };
  loaded.set(name, line);
  return line;
}
