import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callWordsEn } from '../../../src/i18n/en-later/call-words.js';
import { callbackWordsEn } from '../../../src/i18n/en-later/callback-words.js';
import { checkWordsEn } from '../../../src/i18n/en-later/check-words.js';
import { failureMessagesEn } from '../../../src/i18n/en-later/failure-messages.js';
import { loadLocale } from '../../../src/i18n/load-locale.js';
import { importLocale, type ForeignName } from '../../../src/i18n/import-locale.js';
import { LOCALE_NAMES } from '../../../src/i18n/locale-name.js';
import { messagesEn } from '../../../src/i18n/messages.en.js';
import { textDirection } from '../../../src/ui/text-direction.js';
import { visitorGuidanceEn } from '../../../src/i18n/en-later/visitor-guidance.js';
import { feedbackWordsEn } from '../../../src/i18n/en-later/feedback-words.js';
import { languageWordsEn } from '../../../src/i18n/en-later/language-words.js';
import { ratingWordsEn } from '../../../src/i18n/en-later/rating-words.js';

const ENGLISH = flatten({
  ...messagesEn,
  ...failureMessagesEn,
  ...callWordsEn,
  ...callbackWordsEn,
  ...checkWordsEn,
  ...feedbackWordsEn,
  ...languageWordsEn,
  ...ratingWordsEn,
  guidance: visitorGuidanceEn,
});

/** What a text calls a button by must be on the button. */
const QUOTED = ['tryAgain', 'callMe', 'checkAgain', 'tapToHear'];

const NAMES = LOCALE_NAMES.filter((name): name is ForeignName => name !== 'en');

describe.each(NAMES)('%s', async (name) => {
  const { launcher, words: all, styles } = await importLocale(name);
  const words = flatten(all);
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

  it('has a launcher no wider than a phone, that speaks its language', () => {
    expect(launcher).toMatch(/^[^\s<>"\p{Cc}\p{Cf}]([^<>"\p{Cc}\p{Cf}]*\S)?$/u);
    expect(launcher.length).toBeLessThanOrEqual(26);
    expect(launcher).not.toBe('Talk to us');
  });

  it('styles itself only, and names no colour, place or address', () => {
    for (const rule of styles?.trim().split(/(?<=})\s*/) ?? []) {
      expect(rule).toMatch(new RegExp(`^:not\\(span\\)\\[lang\\|=${name}\\]`));
      const properties = [...rule.replace(/^[^{]*/, '').matchAll(/([\w-]+)\s*:\s*[^;}]+/g)].map(
        ([, property]) => property,
      );
      const allowed = ['font-family', 'font-style', 'font-weight', 'line-height', 'word-break'];
      expect(properties.filter((property) => !allowed.includes(property ?? ''))).toEqual([]);
      expect(rule).not.toMatch(/url|@|content/);
    }
  });

  it('is in its own language', () => {
    const same = texts.filter(([key, text]) => text === ENGLISH[key]).map(([key]) => key);
    expect(same.length, same.join(', ')).toBeLessThan(12);
  });
});

it('runs from right to left in four languages', () => {
  expect(NAMES.filter((name) => textDirection(name) === 'rtl')).toEqual(['ar', 'fa', 'he', 'ur']);
});

it('is in the list of languages where it has a file', () => {
  const files = readdirSync('src/i18n/locales').map((file) => file.replace('.ts', ''));
  expect(files.toSorted()).toEqual(NAMES.toSorted());
});

it.each(NAMES)('%s has notes: glossary, names of menus, doubts, and a second reading', (name) => {
  const notes = readFileSync(`.github/languages/${name}.md`, 'utf8');
  const headings = [...notes.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    'Glossary',
    'Names of menus',
    'What a native speaker should look at first',
    'Second reading',
  ]);
  const reading = notes.split('## Second reading')[1] ?? '';
  expect(reading).toMatch(/second reader/i);
  for (const [, key = ''] of notes.matchAll(/^- `(\w+)`/gm))
    expect(
      ENGLISH[key] ?? ENGLISH[`guidance.${key}.title`] ?? (key === 'launcher' || null),
      key,
    ).not.toBeNull();
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
