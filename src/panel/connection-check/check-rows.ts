import { CHECKS, type CheckName, type CheckResult, type ConnectionReport } from './connection-report.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import type { CheckWords } from '../../i18n/en-later/check-words.js';
import type { VisitorGuidance } from '../../i18n/en-later/visitor-guidance.js';
import type { CheckRow } from './check-view.js';
import { visitorWords } from '../../failures/visitor-words.js';

interface RowWords {
  name: keyof CheckWords;
  passed: keyof CheckWords;
  failed: keyof CheckWords;
  whatToTry: keyof CheckWords;
}

const ROWS = {
  microphone: {
    name: 'checkMicrophone',
    passed: 'checkMicrophonePassed',
    failed: 'checkMicrophoneFailed',
    whatToTry: 'checkMicrophoneTry',
  },
  speaker: {
    name: 'checkSpeaker',
    passed: 'checkSpeakerPassed',
    failed: 'checkSpeakerFailed',
    whatToTry: 'checkSpeakerTry',
  },
  api: {
    name: 'checkApi',
    passed: 'checkApiPassed',
    failed: 'checkApiFailed',
    whatToTry: 'checkApiTry',
  },
  signalling: {
    name: 'checkSignalling',
    passed: 'checkSignallingPassed',
    failed: 'checkSignallingFailed',
    whatToTry: 'checkSignallingTry',
  },
  media: {
    name: 'checkMedia',
    passed: 'checkMediaPassed',
    failed: 'checkMediaFailed',
    whatToTry: 'checkMediaTry',
  },
  quality: {
    name: 'checkQuality',
    passed: 'checkQualityPassedPlain',
    failed: 'checkQualityFailed',
    whatToTry: 'checkQualityTry',
  },
} satisfies Record<CheckName, RowWords>;

type SpokenWords = CheckWords & Pick<Messages, 'guidance' | 'numerals'>;

type Saying = Pick<CheckRow, 'state' | 'line' | 'whatToTry'>;

/** Returns the list of all checks. A check without a result is under way or waiting. */
export function checkRows(
  results: readonly CheckResult[],
  { words, running, withFigures }: { words: SpokenWords; running: boolean; withFigures: boolean },
): CheckRow[] {
  return CHECKS.map((check) => {
    const result = results.find((each) => each.check === check);
    return {
      check,
      name: words[ROWS[check].name],
      ...(result ? sayingOf(result, words) : sayingBefore(check, results, running, words)),
      figures: result && withFigures ? figuresOf(result) : null,
    };
  });
}

/** Returns one sentence about the whole check. */
export function checkSummary({ ok, results }: ConnectionReport, words: CheckWords, language: string): string {
  if (ok === true) return words.checkAllWell;
  const names = results.filter((result) => result.ok === ok).map(({ check }) => words[ROWS[check].name]);
  return fill(ok === false ? words.checkFailed : words.checkUnsure, {
    names: listed(names, language),
  });
}

/** Joins names as the language does; with commas where the browser does not know the language, and would write "and". */
function listed(names: readonly string[], language: string): string {
  return Intl.ListFormat.supportedLocalesOf(language).length > 0
    ? new Intl.ListFormat(language).format(names)
    : names.join(', ');
}

/** Signalling, media and quality come one after the other; the other checks begin at once. */
const AFTER: Partial<Record<CheckName, CheckName>> = { media: 'signalling', quality: 'media' };

function sayingBefore(
  check: CheckName,
  results: readonly CheckResult[],
  running: boolean,
  words: CheckWords,
): Saying {
  const before = AFTER[check];
  const isUnderWay = running && (!before || results.some((each) => each.check === before));
  return isUnderWay
    ? { state: 'running', line: words.checkUnderWay, whatToTry: null }
    : { state: 'waiting', line: running ? words.checkWaiting : words.checkUnknown, whatToTry: null };
}

function sayingOf(result: CheckResult, words: SpokenWords): Saying {
  if (result.ok === true) return sayingOfPassed(result, words);
  const { failed, whatToTry } = ROWS[result.check];
  const known = guidanceOf(result, words);
  const state = result.ok === false ? 'failed' : 'unknown';
  if (known) return { state, line: known.title, whatToTry: known.whatToTry };
  if (state === 'failed') return { state, line: words[failed], whatToTry: words[whatToTry] };
  const line = result.check === 'microphone' ? words.checkMicrophoneUnknown : words.checkUnknown;
  return { state, line, whatToTry: null };
}

function sayingOfPassed(result: CheckResult, words: SpokenWords): Saying {
  const passed: Saying = { state: 'passed', line: words[ROWS[result.check].passed], whatToTry: null };
  if (result.check === 'media' && SLOW.has(result.detail.protocol))
    return { state: 'slow', line: words.checkMediaSlow, whatToTry: words.checkMediaSlowTry };
  if (result.check === 'quality' && result.detail.roundTripMs !== null)
    return {
      ...passed,
      line: fill(words.checkQualityPassed, { ms: Math.ceil(result.detail.roundTripMs) }, words),
    };
  return passed;
}

const SLOW: ReadonlySet<string | null> = new Set(['tcp', 'relay-tcp', 'relay-tls']);

/** The reasons that have a text of the check's own. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'caller-silent',
  'connection-blocked',
  'connection-lost',
  'timeout',
]);

/** Returns the failure card's text for any other reason (a refused microphone, no credit, all lines busy …); else `null`. */
function guidanceOf({ detail }: CheckResult, words: SpokenWords): VisitorGuidance | null {
  const reason = 'reason' in detail ? detail.reason : null;
  if (reason === null || OWN_WORDS.has(reason)) return null;
  return visitorWords(reason, words);
}

function figuresOf({ detail, ms }: CheckResult): string {
  const known = Object.entries({ ...detail, ms }).filter(([, value]) => value !== null);
  return known.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
