import { describe, expect, it } from 'vitest';
import { callWordsEn } from '../../../src/i18n/en-later/call-words.js';
import { failureMessagesEn } from '../../../src/i18n/en-later/failure-messages.js';
import { fill, messagesEn } from '../../../src/i18n/messages.en.js';

const ALL = { ...messagesEn, ...callWordsEn, ...failureMessagesEn };

describe('a message with places', () => {
  it.each([
    ['Call ended after {duration}', { duration: '1:05' }, 'Call ended after 1:05'],
    ['{n} of {n}', { n: 3 }, '3 of 3'],
    ['{a} and {b}', { a: 'one', b: 'two' }, 'one and two'],
    ['nothing to fill', { a: 'x' }, 'nothing to fill'],
    ['a {typo}', { name: 'x' }, 'a {typo}'],
    ['{a}', { a: '{b}', b: 'x' }, '{b}'],
    ['{a}', { a: '' }, ''],
    ['{n}', { n: 0 }, '0'],
    ['costs {a}', { a: '$& $1' }, 'costs $& $1'],
  ])('%j', (template, values, expected) => expect(fill(template, values)).toBe(expected));

  it.each([
    [undefined, '4000'],
    ['latn', '4000'],
    ['beng', '৪০০০'],
    ['deva', '४०००'],
    ['arabext', '۴۰۰۰'],
  ])('writes a number in the digits %s, and leaves those of a text', (numerals, expected) => {
    expect(fill('{n} {name}', { n: 4000, name: 'Room 7' }, { numerals })).toBe(`${expected} Room 7`);
  });
});

it('names buttons and boxes as the contract does', () => {
  expect(ALL).toMatchObject({
    startCall: 'Start a call',
    endCall: 'End call',
    mute: 'Mute',
    unmute: 'Unmute',
    send: 'Send',
    close: 'Close',
    tryAgain: 'Try again',
    allowMicrophone: 'Allow microphone',
    tapToHear: 'Tap to hear',
    copyReport: 'Copy report',
    message: 'Message',
    blamePlatform: 'Platform-side',
    blameCaller: 'Caller behaviour',
    blameCarrier: 'Carrier',
    blameEnvironment: 'Environment / network',
    blameUnknown: 'Unknown',
  });
});

it('leaves no string empty', () => {
  for (const [name, text] of Object.entries(ALL)) expect(text, name).toMatch(/^\S[^]*\S$/);
});
