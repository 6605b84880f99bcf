import { describe, expect, it } from 'vitest';
import { describeFailureReason } from '../../../src/failures/describe-failure-reason.js';
import { FAILURE_CATALOGUE } from '../../../src/failures/failure-catalogue.js';
import type { FailureReason } from '../../../src/failures/failure-reasons.js';
import { visitorGuidanceEn } from '../../../src/i18n/en-later/visitor-guidance.js';

const REASONS = Object.keys(FAILURE_CATALOGUE) as FailureReason[];
const FIELDS = ['title', 'cause', 'whatToTry'] as const;

/** Words of the platform and of the protocols, which mean nothing to a visitor. */
const PLATFORM_WORDS =
  /\b(TTS|STT|LLM|SIP|ICE|E\.?164|WebRTC|WebSocket|LiveKit|tokens?|bots?|trunks?|providers?|API|getUserMedia|speech-to-text|text-to-speech)\b/i;

const AUDIENCES = {
  visitor: (reason: FailureReason) => visitorGuidanceEn[reason],
  tester: describeFailureReason,
};

describe.each(Object.entries(AUDIENCES))('what a %s reads', (_audience, wordsFor) => {
  it('covers exactly the reasons of the table', () => {
    // And what `unsupported-transport` is in a browser without WebRTC.
    const all = [...REASONS, 'webrtc-missing'];
    expect(Object.keys(visitorGuidanceEn).toSorted()).toEqual(all.toSorted());
  });

  it.each(REASONS)('says something in every field: %s', (reason) => {
    for (const field of FIELDS) expect(wordsFor(reason)[field], field).toMatch(/^\S.*\S$/);
  });

  it.each(REASONS)('has sentences that end, and a title that is none: %s', (reason) => {
    const { title, cause, whatToTry } = wordsFor(reason);
    expect(title).not.toMatch(/[.:!]$/);
    expect(cause).toMatch(/[.!?]$/);
    expect(whatToTry).toMatch(/[.!?]$/);
  });

  it.each(FIELDS.slice(0, 2))('differs from reason to reason in its %s', (field) => {
    const texts = REASONS.map((reason) => wordsFor(reason)[field].toLowerCase());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
});

describe('what a visitor reads', () => {
  it.each(REASONS)('has no word of the platform: %s', (reason) => {
    const { title, cause, whatToTry } = visitorGuidanceEn[reason];
    expect(`${title} ${cause} ${whatToTry}`).not.toMatch(PLATFORM_WORDS);
  });

  it('could have such words: a tester reads them', () => {
    expect(describeFailureReason('provider_circuit_open').cause).toMatch(PLATFORM_WORDS);
  });

  it.each(REASONS)('has a title of its own: %s', (reason) => {
    expect(visitorGuidanceEn[reason].title).not.toBe(describeFailureReason(reason).title);
  });

  it.each(REASONS)('is short enough to be read in a call: %s', (reason) => {
    const { title, cause, whatToTry } = visitorGuidanceEn[reason];
    expect(title.length).toBeLessThanOrEqual(50);
    expect(cause.length).toBeLessThanOrEqual(120);
    expect(whatToTry.length).toBeLessThanOrEqual(120);
  });

  it.each(REASONS)('names one thing to do, different from all others: %s', (reason) => {
    const same = REASONS.filter(
      (other) => visitorGuidanceEn[other].whatToTry === visitorGuidanceEn[reason].whatToTry,
    );
    expect(same).toEqual([reason]);
  });
});
