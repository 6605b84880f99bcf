import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callWordsEn } from '../../../src/i18n/en-later/call-words.js';
import { callbackWordsEn } from '../../../src/i18n/en-later/callback-words.js';
import { checkWordsEn } from '../../../src/i18n/en-later/check-words.js';
import { failureMessagesEn } from '../../../src/i18n/en-later/failure-messages.js';
import { loadLocale } from '../../../src/i18n/load-locale.js';
import { LAUNCHER_WORDS, type LocaleName } from '../../../src/i18n/locale-name.js';
import { messagesEn } from '../../../src/i18n/messages.en.js';
import { visitorGuidanceEn } from '../../../src/i18n/en-later/visitor-guidance.js';
import { feedbackWordsEn } from '../../../src/i18n/en-later/feedback-words.js';

const ENGLISH = flatten({
  ...messagesEn,
  ...failureMessagesEn,
  ...callWordsEn,
  ...callbackWordsEn,
  ...checkWordsEn,
  ...feedbackWordsEn,
  guidance: visitorGuidanceEn,
});

/** What a text calls a button by must be on the button. */
const QUOTED = ['tryAgain', 'callMe', 'checkAgain', 'tapToHear'];

const NAMES = Object.keys(LAUNCHER_WORDS).filter((name) => name !== 'en') as Exclude<LocaleName, 'en'>[];

describe.each(NAMES)('%s', async (name) => {
  const words = flatten(await loadLocale(name));
  const texts = Object.entries(words);

  it('has every string, and no other', () => {
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(ENGLISH).toSorted());
  });

  it('keeps places and lines of the English, in plain text of about its length', () => {
    for (const [key, text] of texts) {
      const english = ENGLISH[key] ?? '';
      expect(text, key).toMatch(/^\S([^]*\S)?$/);
      expect(placesOf(text), key).toEqual(placesOf(english));
      expect(text.split('\n'), key).toHaveLength(english.split('\n').length);
      // Line breaks have their meaning; Hindi may need a joiner.
      expect(text.replace(/[\n\u200c\u200d]/g, ''), key).not.toMatch(/[<>"\p{Cc}\p{Cf}]/u);
      expect(text.length, key).toBeLessThanOrEqual(Math.max(32, 2 * english.length));
    }
  });

  it('calls a button as the button calls itself', () => {
    for (const button of QUOTED) {
      const quoting = texts.filter(([key]) => ENGLISH[key]?.includes(`“${ENGLISH[button]}”`));
      expect(quoting).not.toEqual([]);
      for (const [key, text] of quoting) expect(text, key).toContain(words[button]);
    }
  });

  it('is in its own language', () => {
    const same = texts.filter(([key, text]) => text === ENGLISH[key]).map(([key]) => key);
    expect(same.length, same.join(', ')).toBeLessThan(12);
  });
});

it('is in the list of languages where it has a file', () => {
  const files = readdirSync('src/i18n/locales').map((file) => file.replace('.ts', ''));
  expect(files.toSorted()).toEqual(NAMES.toSorted());
});

it('is fetched once', () => expect(loadLocale('de')).toBe(loadLocale('de')));

/** `guidance.offline.title` and the like. */
function flatten(words: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : Object.entries(flatten(value as object, `${prefix}${key}.`)),
    ),
  );
}

function placesOf(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}
