import { inDigits, type WithNumerals } from '../i18n/messages.en.js';

/** Formats seconds as `1:05`, or as `1:02:05` from an hour on, in the digits of the strings. */
export function formatDuration(seconds: number, words?: WithNumerals): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  const text = shown
    .map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
  return inDigits(text, words);
}
